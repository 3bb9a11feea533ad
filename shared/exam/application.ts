// A candidate's application (报名申请) as the registry handed it to the centre: the plan it is for, what the applicant brings,
// and the special channel it uses, if any (R5 to R13, R52, R57, R60).
import { z } from "zod";
import { Day, IdHash } from "#shared/base";
import { Applicant } from "./applicant.ts";
import { CompetitionAward } from "./competition-rule.ts";
import { InnovationCase } from "./innovation-case.ts";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { PartResult } from "./part-result.ts";
import { SkillLevel } from "./level.ts";

/** What is applied for, and the days of the batch that assesses it. */
export const Application = z.strictObject({
  batch: z.string().min(1).max(64),
  occupation: OccupationCode,
  direction: DirectionCode.nullable(),
  level: SkillLevel,
  from: Day,
  to: Day,
});
export type Application = z.infer<typeof Application>;

/** Somebody's application elsewhere that is still open (R13). */
export const ActiveRegistration = z.strictObject({ ...Application.shape, person: IdHash });
export type ActiveRegistration = z.infer<typeof ActiveRegistration>;

export const CandidateApplication = z.strictObject({
  plan: z.string().min(1).max(64),
  applicant: Applicant,
  /** Ages and years are counted up to this day: the close of registration, as policy has it. */
  referenceDay: Day,
  award: CompetitionAward.nullable(),
  innovation: InnovationCase.nullable(),
  /** Parts passed before that the applicant asks to keep (R52). */
  keeps: z.array(PartResult).max(10),
});
export type CandidateApplication = z.infer<typeof CandidateApplication>;
