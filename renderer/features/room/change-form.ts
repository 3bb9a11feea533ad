// The dialog of a change of roster as it is filled in, and what it asks for once it is whole.
import type { CandidateRef } from "#shared/base";
import type { RosterChangeKind } from "#shared/exam";
import { isExpected, type CandidateRow, type RosterChangeAsked } from "#shared/journal";

export interface TypedChange {
  readonly kind: RosterChangeKind;
  /** Numbers in the roster, as typed. */
  readonly no: string;
  readonly otherNo: string;
  readonly rotation: number | null;
  /** Of that rotation: who is left out. */
  readonly spared: readonly CandidateRef[];
  readonly to: number | null;
}

export const NO_CHANGE: TypedChange = {
  ...{ kind: "arrival", no: "", otherNo: "" },
  ...{ rotation: null, spared: [], to: null },
};

/** Null while something is missing. What a rule has against it main says. */
export function askedOf(typed: TypedChange, candidates: readonly CandidateRow[]): RosterChangeAsked | null {
  const one = candidateOf(typed.no, candidates);
  switch (typed.kind) {
    case "arrival":
    case "withdrawal":
      return one ? { kind: typed.kind, candidate: one.ref } : null;
    case "swap": {
      const other = candidateOf(typed.otherNo, candidates);
      return one && other ? { kind: "swap", candidates: [one.ref, other.ref] } : null;
    }
    case "relocation": {
      const refs = refsOf(typed, candidates);
      return refs.length > 0 && typed.to !== null
        ? { kind: "relocation", candidates: refs, to: typed.to }
        : null;
    }
    case "unexamined": {
      const refs = refsOf(typed, candidates);
      return refs.length > 0 ? { kind: "unexamined", candidates: refs } : null;
    }
  }
}

/** By number in the roster: what a person reads off the list or the badge. */
export function candidateOf(no: string, candidates: readonly CandidateRow[]): CandidateRow | undefined {
  const wanted = no.trim();
  return /^\d{1,5}$/.test(wanted) ? candidates.find((one) => one.no === Number(wanted)) : undefined;
}

/** Whom a failed workplace leaves without one: the rotation's candidates who are still expected. */
export function stranded(rotation: number | null, candidates: readonly CandidateRow[]): CandidateRow[] {
  return candidates.filter((one) => one.rotation === rotation && isExpected(one));
}

export function rotationsOf(candidates: readonly CandidateRow[]): number[] {
  return [...new Set(candidates.map(({ rotation }) => rotation))].sort((a, b) => a - b);
}

function refsOf({ rotation, spared }: TypedChange, candidates: readonly CandidateRow[]): CandidateRef[] {
  return stranded(rotation, candidates)
    .map(({ ref }) => ref)
    .filter((ref) => !spared.includes(ref));
}
