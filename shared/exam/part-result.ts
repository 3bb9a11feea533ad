// What a candidate reached in one part of an assessment: theory (理论知识), skill (操作技能), comprehensive review (综合评审).
import { z } from "zod";
import { Day, Fraction } from "#shared/base";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { SkillLevel } from "./level.ts";

export const ExamPart = z.enum(["THEORY", "SKILL", "REVIEW"]);
export type ExamPart = z.infer<typeof ExamPart>;

/**
 * WITHHELD: a supervisor took the result away until another panel has marked (R76). CONTESTED: said to have left, and signed for by the
 * whole panel; two people have still to say which of it stands (R51).
 */
export const PartOutcome = z.enum([
  "PASS",
  "FAIL",
  "ABSENT",
  "CANCELLED",
  "DIVERGENT",
  "WITHHELD",
  "CONTESTED",
]);
export type PartOutcome = z.infer<typeof PartOutcome>;

export const PartResult = z
  .strictObject({
    part: ExamPart,
    occupation: OccupationCode,
    direction: DirectionCode.nullable(),
    level: SkillLevel,
    /** Of the standard it was assessed by. */
    edition: z.string().min(1).max(20),
    on: Day,
    /** Exact, before rounding (R44); null for who was absent or cancelled (R51). */
    mark: Fraction.nullable(),
    outcome: PartOutcome,
  })
  .refine(
    ({ mark, outcome }) => (mark === null) === (outcome === "ABSENT" || outcome === "CANCELLED"),
    "absent and cancelled parts have no mark, all others have one",
  )
  .refine(
    ({ part, level }) => part !== "REVIEW" || level === "L2" || level === "L1",
    "a review is for L2 and L1",
  );
export type PartResult = z.infer<typeof PartResult>;
