// What a panel's sheets are worth together (R35, R40 to R43): exact, and never without every member's own value.
import {
  add,
  compare,
  divide,
  fraction,
  invariant,
  multiply,
  subtract,
  ZERO,
  type Fraction,
} from "#shared/base";
import { block, info, warn, type Finding, type PolicyOf } from "#shared/exam";

export interface PanelMark {
  readonly mark: Fraction;
  readonly findings: readonly Finding[];
}

/** R35: Levels more than the policy apart are judged again once, then recorded as a spread, every value kept. */
export function panelJudgement(
  item: { readonly no: number; readonly max: number },
  levels: readonly number[],
  judgedAgain: boolean,
  policy: PolicyOf<"judgeSpread">,
): PanelMark {
  const spread = levelSpread(levels);
  const facts = { item: item.no, spread, allowed: policy.judgeSpread };
  return {
    mark: mean(levels.map((level) => fraction(level * item.max, 3))),
    findings: [judgementFinding(areLevelsWide(levels, policy), judgedAgain, facts)],
  };
}

/** R40: An examiner's part mark is the sum of the task marks by their weights, which make up one hundred percent. */
export function weightedMark(
  tasks: readonly { readonly mark: Fraction; readonly percent: number }[],
): Fraction {
  invariant(tasks.reduce((sum, { percent }) => sum + percent, 0) === 100, "task weights make up 100 %");
  return tasks.map(({ mark, percent }) => multiply(mark, fraction(percent, 100))).reduce(add, ZERO);
}

/** R41, R42: The panel's mark is the mean of all sheets, or without one highest and one lowest where policy says so. */
export function panelMark(
  totals: readonly Fraction[],
  policy: PolicyOf<"trimExtremes" | "trimFrom">,
): PanelMark {
  invariant(totals.length > 0, "at least one sheet");
  const sheets = totals.length;
  if (!policy.trimExtremes || sheets < policy.trimFrom) {
    return { mark: mean(totals), findings: [info("R41", "panel-mark.mean", { sheets })] };
  }
  const counted = [...totals].sort(compare).slice(1, -1);
  return { mark: mean(counted), findings: [info("R42", "panel-mark.trimmed", { sheets })] };
}

/** R43: A third marker joins when two differ by more than the policy's percentage of the maximum. */
export function twoMarkers(
  marks: readonly [Fraction, Fraction],
  third: Fraction | null,
  max: number,
  policy: PolicyOf<"thirdMarkerPercent">,
): PanelMark {
  if (!areMarksWide(marks, max, policy)) {
    return { mark: mean(marks), findings: [info("R43", "divergence.two-agree", { max })] };
  }
  if (third !== null) {
    return { mark: mean([...marks, third]), findings: [info("R43", "divergence.third-marked", { max })] };
  }
  const facts = { max, percent: policy.thirdMarkerPercent };
  return { mark: mean(marks), findings: [block("R43", "divergence.third-needed", facts)] };
}

/** R43: A panel whose totals are further apart than the policy reviews its sheets before the mark stands. */
export function panelDivergence(
  totals: readonly Fraction[],
  reason: string | null,
  policy: PolicyOf<"divergencePoints">,
): Finding[] {
  const facts = { sheets: totals.length, allowed: policy.divergencePoints };
  if (compare(spreadOf(totals), fraction(policy.divergencePoints)) <= 0) {
    return [info("R43", "divergence.within", facts)];
  }
  return reason?.trim()
    ? [warn("R43", "divergence.explained", facts)]
    : [block("R43", "divergence.panel", facts)];
}

/** R35: More steps between the highest and the lowest judgement than the policy allows. */
export function areLevelsWide(levels: readonly number[], policy: PolicyOf<"judgeSpread">): boolean {
  return levelSpread(levels) > policy.judgeSpread;
}

/** R43: Further apart than the policy's percentage of the maximum, both in the same unit. */
export function areMarksWide(
  marks: readonly Fraction[],
  max: number,
  policy: PolicyOf<"thirdMarkerPercent">,
): boolean {
  return compare(spreadOf(marks), fraction(max * policy.thirdMarkerPercent, 100)) > 0;
}

function levelSpread(levels: readonly number[]): number {
  invariant(levels.length > 0, "at least one judgement");
  return Math.max(...levels) - Math.min(...levels);
}

function judgementFinding(wide: boolean, judgedAgain: boolean, facts: Finding["facts"]): Finding {
  if (!wide) return info("R35", "judgement.agreed", facts);
  return judgedAgain ? warn("R35", "judgement.spread", facts) : block("R35", "judgement.judge-again", facts);
}

function mean(values: readonly Fraction[]): Fraction {
  return divide(values.reduce(add, ZERO), fraction(values.length));
}

/** From the lowest to the highest of at least one value. */
export function spreadOf(values: readonly Fraction[]): Fraction {
  const sorted = [...values].sort(compare);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  invariant(lowest && highest, "at least one sheet");
  return subtract(highest, lowest);
}

/** R35: What a settlement says of its sheets, computed again: their mean by the policy, and how far they lie apart. */
export function areFiguresOf(
  { mean, spread }: { readonly mean: Fraction; readonly spread: Fraction },
  totals: readonly Fraction[],
  policy: Parameters<typeof panelMark>[1],
): boolean {
  return compare(panelMark(totals, policy).mark, mean) === 0 && compare(spreadOf(totals), spread) === 0;
}
