// What a subsidy is worth, who is entitled to it, and how often in a year (R61 to R63, domain 9).
import { add, addMonths, fraction, multiply, roundHalfUp, yearOf, type Day } from "#shared/base";
import {
  block,
  decide,
  info,
  levelRank,
  warn,
  type Decision,
  type Finding,
  type PaidSubsidy,
  type PolicyOf,
  type SkillLevel,
  type SubsidyClaim,
  type SubsidyClass,
  type SubsidyTable,
} from "#shared/exam";

export interface SubsidyAsked {
  readonly level: SkillLevel;
  readonly class: SubsidyClass | null;
  readonly uplifts: readonly string[];
  readonly on: Day;
}

export interface SubsidyAmount extends Decision {
  /** Whole yuan; null when the table pays nothing for this. */
  readonly yuan: number | null;
}

/** R61: base x (1 + uplifts), half-up to a whole yuan, at most the cap; an amount the place printed stands instead. */
export function subsidyAmount(table: SubsidyTable, asked: SubsidyAsked): SubsidyAmount {
  const none = (code: string, facts: Finding["facts"]) => ({
    ...decide([block("R61", code, facts)]),
    yuan: null,
  });
  const { validFrom, validTo } = table;
  if (asked.on < validFrom || (validTo !== null && asked.on > validTo)) {
    return none("subsidy.table-not-in-force", { table: table.code, on: asked.on });
  }
  const isAsked = (row: { readonly level: SkillLevel; readonly class: SubsidyClass | null }) =>
    row.level === asked.level && row.class === asked.class;
  const row = table.rows.find(isAsked);
  if (!row) return none("subsidy.no-row", { table: table.code, level: asked.level });
  const unknown = asked.uplifts.find((code) => !table.uplifts.some((uplift) => uplift.code === code));
  if (unknown !== undefined) return none("subsidy.uplift-unknown", { table: table.code, uplift: unknown });
  const uplifts = table.uplifts.filter(({ code }) => asked.uplifts.includes(code));
  const printed = table.printed.find(
    (one) =>
      isAsked(one) &&
      isSameSet(
        one.uplifts,
        uplifts.map(({ code }) => code),
      ),
  );
  const percent = uplifts.reduce((sum, uplift) => sum + uplift.percent, 0);
  const computed = roundHalfUp(multiply(fraction(row.base), add(fraction(1), fraction(percent, 100))), 0);
  const yuan = printed?.amount ?? Math.min(row.cap ?? computed, computed);
  const facts = { table: table.code, base: row.base, percent, yuan };
  return { ...decide([info("R61", printed ? "subsidy.printed-amount" : "subsidy.amount", facts)]), yuan };
}

/**
 * R62: Who is entitled to an upgrade subsidy. What only the network can answer (insurance, national look-up) is a warning
 * until somebody asked: the claim waits, it is neither paid nor refused.
 */
export function checkEntitlement(
  claim: SubsidyClaim,
  paid: readonly PaidSubsidy[],
  policy: PolicyOf<"insuredMonths" | "applyWithinMonths">,
): Decision {
  if (claim.kind !== "UPGRADE") return decide([info("R62", "subsidy.no-upgrade", { kind: claim.kind })]);
  const findings = [
    ...insurance(claim, policy),
    ...certificate(claim, policy),
    ...earlierPayments(
      claim,
      paid.filter(({ person }) => person === claim.person),
    ),
  ];
  return decide(findings.length > 0 ? findings : [info("R62", "subsidy.entitled", { level: claim.level })]);
}

/** R63: No more upgrade subsidies for a person in a calendar year than the policy pays. */
export function checkYearlyLimit(
  claim: Pick<SubsidyClaim, "person" | "kind">,
  payOn: Day,
  paid: readonly PaidSubsidy[],
  policy: PolicyOf<"upgradesPerYear">,
): Decision {
  const year = yearOf(payOn);
  const count = paid.filter(
    (one) => one.person === claim.person && one.kind === "UPGRADE" && yearOf(one.paidOn) === year,
  ).length;
  const facts = { year, count, most: policy.upgradesPerYear };
  const isOver = claim.kind === "UPGRADE" && count >= policy.upgradesPerYear;
  return decide([
    isOver ? block("R63", "subsidy.yearly-limit", facts) : info("R63", "subsidy.within-year", facts),
  ]);
}

function insurance(
  { insuredMonths, excludedAs }: SubsidyClaim,
  policy: PolicyOf<"insuredMonths">,
): Finding[] {
  const findings: Finding[] = [];
  if (insuredMonths === null) findings.push(warn("R62", "subsidy.insurance-unknown"));
  else if (insuredMonths < policy.insuredMonths) {
    findings.push(
      block("R62", "subsidy.insured-too-short", { months: insuredMonths, least: policy.insuredMonths }),
    );
  }
  if (excludedAs !== null) findings.push(block("R62", "subsidy.excluded-group", { group: excludedAs }));
  return findings;
}

function certificate(
  { certificate, appliedOn }: SubsidyClaim,
  policy: PolicyOf<"applyWithinMonths">,
): Finding[] {
  const { status, isListed, issuedOn } = certificate;
  const findings: Finding[] = [];
  if (status !== "VALID" && status !== "CORRECTED" && status !== "REISSUED") {
    findings.push(block("R62", "subsidy.certificate-not-valid", { status }));
  }
  if (isListed === null) findings.push(warn("R62", "subsidy.look-up-open"));
  if (isListed === false) findings.push(block("R62", "subsidy.not-in-look-up"));
  const lastDay = addMonths(issuedOn, policy.applyWithinMonths);
  if (appliedOn > lastDay) findings.push(block("R62", "subsidy.too-late", { lastDay, appliedOn }));
  if (appliedOn < issuedOn) findings.push(block("R62", "subsidy.before-issue", { issuedOn, appliedOn }));
  return findings;
}

function earlierPayments(claim: SubsidyClaim, paid: readonly PaidSubsidy[]): Finding[] {
  const upgrades = paid.filter(
    ({ kind, occupation }) => kind === "UPGRADE" && occupation === claim.occupation,
  );
  const findings: Finding[] = [];
  if (upgrades.some(({ level }) => level === claim.level)) {
    findings.push(block("R62", "subsidy.paid-already", { level: claim.level }));
  }
  const higher = upgrades.find(({ level }) => levelRank(level) > levelRank(claim.level));
  if (higher) findings.push(block("R62", "subsidy.higher-paid", { level: claim.level, paid: higher.level }));
  if (paid.some(({ kind, certificate }) => kind === "TRAINING" && certificate === claim.certificate.number)) {
    findings.push(block("R62", "subsidy.training-paid", { level: claim.level }));
  }
  return findings;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
