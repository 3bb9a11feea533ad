// Subsidies (补贴) for training, assessment and skill upgrades: a dated table of one place, a claim, what was paid before
// (domain 9; R61 to R63). Amounts are whole yuan.
import { z } from "zod";
import { Day, IdHash } from "#shared/base";
import { AreaCode } from "./area.ts";
import { CertificateNumber, CertificateStatus } from "./certificate.ts";
import { SkillLevel } from "./level.ts";
import { OccupationCode } from "./occupation.ts";
import { Confidence } from "./policy.ts";
import { Words } from "./words.ts";

export const SubsidyKind = z.enum(["TRAINING", "ASSESSMENT", "UPGRADE"]);
export type SubsidyKind = z.infer<typeof SubsidyKind>;

/** Class of the occupation, where a place's table tells occupations apart. */
export const SubsidyClass = z.enum(["A", "B", "C"]);
export type SubsidyClass = z.infer<typeof SubsidyClass>;

export const Yuan = z.int().min(0).max(1_000_000);

const UpliftCode = z.string().regex(/^[A-Z][A-Z0-9-]{0,31}$/);
const of = { level: SkillLevel, class: SubsidyClass.nullable() };

export const SubsidyTable = z
  .strictObject({
    code: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
    place: Words,
    area: AreaCode,
    kind: SubsidyKind,
    validFrom: Day,
    /** Null while it is in force. */
    validTo: Day.nullable(),
    source: z.string().min(1).max(200),
    confidence: Confidence,
    rows: z.array(z.strictObject({ ...of, base: Yuan, cap: Yuan.nullable() })).min(1),
    uplifts: z.array(z.strictObject({ code: UpliftCode, percent: z.int().min(1).max(200) })),
    /** Amounts that the place printed itself: they stand instead of the formula. */
    printed: z.array(z.strictObject({ ...of, uplifts: z.array(UpliftCode), amount: Yuan })),
  })
  .refine(
    ({ validFrom, validTo }) => validTo === null || validFrom <= validTo,
    "a table ends after it begins",
  )
  .refine(
    ({ rows }) => isEachOnce(rows.map((row) => `${row.level} ${String(row.class)}`)),
    "one row a level and class",
  )
  .refine(({ uplifts }) => isEachOnce(uplifts.map(({ code }) => code)), "one uplift a code");
export type SubsidyTable = z.infer<typeof SubsidyTable>;

export const SubsidyClaim = z.strictObject({
  person: IdHash,
  kind: SubsidyKind,
  occupation: OccupationCode,
  level: SkillLevel,
  class: SubsidyClass.nullable(),
  uplifts: z.array(UpliftCode),
  appliedOn: Day,
  certificate: z.strictObject({
    number: CertificateNumber,
    issuedOn: Day,
    status: CertificateStatus,
    /** Found in the national look-up; null until somebody could ask. */
    isListed: z.boolean().nullable(),
  }),
  /** Months of unemployment insurance; null until somebody could ask. */
  insuredMonths: z.int().min(0).max(900).nullable(),
  excludedAs: z.enum(["PUBLIC_INSTITUTION", "STUDENT", "PENSIONER"]).nullable(),
});
export type SubsidyClaim = z.infer<typeof SubsidyClaim>;

export const PaidSubsidy = z.strictObject({
  person: IdHash,
  kind: SubsidyKind,
  occupation: OccupationCode,
  level: SkillLevel,
  certificate: CertificateNumber,
  paidOn: Day,
  amount: Yuan,
});
export type PaidSubsidy = z.infer<typeof PaidSubsidy>;

function isEachOnce(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}
