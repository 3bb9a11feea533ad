// The nothing-missing board (应有即所有): every sheet that a sitting owes and what became of it, asked of what lies on this laptop
// alone. expected = signed + opened + absent + excused, or the rest is missing: at any moment, without a network. A sheet that
// another laptop has is missing here until it is brought.
import type { ClockReading, Kid, PersonId, SheetId } from "#shared/base";
import { isSigned, type Sheet } from "#shared/exam";
import { unmarkedAs } from "./expected.ts";
import { sittingRecords, withheldCandidates, type SittingRecords } from "./review.ts";
import { panelFor } from "./staff.ts";
import { standingRoster } from "./standing-roster.ts";
import type { BatchRow, CandidateRow, SittingRow } from "./tables.ts";

export const OWED_STATES = ["signed", "opened", "absent", "excused", "missing"] as const;
export type OwedState = (typeof OWED_STATES)[number];

/** How far the registry has a signed sheet. */
export type Proof = "unsealed" | "sealed" | "receipted" | "proven";

/** One sheet that one examiner owes for one candidate. */
export interface OwedSheet {
  readonly candidate: CandidateRow;
  readonly examiner: PersonId;
  readonly state: OwedState;
  /** Null where nothing of it lies here. */
  readonly sheet: Sheet | null;
  /** Of a sheet that is signed; null of any other. */
  readonly proof: Proof | null;
}

/** The newest sheet of somebody that came to lie here: where their missing ones may be. */
export interface LastSeen {
  /** Null for this laptop. */
  readonly laptop: Kid | null;
  readonly at: ClockReading;
}

export interface Board {
  /** By candidate, and each panel in its order. */
  readonly owed: readonly OwedSheet[];
  /** Signed for a candidate of whom its examiner owes none: marked after all, or twice. */
  readonly beside: readonly Sheet[];
  readonly lastSeen: ReadonlyMap<PersonId, LastSeen>;
}

export interface BoardRows {
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
  readonly sheets: readonly Sheet[];
  readonly reviews: SittingRecords["reviews"];
  readonly batches: readonly BatchRow[];
}

export function boardOf({ sitting, candidates: rows, sheets, reviews, batches }: BoardRows): Board {
  const of = sittingRecords(sitting, { candidates: rows, sheets, reviews });
  const candidates = standingRoster(of);
  const withheld = withheldCandidates(of);
  const byOwner = new Map(sheets.map((sheet) => [ownerKey(sheet.candidate, sheet.examiner), sheet]));
  const counted = new Set<SheetId>();
  const owed = candidates.flatMap((candidate) =>
    panelFor(sitting, candidate.ref, sheets).map((examiner): OwedSheet => {
      const sheet = byOwner.get(ownerKey(candidate.ref, examiner)) ?? null;
      if (sheet) counted.add(sheet.id);
      const state = stateOf(candidate, sheet, withheld.has(candidate.ref));
      return {
        candidate,
        examiner,
        state,
        sheet,
        proof: state === "signed" ? proofOf(sheet, batches) : null,
      };
    }),
  );
  const beside = sheets.filter((sheet) => isSigned(sheet) && !counted.has(sheet.id));
  return { owed, beside, lastSeen: lastSeenIn(sheets) };
}

export type OwedCounts = Readonly<Record<OwedState, number>> & { readonly expected: number };

/** `expected` is the sum of all states: what is missing is what no other accounts for. */
export function countOwed(owed: readonly OwedSheet[]): OwedCounts {
  const counts = { signed: 0, opened: 0, absent: 0, excused: 0, missing: 0 };
  for (const { state } of owed) counts[state] += 1;
  return { ...counts, expected: owed.length };
}

/** What this panel may not mark any more (R76) it does not owe either. */
function stateOf(candidate: CandidateRow, sheet: Sheet | null, isWithheld: boolean): OwedState {
  const unmarked = unmarkedAs(candidate);
  if (unmarked !== null) return unmarked === "ABSENT" ? "absent" : "excused";
  if (sheet === null) return isWithheld ? "excused" : "missing";
  return isSigned(sheet) ? "signed" : "opened";
}

/** A sheet is in the batch of the laptop that signed it, whichever laptop carries that. */
function proofOf(sheet: Sheet | null, batches: readonly BatchRow[]): Proof {
  const seq = sheet?.signature?.seq ?? 0;
  const batch = batches.find(
    ({ carried, device, range }) =>
      (sheet?.from === null ? !carried : device === sheet?.from) && seq >= range.first && seq <= range.last,
  );
  if (!batch) return "unsealed";
  if (batch.anchored) return "proven";
  return batch.receipt ? "receipted" : "sealed";
}

function lastSeenIn(sheets: readonly Sheet[]): Map<PersonId, LastSeen> {
  const seen = new Map<PersonId, LastSeen>();
  for (const { examiner, from, startedAt, signature } of [...sheets].sort((a, b) => a.lastSeq - b.lastSeq))
    seen.set(examiner, { laptop: from, at: signature?.at ?? startedAt });
  return seen;
}

function ownerKey(candidate: string, examiner: string): string {
  return `${candidate} ${examiner}`;
}
