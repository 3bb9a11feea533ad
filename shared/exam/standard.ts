// A national occupational standard (国家职业标准): its levels, who may apply, what weighs how much, how it is assessed.
import { z } from "zod";
import { Day } from "#shared/base";
import { SkillLevel } from "./level.ts";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { ExamPart } from "./part-result.ts";
import { Words } from "./words.ts";

const place = { direction: DirectionCode.nullable(), level: SkillLevel, part: ExamPart };

export const WeightTable = z
  .strictObject({
    ...place,
    rows: z
      .array(z.strictObject({ function: Words, percent: z.int().min(1).max(100) }))
      .min(1)
      .max(40),
    /** Ours, not the standard's. */
    illustrative: z.boolean(),
  })
  .refine(({ rows }) => rows.reduce((sum, { percent }) => sum + percent, 0) === 100, "weights sum to 100");
export type WeightTable = z.infer<typeof WeightTable>;

export const AssessmentSpec = z
  .strictObject({ ...place, minMinutes: z.int().min(1).max(6000) })
  .refine(
    ({ part, level }) => part !== "REVIEW" || level === "L2" || level === "L1",
    "a review is for L2 and L1",
  );
export type AssessmentSpec = z.infer<typeof AssessmentSpec>;

export const OccupationalStandard = z
  .strictObject({
    occupation: OccupationCode,
    edition: z.string().min(1).max(20),
    effectiveFrom: Day,
    effectiveTo: Day.nullable(),
    levels: z.array(SkillLevel).min(1),
    /** The standard's own list of related occupations (相关职业). */
    relatedOccupations: z.array(OccupationCode).max(50),
    ruleSet: z.string().min(1).max(40),
    weights: z.array(WeightTable).max(500),
    assessments: z.array(AssessmentSpec).max(500),
  })
  .refine(
    ({ effectiveFrom, effectiveTo }) => effectiveTo === null || effectiveFrom <= effectiveTo,
    "ends after it begins",
  )
  .refine(
    ({ levels, weights, assessments }) =>
      [...weights, ...assessments].every(({ level }) => levels.includes(level)),
    "tables are for the standard's own levels",
  );
export type OccupationalStandard = z.infer<typeof OccupationalStandard>;
