// The roster as it stands once signed records that contradict each other are settled (R46, R51, decision 028): whoever left on one
// laptop while the whole panel signed for them on others. Until two people have said which of it stands, nobody loses a signed sheet
// and nobody has a result.
import type { CandidateRef } from "#shared/base";
import type { PartOutcome } from "#shared/exam";
import { leavingOf } from "./expected.ts";
import {
  contradictedIn,
  hasLeft,
  recordsOfSitting,
  settlementOf,
  withheldCandidates,
  type SittingRecords,
} from "./review.ts";
import type { CandidateRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

/** A result that waits for a person's decision, and for which. */
export type Waiting = Extract<PartOutcome, "WITHHELD" | "CONTESTED">;

export function waitingCandidates(of: SittingRecords): ReadonlyMap<CandidateRef, Waiting> {
  const waiting = new Map<CandidateRef, Waiting>();
  for (const ref of contestedCandidates(of)) waiting.set(ref, "CONTESTED");
  for (const ref of withheldCandidates(of).keys()) waiting.set(ref, "WITHHELD");
  return waiting;
}

/** Nobody has settled yet whether they left or were marked. */
export function contestedCandidates(of: SittingRecords): CandidateRef[] {
  return contradictedIn(of)
    .map(({ candidate }) => candidate)
    .filter((ref) => settlementOf(ref, of) === null);
}

/**
 * Each candidate as the panel's work has to be counted: who left owes nothing, but not while the whole panel's sheets are there and
 * nobody took those away.
 */
export function standingRoster(of: SittingRecords): CandidateRow[] {
  return of.candidates.map((row) => standingIn(row, of));
}

/** The same of one candidate, out of the journal. */
export function standingCandidate(
  row: CandidateRow,
  view: Pick<JournalView, "read" | "rows" | "rowsOf">,
): CandidateRow {
  return leavingOf(row) === null ? row : standingIn(row, recordsOfSitting(row.sitting, view));
}

function standingIn(row: CandidateRow, of: SittingRecords): CandidateRow {
  const leaving = leavingOf(row);
  return leaving && !hasLeft(row, of)
    ? { ...row, changes: row.changes.filter((one) => one !== leaving) }
    : row;
}
