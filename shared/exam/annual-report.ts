// The annual report (年度工作报告) of an area: what it is counted from, and its frozen text with later supplements (domain
// 10.2; R67).
import { z } from "zod";
import { Day, HashId } from "#shared/base";
import { AreaCode } from "./area.ts";
import { SkillLevel } from "./level.ts";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { PartOutcome } from "./part-result.ts";
import { InstitutionStatus } from "./registration.ts";
import { SubsidyKind, Yuan } from "./subsidy.ts";

const count = z.int().min(0);

/** One person's assessment, without the person. */
export const AssessedCandidate = z.strictObject({
  occupation: OccupationCode,
  direction: DirectionCode.nullable(),
  level: SkillLevel,
  sex: z.enum(["M", "F"]),
  age: z.int().min(14).max(120),
  outcome: PartOutcome,
  channel: z.enum(["ASSESSMENT", "COMPETITION", "AWARD"]),
});
export type AssessedCandidate = z.infer<typeof AssessedCandidate>;

/** The sections that are counted. Null: nobody has handed these in, which is not the same as none. */
export const AnnualSources = z.strictObject({
  institutions: z.array(z.strictObject({ status: InstitutionStatus })).nullable(),
  candidates: z.array(AssessedCandidate).nullable(),
  certificates: z
    .strictObject({ issued: count, corrected: count, revoked: count, uploadedLate: count })
    .nullable(),
  positions: z.strictObject({ specialGrade: count, chief: count, apprentices: count }).nullable(),
  examiners: z.strictObject({ active: count, trained: count, expired: count, recused: count }).nullable(),
  training: z.strictObject({ classes: count, learners: count, hours: count, employed: count }).nullable(),
  subsidies: z.array(z.strictObject({ kind: SubsidyKind, amount: Yuan })).nullable(),
  supervision: z
    .strictObject({ drawn: count, inspected: count, findings: count, corrected: count })
    .nullable(),
  disputes: z
    .strictObject({ rechecks: count, corrected: count, appeals: count, complaints: count, incidents: count })
    .nullable(),
});
export type AnnualSources = z.infer<typeof AnnualSources>;

export const ReportSupplement = z.strictObject({
  on: Day,
  reason: z.string().min(1).max(400),
  /** The frozen report that it adds to. */
  of: HashId,
  text: z.string().min(1),
});
export type ReportSupplement = z.infer<typeof ReportSupplement>;

export const AnnualReport = z.strictObject({
  area: AreaCode,
  year: z.int().min(2000).max(2099),
  /** The figures as canonical text; frozen under its hash when the report is handed in. */
  text: z.string().min(1),
  frozen: z.strictObject({ hash: HashId, on: Day }).nullable(),
  supplements: z.array(ReportSupplement),
});
export type AnnualReport = z.infer<typeof AnnualReport>;
