// Whom the panel still owes its sheets, as the roster stands after the changes of the day, and what a change makes of a candidate.
import { isLeaving, type CandidateChange, type Move, type RosterChange, type Sheet } from "#shared/exam";
import type { CandidateRow, SittingRow } from "./tables.ts";

/** How a candidate left the sitting before the panel was done; null for everybody else. */
export function leavingOf({ changes }: Pick<CandidateRow, "changes">): CandidateChange | null {
  return changes.find(({ kind }) => isLeaving(kind)) ?? null;
}

/** Whoever came late was not absent: that record has been answered. */
export function hasArrived({ changes }: Pick<CandidateRow, "changes">): boolean {
  return changes.some(({ kind }) => kind === "arrival");
}

/** The panel owes this candidate its sheets. */
export function isExpected(candidate: Pick<CandidateRow, "absence" | "changes">): boolean {
  return unmarkedAs(candidate) === null;
}

/** R51: Why there is no mark, where there is none: not there at all, or there and not examined to the end. */
export function unmarkedAs(
  candidate: Pick<CandidateRow, "absence" | "changes">,
): "ABSENT" | "CANCELLED" | null {
  if (candidate.absence !== null) return "ABSENT";
  return leavingOf(candidate) === null ? null : "CANCELLED";
}

export interface SittingCounts {
  readonly present: number;
  readonly absent: number;
  readonly withdrawn: number;
  readonly unexamined: number;
  /** Sheets that the panel owes, and those of them that are signed. */
  readonly expected: number;
  readonly signed: number;
}

/** What a sitting should have and has, as the roster stands now. */
export function countSitting(
  { panel }: Pick<SittingRow, "panel">,
  candidates: readonly Pick<CandidateRow, "ref" | "absence" | "changes">[],
  sheets: readonly Pick<Sheet, "candidate" | "signature">[],
): SittingCounts {
  const expected = new Set(candidates.filter(isExpected).map(({ ref }) => ref));
  const left = (kind: CandidateChange["kind"]) =>
    candidates.filter((one) => leavingOf(one)?.kind === kind).length;
  return {
    present: expected.size,
    absent: candidates.filter(({ absence }) => absence !== null).length,
    withdrawn: left("withdrawal"),
    unexamined: left("unexamined"),
    expected: expected.size * panel.length,
    signed: sheets.filter(({ candidate, signature }) => signature !== null && expected.has(candidate)).length,
  };
}

/** A candidate after a change; of whoever it is not about nothing changes. */
export function afterChange(
  row: CandidateRow,
  change: RosterChange,
  said: Omit<CandidateChange, "kind" | "move">,
): CandidateRow {
  const moves: readonly Move[] = "moves" in change ? change.moves : [];
  const found = moves.find(({ candidate }) => candidate === row.ref);
  const move = found ? { from: found.from, to: found.to } : null;
  return {
    ...row,
    rotation: move?.to ?? row.rotation,
    absence: change.kind === "arrival" ? null : row.absence,
    changes: [...row.changes, { kind: change.kind, move, ...said }],
  };
}
