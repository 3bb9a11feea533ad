// What one sheet would publish: confirmed vetoes first (R38), then pass or fail on the rounded mark (R44, R49).
import {
  compare,
  fraction,
  invariant,
  ok,
  refuse,
  roundHalfUp,
  smaller,
  ZERO,
  type Fraction,
  type Refusal,
  type Result,
} from "#shared/base";
import type { Rubric, Veto } from "#shared/exam";

export type Outcome = "PASS" | "FAIL" | "CANCELLED";

export interface PublishedMark {
  /** Points, exact: rounding is for eyes and for the pass decision only. */
  readonly mark: Fraction;
  readonly outcome: Outcome;
  readonly reasons: readonly Refusal<"veto.fail-part" | "veto.disqualify" | "mark.below-pass">[];
}

/** R38: A confirmed veto fails the part under a cap or cancels it, whatever the items earned. */
export function publishedMark(
  total: Fraction,
  vetoes: readonly string[],
  rubric: Pick<Rubric, "vetoes">,
): PublishedMark {
  const confirmed = vetoes.map((code) => vetoOf(rubric, code));
  const disqualifying = confirmed.filter((veto) => veto.effect === "DISQUALIFY");
  const failing = confirmed.filter((veto) => veto.effect === "FAIL_PART");
  const reasons = [
    ...disqualifying.map(({ code }) => ({ code: "veto.disqualify" as const, facts: { veto: code } })),
    ...failing.map(({ code }) => ({ code: "veto.fail-part" as const, facts: { veto: code } })),
  ];
  if (disqualifying.length > 0) return { mark: ZERO, outcome: "CANCELLED", reasons };
  if (failing.length > 0) return { mark: smaller(total, FAIL_PART_CAP), outcome: "FAIL", reasons };
  return isPassing(total, PASS_RULE)
    ? { mark: total, outcome: "PASS", reasons: [] }
    : { mark: total, outcome: "FAIL", reasons: [{ code: "mark.below-pass" }] };
}

export interface PassRule {
  readonly passMark: number;
  /** Decimals the mark is rounded to before it is compared; null decides on the exact value (R44, EXACT). */
  readonly decimals: number | null;
}

export const PASS_RULE: PassRule = { passMark: 60, decimals: 1 };

export function isPassing(mark: Fraction, rule: PassRule): boolean {
  if (rule.decimals === null) return compare(mark, fraction(rule.passMark)) >= 0;
  return roundHalfUp(mark, rule.decimals) >= rule.passMark * 10 ** rule.decimals;
}

export function checkVetoes(
  vetoes: readonly string[],
  rubric: Pick<Rubric, "vetoes">,
): Result<void, Refusal<"veto.unknown" | "veto.repeated">> {
  const seen = new Set<string>();
  for (const code of vetoes) {
    if (!rubric.vetoes.some((veto) => veto.code === code)) {
      return refuse({ code: "veto.unknown", facts: { veto: code } });
    }
    if (seen.has(code)) return refuse({ code: "veto.repeated", facts: { veto: code } });
    seen.add(code);
  }
  return ok(undefined);
}

const FAIL_PART_CAP = fraction(59);

function vetoOf(rubric: Pick<Rubric, "vetoes">, code: string): Veto {
  const veto = rubric.vetoes.find((one) => one.code === code);
  invariant(veto, `veto ${code} is in the rubric`);
  return veto;
}
