// A panel lies too far apart. Until the leader settles it that is a fact (R35, R43). Settled or not, one sheet may lie further
// from the others of its panel than sheets of this sitting do: for that, differences between a sheet and the mean of the others
// are taken as normal, with the sitting's own robust spread, so that the sheet in question does not excuse itself.
import { groupBy } from "#shared/base";
import type { Sheet } from "#shared/exam";
import { panelDivergence } from "../marking/panel-mark.ts";
import { judgements } from "../results/divergence.ts";
import { mean, normalTail, robustSpread } from "./chance.ts";
import { aFlag, isUnlikely, type FlagRule } from "./flag.ts";
import { countedOf, signedSheets, toPoints, type SignedSheet, type SittingHistory } from "./history.ts";

/** R35, R43: A panel looks again at what lies apart, and what still does stands with a reason. */
export const divergence: FlagRule = (history, policy) => {
  const { rubric } = history;
  const panels = [...groupBy(signedSheets(history), ({ sheet }) => sheet.candidate).values()].filter(
    (sheets) => sheets.length >= Math.max(2, history.panel.length),
  );
  const placed = panels.map(placesIn);
  const sheets = placed.flat().length;
  const spread = Math.max(policy.sheetNoisePoints, robustSpread(placed.flat().map(({ apart }) => apart)));
  return placed.flatMap((places) => {
    const farthest = places.reduce((far, one) => (Math.abs(one.apart) > Math.abs(far.apart) ? one : far));
    const chance = Math.min(1, 2 * sheets * normalTail(Math.abs(farthest.apart) / spread));
    const stand = places.map(({ sheet }) => sheet);
    const totals = stand.map((sheet) => countedOf(sheet).total);
    const isApart = [
      ...judgements(stand, rubric, false, policy),
      ...panelDivergence(totals, null, policy),
    ].some(({ severity }) => severity === "block");
    const settled = settlementOf(stand, history);
    const isOutlier = Math.abs(farthest.apart) > policy.divergencePoints && isUnlikely(chance, policy);
    const isOpen = isApart && settled === undefined;
    if (!isOpen && !isOutlier) return [];
    return [
      aFlag("divergence", {
        rule: "R43",
        // Of two sheets neither is nearer to a panel.
        person: isOutlier && places.length > 2 ? farthest.sheet.examiner : null,
        candidates: [farthest.sheet.candidate],
        sheets: stand.map(({ id }) => id),
        entries: [
          ...places.flatMap(({ signed, amended }) => [signed.entry, ...amended.map(({ entry }) => entry)]),
          ...(settled === undefined ? [] : [settled]),
        ],
        chance: isOpen ? 0 : chance,
        facts: { points: Math.round(10 * farthest.apart) / 10, settled: !isOpen },
      }),
    ];
  });
};

/** How far each sheet lies from the mean of the others. */
function placesIn(sheets: readonly SignedSheet[]) {
  const placed = sheets.map((one) => ({ ...one, points: toPoints(countedOf(one.sheet).total) }));
  return placed.map((one) => ({
    ...one,
    apart: one.points - mean(placed.filter((other) => other !== one).map(({ points }) => points)),
  }));
}

function settlementOf(sheets: readonly Sheet[], { settlements }: SittingHistory): number | undefined {
  const records = sheets.map((sheet) => countedOf(sheet).hash).sort();
  return settlements.filter((one) => [...one.records].sort().join() === records.join()).at(-1)?.entry;
}
