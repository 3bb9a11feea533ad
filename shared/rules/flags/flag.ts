// What a flag says: which rule, about whom, which entries of the journal show it, and how likely the same would be without
// fault. Ids and figures only; what it means and what would clear it are words, one set a code (renderer/i18n, `flags`).
import type { CandidateRef, PersonId, SheetId } from "#shared/base";
import type { FlagLimitValues, PolicyKey, PolicyOf, RuleNo } from "#shared/exam";
import type { SittingHistory } from "./history.ts";

export const FLAG_CODES = [
  "too-fast",
  "straight-lining",
  "late-changes",
  "changed-after-reveal",
  "divergence",
  "examiner-severity",
  "identical-sheets",
  "identical-photographs",
  "veto-without-evidence",
  "evidence-missing",
  "clock-changed",
  "conflict-late",
  "examiner-uncovered",
  "long-pause",
  "sequence-gap",
  "pass-rate",
] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

export interface Flag {
  readonly code: FlagCode;
  /** Null where no rule of the rulebook stands behind it, only a limit with a source. */
  readonly rule: RuleNo | null;
  /** Whose act it is; null where it is nobody's in particular. */
  readonly person: PersonId | null;
  readonly candidates: readonly CandidateRef[];
  readonly sheets: readonly SheetId[];
  /** Sequences in the journal, ascending: what to look at. */
  readonly entries: readonly number[];
  /**
   * The probability that a sitting of this size where nothing is wrong shows as much anywhere, under the model that the flag's
   * file states. Zero where nothing was weighed: the journal records the fact itself. It is not the probability of a fault.
   */
  readonly chance: number;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** The limits of flags beside the policy that the sitting was held under. */
export type FlagPolicy = FlagLimitValues & PolicyOf<PolicyKey>;

/** One flag: the same history and policy, the same answer, in whatever order its sheets are listed. */
export type FlagRule = (history: SittingHistory, policy: FlagPolicy) => Flag[];

/** The parts that a flag leaves out are those it has nothing to say about. */
export function aFlag(code: FlagCode, parts: Partial<Omit<Flag, "code">>): Flag {
  return {
    ...{ code, rule: null, person: null, candidates: [], sheets: [], chance: 0, facts: {} },
    ...parts,
    entries: [...new Set(parts.entries)].sort((a, b) => a - b),
  };
}

export function isUnlikely(chance: number, { falseAlarmsPerMillion }: FlagPolicy): boolean {
  return chance * 1_000_000 < falseAlarmsPerMillion;
}

/** How sure a flag is, in round figures: the model that a chance comes from is not better than that. */
export type Sureness =
  | { readonly kind: "fact" }
  /** One of so many sittings without fault would show as much. */
  | { readonly kind: "one-in"; readonly n: number }
  | { readonly kind: "rare" };

export function surenessOf(chance: number): Sureness {
  if (chance === 0) return { kind: "fact" };
  const n = 1 / chance;
  if (n > 1_000_000) return { kind: "rare" };
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return { kind: "one-in", n: Math.max(1, Math.round(n / unit) * unit) };
}
