// The room as it lies in this journal: where each candidate stands with the panel's sheets, and the same in figures. A supervisor on
// site looks at it, and main counts it once more for what they sign.
import { groupBy } from "#shared/base";
import { isSigned, openPauseOf, type RoomState, type Sheet, type WorkplaceState } from "#shared/exam";
import { countSitting, leavingOf } from "./expected.ts";
import { incidentsOf, openCalls } from "./room-record.ts";
import { panelFor } from "./staff.ts";
import type { CallRow, CandidateRow, IncidentRow, SittingRow } from "./tables.ts";

export interface Workplace {
  readonly candidate: CandidateRow;
  readonly state: WorkplaceState;
  /** Of the sheets the panel owes: signed, and how many there are to be. */
  readonly signed: number;
  readonly expected: number;
  /** Under way here. */
  readonly open: readonly Sheet[];
  /** Of those, sheets whose time stands still. */
  readonly paused: number;
}

/** In roster order. */
export function workplacesOf(
  sitting: Pick<SittingRow, "panel" | "substitutions">,
  candidates: readonly CandidateRow[],
  sheets: readonly Sheet[],
): Workplace[] {
  const byCandidate = groupBy(sheets, ({ candidate }) => candidate);
  return [...candidates]
    .sort((a, b) => a.no - b.no)
    .map((candidate) => workplaceOf(sitting, candidate, byCandidate.get(candidate.ref) ?? []));
}

function workplaceOf(
  sitting: Pick<SittingRow, "panel" | "substitutions">,
  candidate: CandidateRow,
  sheets: readonly Sheet[],
): Workplace {
  const owing = panelFor(sitting, candidate.ref, sheets);
  const signed = owing.filter((member) =>
    sheets.some((sheet) => sheet.examiner === member && isSigned(sheet)),
  ).length;
  const open = leavingOf(candidate) ? [] : sheets.filter((sheet) => !isSigned(sheet));
  return {
    ...{ candidate, signed, open, expected: owing.length },
    state: stateOf(candidate, { isBegun: sheets.length > 0, isDone: signed === owing.length }),
    paused: open.filter((sheet) => openPauseOf(sheet) !== null).length,
  };
}

function stateOf(
  candidate: CandidateRow,
  { isBegun, isDone }: { readonly isBegun: boolean; readonly isDone: boolean },
): WorkplaceState {
  if (candidate.absence) return "absent";
  if (leavingOf(candidate)) return "left";
  if (isDone) return "signed";
  return isBegun ? "marking" : "untouched";
}

export interface RoomRows {
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
  readonly sheets: readonly Sheet[];
  readonly incidents: readonly IncidentRow[];
  readonly calls: readonly CallRow[];
}

export function roomState({ sitting, candidates, sheets, incidents, calls }: RoomRows): RoomState {
  const workplaces = workplacesOf(sitting, candidates, sheets);
  const of = (state: WorkplaceState) => workplaces.filter((one) => one.state === state).length;
  const { expected, signed } = countSitting(sitting, candidates, sheets);
  return {
    registered: workplaces.length,
    untouched: of("untouched"),
    marking: of("marking"),
    signed: of("signed"),
    absent: of("absent"),
    left: of("left"),
    paused: workplaces.reduce((sum, { paused }) => sum + paused, 0),
    sheets: { expected, signed },
    incidents: incidentsOf(incidents, sitting.id).length,
    openCalls: openCalls(calls, sitting.id).length,
  };
}
