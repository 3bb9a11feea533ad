// When the sheets of a candidate may be seen together (R43, R45). Nothing here asks what was decided about them: review.ts and
// settle.ts both rest on it.
import type { PersonId } from "#shared/base";
import type { Sheet } from "#shared/exam";
import { isExpected } from "./expected.ts";
import { panelFor } from "./staff.ts";
import type { CandidateRow, SittingRow } from "./tables.ts";

/**
 * The panel's sheets of a candidate, in the panel's order, or null until every member has signed: each is committed to by its
 * hash before any of them is seen by another (commit, then reveal).
 */
export function revealedSheets(
  sitting: Pick<SittingRow, "panel" | "substitutions">,
  candidate: Pick<CandidateRow, "ref" | "absence" | "changes">,
  sheets: readonly Sheet[],
): readonly Sheet[] | null {
  if (!isExpected(candidate)) return null;
  const members = panelFor(sitting, candidate.ref, sheets);
  const signed = members.flatMap(
    (member) =>
      sheets.find(
        (sheet) => sheet.candidate === candidate.ref && sheet.examiner === member && sheet.signature !== null,
      ) ?? [],
  );
  return signed.length === members.length ? signed : null;
}

/** A member of the panel who has not signed yet must not learn what another gave (R45). */
export function isHiddenFrom(
  person: PersonId,
  sitting: Pick<SittingRow, "panel" | "substitutions">,
  candidate: Pick<CandidateRow, "ref" | "absence" | "changes">,
  sheets: readonly Sheet[],
): boolean {
  const isMember = panelFor(sitting, candidate.ref, sheets).includes(person);
  return isMember && revealedSheets(sitting, candidate, sheets) === null;
}
