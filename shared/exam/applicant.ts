// What a person who applies for a level brings along: work, schooling, titles and earlier certificates (R6 to R12).
import { z } from "zod";
import { Day, IdHash, PersonId } from "#shared/base";
import { SkillLevel } from "./level.ts";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { PersonName } from "./person.ts";

/** Judged on the evidence, against the occupation applied for. */
export const Relatedness = z.enum(["SAME", "RELATED", "OTHER"]);
export type Relatedness = z.infer<typeof Relatedness>;

export const EmploymentSpan = z
  .strictObject({
    relatedness: Relatedness,
    from: Day,
    /** The last day of work; null while it lasts. */
    to: Day.nullable(),
    evidence: z.string().min(1).max(100),
  })
  .refine(({ from, to }) => to === null || from <= to, "a span ends after it begins");
export type EmploymentSpan = z.infer<typeof EmploymentSpan>;

/** 技工学校, 中职, 高级技工学校, 技师学院, 预备技师证书, 高职, 大专, 本科及以上. */
export const Schooling = z.enum([
  "TECH_SCHOOL",
  "SECONDARY_VOCATIONAL",
  "ADV_TECH_SCHOOL",
  "TECHNICIAN_COLLEGE",
  "PRE_TECHNICIAN",
  "HIGHER_VOCATIONAL",
  "COLLEGE",
  "BACHELOR",
]);
export type Schooling = z.infer<typeof Schooling>;

export const Education = z
  .strictObject({
    schooling: Schooling,
    field: Relatedness,
    /** The programme was evaluated (经评估论证) as training for a skill level. */
    evaluated: z.boolean(),
    /** Null for a student. */
    graduatedOn: Day.nullable(),
    finalYear: z.boolean(),
  })
  .refine(({ graduatedOn, finalYear }) => graduatedOn === null || !finalYear, "a graduate is no student");
export type Education = z.infer<typeof Education>;

export const TitleGrade = z.enum(["JUNIOR", "MID", "SENIOR"]);
export type TitleGrade = z.infer<typeof TitleGrade>;

export const ProfessionalTitle = z.strictObject({ grade: TitleGrade, field: Relatedness, obtainedOn: Day });
export type ProfessionalTitle = z.infer<typeof ProfessionalTitle>;

export const HeldCertificate = z.strictObject({
  occupation: OccupationCode,
  direction: DirectionCode.nullable(),
  level: SkillLevel,
  /** As printed: an ill-formed number is a finding, not a parse error (R12). */
  number: z.string().min(1).max(40),
  issuedOn: Day,
  holder: z.strictObject({ name: PersonName, idHash: IdHash }),
  /** Looked up in the register, or the original seen by a person of the institution. */
  verified: z.strictObject({ how: z.enum(["LOOKUP", "ORIGINAL_SIGHTED"]), by: PersonId, on: Day }).nullable(),
  revoked: z.boolean(),
});
export type HeldCertificate = z.infer<typeof HeldCertificate>;

export const Applicant = z.strictObject({
  idHash: IdHash,
  name: PersonName,
  birthDay: Day,
  employment: z.array(EmploymentSpan).max(100),
  education: z.array(Education).max(20),
  titles: z.array(ProfessionalTitle).max(20),
  certificates: z.array(HeldCertificate).max(50),
  apprenticeshipCompletedOn: Day.nullable(),
  /** Declares the intention to enter the occupation (T2023, L5). */
  entersOccupation: z.boolean(),
});
export type Applicant = z.infer<typeof Applicant>;
