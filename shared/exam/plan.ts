// An assessment plan (认定计划): what an institution announced and arranged for one level of one occupation, so that a sitting
// of it can be judged against what was promised (R16, R17). `Batch` of the domain; ERT/1 sends another kind of batch.
import { z } from "zod";
import { Day, PersonId } from "#shared/base";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { SkillLevel } from "./level.ts";

export const TheoryRoom = z.strictObject({
  code: z.string().min(1).max(32),
  candidates: z.int().min(1).max(1000),
  invigilators: z.array(PersonId).max(100),
});
export type TheoryRoom = z.infer<typeof TheoryRoom>;

export const AssessmentPlan = z
  .strictObject({
    code: z.string().min(1).max(64),
    occupation: OccupationCode,
    direction: DirectionCode.nullable(),
    level: SkillLevel,
    from: Day,
    to: Day,
    theoryRooms: z.array(TheoryRoom).max(200),
    /** Who sits on the comprehensive review (综合评审); null where none is planned. */
    reviewCommittee: z
      .array(z.strictObject({ person: PersonId, senior: z.boolean() }))
      .max(31)
      .nullable(),
  })
  .refine(({ from, to }) => from <= to, "a plan ends after it begins");
export type AssessmentPlan = z.infer<typeof AssessmentPlan>;
