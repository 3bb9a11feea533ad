// How far a panel is with one candidate: waiting for signatures, of one mind, too far apart, or settled.
import {
  leavingOf,
  panelFor,
  revealedSheets,
  standingSettlement,
  divergenceBetween,
  membersToReview,
} from "#shared/journal";
import type { CandidateRow, SittingRow } from "#shared/journal";
import type { Policy, Rubric, Settlement, Sheet } from "#shared/exam";
import type { PersonId } from "#shared/base";
import type { Divergence } from "#shared/rules";

export type PanelState =
  | { readonly kind: "absent" }
  /** Left before the panel was done: there is no mark to settle. */
  | { readonly kind: "left" }
  /** Nothing of a sheet is shown before all of them are signed. */
  | { readonly kind: "waiting"; readonly signed: number; readonly members: number }
  | (Revealed & { readonly kind: "agreed" })
  | (Revealed & { readonly kind: "divergent"; readonly reviewed: number })
  /** What was recorded before settlements were signed stands, and can still be signed. */
  | (Revealed & { readonly kind: "settled"; readonly settlement: Settlement; readonly reviewed: number });

export interface Revealed {
  /** In the panel's order. */
  readonly sheets: readonly Sheet[];
  readonly divergence: Divergence;
}

export function panelState(
  sitting: SittingRow,
  candidate: CandidateRow,
  all: readonly Sheet[],
  rubric: Rubric,
  policy: Policy,
  hasEnded: (person: PersonId) => boolean,
): PanelState {
  if (candidate.absence) return { kind: "absent" };
  if (leavingOf(candidate)) return { kind: "left" };
  const sheets = revealedSheets(sitting, candidate, all);
  if (!sheets) {
    const own = all.filter((sheet) => sheet.candidate === candidate.ref && sheet.signature !== null);
    const members = panelFor(sitting, candidate.ref, all);
    return {
      kind: "waiting",
      signed: own.filter(({ examiner }) => members.includes(examiner)).length,
      members: members.length,
    };
  }
  const divergence = divergenceBetween(sheets, rubric, policy);
  if (divergence.open.length === 0) return { kind: "agreed", sheets, divergence };
  const settlement = standingSettlement(candidate, sheets);
  const reviewed = sheets.length - membersToReview(candidate, sheets, hasEnded).length;
  return settlement
    ? { kind: "settled", sheets, divergence, settlement, reviewed }
    : { kind: "divergent", sheets, divergence, reviewed };
}
