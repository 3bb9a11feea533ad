// An institution's registration (备案): its kind, its area and what it was recognised for (domain 6; R64 to R66).
import { z } from "zod";
import { Day, InstitutionId } from "#shared/base";
import { AreaCode } from "./area.ts";
import { SkillLevel } from "./level.ts";
import { DirectionCode, OccupationCode } from "./occupation.ts";

export const InstitutionKind = z.enum([
  "MUSEUM_PRO",
  "UNIVERSITY",
  "VOCATIONAL",
  "ENTERPRISE",
  "RESEARCH",
  "ASSOCIATION",
]);
export const AssessorClass = z.enum(["EMPLOYER", "SOCIAL_ORG", "TECH_COLLEGE"]);
export type AssessorClass = z.infer<typeof AssessorClass>;

export const InstitutionStatus = z.enum([
  "CANDIDATE",
  "RECOMMENDED",
  "ACTIVE",
  "SUSPENDED",
  "EXPIRED",
  "WITHDRAWN",
  "REVOKED",
]);
export type InstitutionStatus = z.infer<typeof InstitutionStatus>;

export const RecognitionScope = z.strictObject({
  occupation: OccupationCode,
  /** Empty: every direction of the occupation. */
  directions: z.array(DirectionCode),
  levels: z.array(SkillLevel).min(1),
  area: AreaCode,
  status: InstitutionStatus,
  validFrom: Day,
  validTo: Day,
  selectionRound: z.string().min(1).max(32),
  /** Beyond the quota: why, by which document, approved by whom ("in principle", R64). */
  exception: z
    .strictObject({
      reason: z.string().min(1).max(400),
      document: z.string().min(1).max(100),
      approvers: z.array(z.string().min(1).max(50)).max(5),
    })
    .nullable(),
});
export type RecognitionScope = z.infer<typeof RecognitionScope>;

export const Registration = z.strictObject({
  institution: InstitutionId,
  /** Unified social credit code, GB 32100 (R73). */
  creditCode: z.string().length(18),
  kind: InstitutionKind,
  assessorClass: AssessorClass,
  /** Registered with the ministry: four digits; null when registered with an area (certificate number, R69). */
  ministryCode: z
    .string()
    .regex(/^\d{4}$/)
    .nullable(),
  area: AreaCode,
  areaSerial: z.string().regex(/^\d{6}$/),
  filingNo: z.string().min(1).max(64),
  scopes: z.array(RecognitionScope).max(200),
});
export type Registration = z.infer<typeof Registration>;
