// Who may check and who may decide after the panel is done (R55, R80).
import { compare, type Fraction, type PersonId } from "#shared/base";
import { block, decide, info, warn, type Decision } from "#shared/exam";

/** R55: Two different checkers, neither an original marker nor one who tallied, recheck a result. */
export function mayRecheck(
  checkers: readonly [PersonId, PersonId],
  markers: readonly PersonId[],
  talliers: readonly PersonId[],
): Decision {
  const involved = [...new Set(checkers)].filter((one) => markers.includes(one) || talliers.includes(one));
  const findings = involved.map((person) => block("R55", "recheck.involved", { person }));
  if (checkers[0] === checkers[1])
    findings.push(block("R55", "recheck.same-person", { person: checkers[0] }));
  return decide(findings.length > 0 ? findings : [info("R55", "recheck.independent")]);
}

export interface RecheckedSheet {
  readonly examiner: PersonId;
  /** Items without a mark. */
  readonly unmarked: number;
  readonly recomputed: Fraction;
  readonly stored: Fraction;
}

/** R55: A recheck looks for missing sheets, unmarked items and wrong sums; what was judged is not judged again. */
export function recheckSheets(panel: readonly PersonId[], sheets: readonly RecheckedSheet[]): Decision {
  const missing = panel.filter((person) => !sheets.some(({ examiner }) => examiner === person));
  const findings = [
    ...missing.map((person) => block("R55", "recheck.sheet-missing", { person })),
    ...sheets
      .filter(({ unmarked }) => unmarked > 0)
      .map(({ examiner, unmarked }) => block("R55", "recheck.item-unmarked", { person: examiner, unmarked })),
    ...sheets
      .filter(({ recomputed, stored }) => compare(recomputed, stored) !== 0)
      .map(({ examiner }) => warn("R55", "recheck.total-corrected", { person: examiner })),
  ];
  return decide(findings.length > 0 ? findings : [info("R55", "recheck.upheld", { sheets: sheets.length })]);
}

/** R80: Whoever approves results did not examine, train or tally in the batch. */
export function mayApprove(
  person: PersonId,
  batch: Readonly<Record<"examiners" | "trainers" | "talliers", readonly PersonId[]>>,
): Decision {
  const roles = (["examiners", "trainers", "talliers"] as const).filter((role) =>
    batch[role].includes(person),
  );
  const findings = roles.map((role) => block("R80", `approval.among-${role}`, { person }));
  return decide(findings.length > 0 ? findings : [info("R80", "approval.independent", { person })]);
}
