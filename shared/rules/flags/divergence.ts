// A panel lies too far apart. Until the leader settles it that is a fact (R35, R43). Settled or not, one sheet may lie further
// from the others of its panel than sheets of this sitting do. How strict its examiner is throughout is left out of that: it is another
// flag's, and would hide in the noise what one sheet has more. What remains is taken as normal, with the sitting's own robust spread, so
// that the sheet in question does not excuse itself. That spread is an estimate from few sheets, and the farther out a sheet lies, the more
// its error counts: the chance is Student's, with as many degrees of freedom as the estimate is worth. The differences of one panel
// sum to nothing, so each panel has one less than it has sheets, and each examiner's usual place takes one more.
import { groupBy, type PersonId } from "#shared/base";
import type { Sheet } from "#shared/exam";
import { panelDivergence } from "../marking/panel-mark.ts";
import { judgements } from "../results/divergence.ts";
import { mean, median, QN_EFFICIENCY, robustSpread, studentTail } from "./chance.ts";
import { aFlag, isUnlikely, type FlagPolicy, type FlagRule } from "./flag.ts";
import { countedOf, signedSheets, toPoints, type SignedSheet, type SittingHistory } from "./history.ts";

/** R35, R43: A panel looks again at what lies apart, and what still does stands with a reason. */
export const divergence: FlagRule = (history, policy) => {
  const { rubric } = history;
  const panels = [...groupBy(signedSheets(history), ({ sheet }) => sheet.candidate).values()].filter(
    (sheets) => sheets.length >= Math.max(2, history.panel.length),
  );
  const placed = panels.map(placesIn);
  const usual = usualPlaces(placed.flat(), policy);
  const beyond = ({ apart, sheet }: Place) => apart - (usual.get(sheet.examiner) ?? 0);
  const all = placed.flat().map(beyond);
  const spread = Math.max(policy.sheetNoisePoints, robustSpread(all));
  const freedom = Math.max(1, Math.floor(QN_EFFICIENCY * (all.length - panels.length - usual.size)));
  return placed.flatMap((places) => {
    const farthest = places.reduce((far, one) => (Math.abs(beyond(one)) > Math.abs(beyond(far)) ? one : far));
    const chance = Math.min(1, 2 * all.length * studentTail(Math.abs(beyond(farthest)) / spread, freedom));
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

interface Place extends SignedSheet {
  /** Points from the mean of the others of its panel. */
  readonly apart: number;
}

function placesIn(sheets: readonly SignedSheet[]): Place[] {
  const placed = sheets.map((one) => ({ ...one, points: toPoints(countedOf(one.sheet).total) }));
  return placed.map((one) => ({
    ...one,
    apart: one.points - mean(placed.filter((other) => other !== one).map(({ points }) => points)),
  }));
}

/** Where an examiner's sheets lie throughout, of whoever signed enough of them to say so. */
function usualPlaces(places: readonly Place[], policy: FlagPolicy): ReadonlyMap<PersonId, number> {
  const own = [...groupBy(places, ({ sheet }) => sheet.examiner)];
  return new Map(
    own.flatMap(([person, rows]) =>
      rows.length < policy.severityLeastSheets ? [] : [[person, median(rows.map(({ apart }) => apart))]],
    ),
  );
}

function settlementOf(sheets: readonly Sheet[], { settlements }: SittingHistory): number | undefined {
  const records = sheets.map((sheet) => countedOf(sheet).hash).sort();
  return settlements.filter((one) => [...one.records].sort().join() === records.join()).at(-1)?.entry;
}
