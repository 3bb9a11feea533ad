// What flags look at: a sitting's history as plain facts, all of it taken from the journal (shared/journal/history.ts). What
// the journal cannot tell is not here: how a sheet that was signed on another laptop came about, who is kin to whom (only what
// was declared), and the moment somebody looked at another's sheet (only when that became possible).
import {
  invariant,
  type CandidateRef,
  type ClockReading,
  type Fraction,
  type HashId,
  type Kid,
  type PersonId,
  type SittingId,
} from "#shared/base";
import {
  countingOf,
  type AmendmentReason,
  type Counting,
  type ExaminerQualification,
  type ItemInput,
  type PanelMember,
  type Rubric,
  type Sheet,
  type SheetMarks,
} from "#shared/exam";

export interface SittingHistory {
  readonly sitting: SittingId;
  readonly day: ExaminerQualification["validFrom"];
  readonly observed: boolean;
  readonly rubric: Rubric;
  readonly panel: readonly PanelMember[];
  readonly cards: readonly ExaminerQualification[];
  readonly sheets: readonly SheetHistory[];
  /** Every answer to the conflict question, each with its place in the journal. */
  readonly declarations: readonly {
    readonly entry: number;
    readonly person: PersonId;
    readonly candidates: readonly CandidateRef[];
  }[];
  /** What the leader recorded of a divergent panel, about exactly these records. */
  readonly settlements: readonly {
    readonly entry: number;
    readonly candidate: CandidateRef;
    readonly records: readonly HashId[];
  }[];
  /** Clocks found wrong while the sitting was marked. */
  readonly clocks: readonly {
    readonly entry: number;
    readonly state: "drifted" | "changed";
    readonly byMs: number;
  }[];
  /**
   * Records signed from the sitting's roster on, whatever sitting they are of, on this laptop (null) or on each that is known
   * whole: a laptop's chain has no gap.
   */
  readonly records: readonly { readonly entry: number; readonly seq: number; readonly from: Kid | null }[];
  /** What earlier sittings of the same rubric came to where it is asked; null while there is none. */
  readonly earlier: PassRecord | null;
}

export interface Passes {
  readonly assessed: number;
  readonly passed: number;
}

export interface PassRecord extends Passes {
  /** Of those who are not well above the pass mark (`nearPassPoints`). */
  readonly near: Passes;
}

export interface SheetHistory {
  /** As it counts now. */
  readonly sheet: Sheet;
  /** Where it was opened; of a sheet from another laptop where it was received. */
  readonly opened: number;
  /** Null while it is open. */
  readonly signed: Signed | null;
  /** Empty for a sheet from another laptop: its acts stayed there. */
  readonly acts: readonly SheetAct[];
  /** Photographs that it holds, or as its record names them; null where nobody knows. */
  readonly pictures: readonly HashId[] | null;
  /** Amendments signed on this laptop; of others it is not known what their authors had seen. */
  readonly amended: readonly Amended[];
}

export interface Signed {
  /** Where it was signed, or received signed. */
  readonly entry: number;
  readonly at: ClockReading;
  /** As it was signed first. */
  readonly total: Fraction;
}

export type SheetAct = {
  readonly entry: number;
  readonly at: ClockReading;
} & (
  | { readonly kind: "mark"; readonly item: number; readonly input: ItemInput | null }
  | { readonly kind: "veto"; readonly code: string; readonly on: boolean }
  | { readonly kind: "picture"; readonly hash: HashId }
  /** The sheet's time stood still from here, or ran again. */
  | { readonly kind: "pause"; readonly on: boolean }
  | { readonly kind: "other" }
);

export interface Amended {
  readonly entry: number;
  readonly hash: HashId;
  readonly reason: AmendmentReason;
  /** The sheet's total right before and after. */
  readonly from: Fraction;
  readonly to: Fraction;
}

export interface SignedSheet extends SheetHistory {
  readonly signed: Signed;
}

/** In the order they were signed. */
export function signedSheets({ sheets }: Pick<SittingHistory, "sheets">): SignedSheet[] {
  return sheets
    .filter((one): one is SignedSheet => one.signed !== null)
    .sort((a, b) => a.signed.entry - b.signed.entry);
}

/** What a sheet said when it was signed first, before any amendment. */
export function marksAsSigned({ sheet }: Pick<SheetHistory, "sheet">): Pick<SheetMarks, "items" | "vetoes"> {
  return sheet.signed ?? sheet;
}

/** Which record of a signed sheet counts now, and for how much. */
export function countedOf(sheet: Sheet): Counting {
  const counting = countingOf(sheet);
  invariant(counting, "a signed sheet counts");
  return counting;
}

export function toPoints({ n, d }: Fraction): number {
  return n / d;
}

export type MarkAct = Extract<SheetAct, { readonly kind: "mark" }>;

/** Acts before the signature, oldest first. */
export function actsBeforeSigning({ acts, signed }: Pick<SheetHistory, "acts" | "signed">): SheetAct[] {
  return acts
    .filter(({ entry }) => signed === null || entry < signed.entry)
    .sort((a, b) => a.entry - b.entry);
}

export function marksBeforeSigning(one: Pick<SheetHistory, "acts" | "signed">): MarkAct[] {
  return actsBeforeSigning(one).filter((act): act is MarkAct => act.kind === "mark");
}

/** The one that all of them are; null where they are several. */
export function soleOf<T>(all: readonly T[]): T | null {
  const distinct = [...new Set(all)];
  return distinct.length === 1 ? (distinct[0] as T) : null;
}
