// What differs by jurisdiction is data with its source and the confidence we have in it (domain 0.1), not code: a province
// changes a file. Values are read by rules through `PolicyOf`, so that a rule's own signature says what it depends on.
import { z } from "zod";
import { Fraction } from "#shared/base";

/** V verified, V- weak source, G general knowledge, U uncertain, P our own proposal. */
export const Confidence = z.enum(["V", "V-", "G", "U", "P"]);
export type Confidence = z.infer<typeof Confidence>;

/** `MM-DD`. */
const MonthDay = z.string().regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);

export const ReportingStep = z.strictObject({
  step: z.enum(["report", "correction", "certificates", "filing"]),
  assessor: z.enum(["SOCIAL_ORG", "EMPLOYER", "TECH_COLLEGE", "ANY"]),
  after: z.enum(["ASSESSMENT_ENDED", "REPORT_REFUSED", "REPORT_APPROVED", "NOTICE_ENDED"]),
  workingDays: z.int().min(0).max(250),
});
export type ReportingStep = z.infer<typeof ReportingStep>;

export const Policy = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** Examiners of a skill sitting, at least (R14, R15). */
  minPanel: setting(z.int().min(1).max(15)),
  oddPanel: setting(z.boolean()),
  candidatesPerExaminer: setting(z.int().min(1).max(50)),
  candidatesPerInvigilator: setting(z.int().min(1).max(100)),
  minInvigilatorsPerRoom: setting(z.int().min(1).max(10)),
  minReviewCommittee: setting(z.int().min(1).max(15)),
  maxConsecutivePanels: setting(z.int().min(1).max(20)),
  /** Share of a panel that changes each time (R22). */
  rotationShare: setting(Fraction),
  everyExamSupervised: setting(z.boolean()),
  /** Does a trainer leave their learners' sheets, or the whole panel (R25)? */
  trainerScope: setting(z.enum(["CANDIDATE", "SITTING"])),
  trainerLookBackMonths: setting(z.int().min(0).max(600)),
  authorLookBackMonths: setting(z.int().min(0).max(600)),
  /** BY_CLASS: social organisations block, employers warn (R27). */
  colleagueRule: setting(z.enum(["BY_CLASS", "BLOCK", "WARN"])),
  institutionSeparation: setting(z.enum(["MITIGATE", "BLOCK"])),
  minimumAge: setting(z.int().min(0).max(100)),
  /** Years a level-1 certificate is held before a special-grade post; 0 asks for none (R4). */
  specialYearsHeld: setting(z.int().min(0).max(50)),
  /** Points of a part that pass (R49). */
  passMark: setting(z.int().min(0).max(100)),
  decimals: setting(z.int().min(0).max(3)),
  passDecidedOn: setting(z.enum(["ROUNDED", "EXACT"])),
  failPartCap: setting(z.int().min(0).max(100)),
  trimExtremes: setting(z.boolean()),
  trimFrom: setting(z.int().min(3).max(15)),
  judgeSpread: setting(z.int().min(0).max(3)),
  divergencePoints: setting(z.int().min(1).max(100)),
  thirdMarkerPercent: setting(z.int().min(1).max(100)),
  twoPersonTally: setting(z.boolean()),
  keepPartMonths: setting(z.int().min(0).max(60)),
  noticeWorkingDays: setting(z.int().min(0).max(60)),
  recheckWorkingDays: setting(z.int().min(0).max(60)),
  drawRatioPercent: setting(z.int().min(1).max(100)),
  drawsPerYear: setting(z.int().min(1).max(52)),
  inspectorsPerObject: setting(z.int().min(1).max(10)),
  quotaPerOccupation: setting(z.int().min(1).max(20)),
  quotaUnit: setting(z.enum(["OCCUPATION", "DIRECTION"])),
  quotaCountsSuspended: setting(z.boolean()),
  quotaCountsNational: setting(z.boolean()),
  insuredMonths: setting(z.int().min(0).max(600)),
  applyWithinMonths: setting(z.int().min(1).max(60)),
  upgradesPerYear: setting(z.int().min(1).max(12)),
  /** Position 1 of a certificate number by class of institution, as far as letters were published (R69). */
  certificateLetters: setting(
    z
      .array(
        z.strictObject({
          assessor: z.enum(["EMPLOYER", "SOCIAL_ORG", "TECH_COLLEGE"]),
          letter: z.enum(["Y", "S"]),
        }),
      )
      .max(3),
  ),
  /** Positions 6 and 7 for institutions of the Production and Construction Corps (R69). */
  certificateCorpsDigits: setting(z.string().regex(/^\d{2}$/)),
  annualReportDue: setting(MonthDay),
  annualReportSafe: setting(MonthDay),
  annualReportReminders: setting(z.array(MonthDay).max(10)),
  retainPaperYears: setting(z.int().min(0).max(100)),
  retainElectronicYears: setting(z.int().min(0).max(100)),
  retainVideoYears: setting(z.int().min(0).max(100)),
  reportingSteps: setting(z.array(ReportingStep).max(40)),
  faceComparison: setting(z.boolean()),
  deskLockMinutes: setting(z.int().min(1).max(120)),
  officeLockMinutes: setting(z.int().min(1).max(120)),
  /** May a sitting be prepared on a laptop whose fire drill is not green: not asked, said, or refused? */
  drillBeforeDay: setting(z.enum(["OFF", "WARN", "REQUIRE"])),
  drillValidDays: setting(z.int().min(1).max(365)),
  /** How often the drill kills the program while it marks. */
  drillKills: setting(z.int().min(1).max(200)),
});
export type Policy = z.infer<typeof Policy>;

export type PolicyKey = Exclude<keyof Policy, "code">;

/** The plain values of the named settings: what a rule asks for. */
export type PolicyOf<K extends PolicyKey> = { readonly [P in K]: Policy[P]["value"] };

/** Every setting without its source, for handing to rules. */
export function policyValues(policy: Policy): PolicyOf<PolicyKey> {
  const { code: _code, ...settings } = policy;
  return valuesOf(settings);
}

/** Settings without their sources. */
export function valuesOf<S extends Readonly<Record<string, { readonly value: unknown }>>>(
  settings: S,
): { readonly [K in keyof S]: S[K]["value"] } {
  return Object.fromEntries(Object.entries(settings).map(([key, { value }]) => [key, value])) as unknown as {
    readonly [K in keyof S]: S[K]["value"];
  };
}

/** A value that no rule reads without the place it was taken from. */
export function setting<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, source: z.string().min(1).max(200), confidence: Confidence });
}
