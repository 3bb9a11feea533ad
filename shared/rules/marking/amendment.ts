// Who sees whose sheet and who may still change it (R45 to R48).
import { compare, type Fraction, type PersonId } from "#shared/base";
import { block, decide, info, type Decision, type Finding, type PolicyOf } from "#shared/exam";

/** R45: A marker sees the work piece number only, until all sheets are locked or where the work is observed live. */
export function identityShown(observed: boolean, allLocked: boolean): Decision {
  if (observed) return decide([info("R45", "identity.observed")]);
  return decide([allLocked ? info("R45", "identity.all-locked") : block("R45", "identity.blind")]);
}

export interface AmendmentAsked {
  readonly author: PersonId;
  readonly by: PersonId;
  /** Of a draft the journal keeps every value; a signed entry needs words. */
  readonly reason: string;
  readonly status: "DRAFT" | "SIGNED" | "LOCKED";
  /** Leader or supervisor. */
  readonly countersignedBy: PersonId | null;
}

/** R46, R47: Only its author changes an entry; once signed with a reason and a second signature, once locked never. */
export function mayAmend({ author, by, reason, status, countersignedBy }: AmendmentAsked): Decision {
  const findings: Finding[] = [];
  if (by !== author) findings.push(block("R46", "amendment.not-author", { person: by }));
  if (status !== "DRAFT" && reason.trim() === "") findings.push(block("R46", "amendment.no-reason"));
  if (status === "LOCKED") findings.push(block("R47", "amendment.locked"));
  if (status === "SIGNED" && (countersignedBy === null || countersignedBy === by)) {
    findings.push(block("R46", "amendment.no-countersignature"));
  }
  return decide(findings.length > 0 ? findings : [info("R46", "amendment.own-entry", { person: by })]);
}

/** R47: A sheet locks when every member has signed and the leader closes. */
export function mayLock(
  members: readonly PersonId[],
  signed: readonly PersonId[],
  leader: PersonId,
  closedBy: PersonId,
): Decision {
  const missing = members.filter((member) => !signed.includes(member));
  const findings = missing.map((person) => block("R47", "lock.unsigned", { person }));
  if (closedBy !== leader) findings.push(block("R47", "lock.not-leader", { person: closedBy }));
  return decide(findings.length > 0 ? findings : [info("R47", "lock.all-signed")]);
}

export interface Tally {
  /** Null while nobody has signed for it. */
  readonly clerk: PersonId | null;
  readonly checker: PersonId | null;
  readonly panel: readonly PersonId[];
  /** Each signed sheet's total, computed again from its entries, and as it was signed. */
  readonly sheets: readonly { readonly recomputed: Fraction; readonly stored: Fraction }[];
}

/** R48: Two different people outside the panel tally, and what they recompute equals what is stored. */
export function checkTally(tally: Tally, policy: PolicyOf<"twoPersonTally">): Decision {
  const { clerk, checker, panel } = tally;
  const findings = [clerk, checker]
    .filter((person) => person !== null)
    .filter((person) => panel.includes(person))
    .map((person) => block("R48", "tally.panel-member", { person }));
  if (policy.twoPersonTally && clerk === null) findings.push(block("R48", "tally.no-clerk"));
  if (policy.twoPersonTally && checker === null) findings.push(block("R48", "tally.no-checker"));
  if (clerk !== null && clerk === checker) {
    findings.push(block("R48", "tally.same-person", { person: clerk }));
  }
  const sheets = tally.sheets.filter(({ recomputed, stored }) => compare(recomputed, stored) !== 0).length;
  if (sheets > 0) findings.push(block("R48", "tally.total-differs", { sheets }));
  return decide(
    findings.length > 0 ? findings : [info("R48", "tally.agrees", { sheets: tally.sheets.length })],
  );
}
