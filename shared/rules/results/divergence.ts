// How far a panel's sheets lie apart, item by item and in total (R35, R43). Asked only of sheets that are all signed: each is a
// commitment made before any other was seen.
import { multiply, type Fraction } from "#shared/base";
import type { Finding, ItemInput, PolicyOf, Rubric, RubricItem, Sheet } from "#shared/exam";
import {
  areLevelsWide,
  areMarksWide,
  panelDivergence,
  panelJudgement,
  spreadOf,
} from "../marking/panel-mark.ts";
import { scoreItem } from "../marking/scoring.ts";

export type DivergencePolicy = PolicyOf<"judgeSpread" | "divergencePoints" | "thirdMarkerPercent">;

export interface ItemSpread {
  readonly item: RubricItem;
  /** Points, in the order of the sheets. */
  readonly marks: readonly Fraction[];
  readonly spread: Fraction;
  /** R35 for a judgement, R43 for any other: more than the policy's percentage of the item's maximum. */
  readonly isWide: boolean;
}

export interface Divergence {
  /** Points between the highest and the lowest total. */
  readonly spread: Fraction;
  /** Every item of the rubric, in its order. */
  readonly items: readonly ItemSpread[];
  /** What keeps the mark from standing until the panel settles it; empty where it agrees. */
  readonly open: readonly Finding[];
}

/** `totals` in the order of the sheets, at least one. */
export function divergenceOf(
  sheets: readonly Pick<Sheet, "items">[],
  totals: readonly Fraction[],
  rubric: Pick<Rubric, "items" | "step">,
  policy: DivergencePolicy,
): Divergence {
  return {
    spread: spreadOf(totals),
    items: rubric.items.map((item) => itemSpread(item, inputsOf(item, sheets), rubric, policy)),
    open: openDivergence(sheets, totals, rubric, policy),
  };
}

/** The same of the judged items and the totals alone. */
export function openDivergence(
  sheets: readonly Pick<Sheet, "items">[],
  totals: readonly Fraction[],
  rubric: Pick<Rubric, "items">,
  policy: PolicyOf<"judgeSpread" | "divergencePoints">,
): Finding[] {
  const all = [...judgements(sheets, rubric, false, policy), ...panelDivergence(totals, null, policy)];
  return all.filter(({ severity }) => severity === "block");
}

/** R35, item by item: `judgedAgain` once every member looked at their own sheet again. */
export function judgements(
  sheets: readonly Pick<Sheet, "items">[],
  rubric: Pick<Rubric, "items">,
  judgedAgain: boolean,
  policy: PolicyOf<"judgeSpread">,
): Finding[] {
  return rubric.items.flatMap((item) => {
    const levels = levelsOf(inputsOf(item, sheets));
    return item.kind === "JUDGE" && levels.length > 0
      ? panelJudgement(item, levels, judgedAgain, policy).findings
      : [];
  });
}

function itemSpread(
  item: RubricItem,
  inputs: readonly ItemInput[],
  { step }: Pick<Rubric, "step">,
  policy: DivergencePolicy,
): ItemSpread {
  const steps = inputs.map((input) => scoreItem(item, input)).filter((mark) => mark !== null);
  const levels = levelsOf(inputs);
  return {
    item,
    marks: steps.map((mark) => multiply(mark, step)),
    spread: multiply(spreadOf(steps), step),
    isWide:
      item.kind === "JUDGE"
        ? levels.length > 0 && areLevelsWide(levels, policy)
        : areMarksWide(steps, item.max, policy),
  };
}

function inputsOf({ no }: RubricItem, sheets: readonly Pick<Sheet, "items">[]): ItemInput[] {
  return sheets.flatMap(({ items }) => items[String(no)] ?? []);
}

function levelsOf(inputs: readonly ItemInput[]): number[] {
  return inputs.flatMap((input) => (input.kind === "JUDGE" ? [input.level] : []));
}
