// Sheets filled in faster than the criteria can be read. Model: the time an item's entry takes is about lognormal (van der
// Linden 2006, "A lognormal model for response times on test items"), and on a sheet filled in without a break the mean of its
// items is too. The chance is that of the fastest of all signed sheets; after Wise & Ma (2012) the limit is a share of the usual
// time, not a number of seconds.
import { elapsedMs, groupBy } from "#shared/base";
import { aFlag, isUnlikely, type FlagRule } from "./flag.ts";
import { marksBeforeSigning, signedSheets, type MarkAct, type SheetHistory } from "./history.ts";
import { normalTail } from "./chance.ts";

export const tooFast: FlagRule = (history, policy) => {
  const sheets = signedSheets(history);
  const timed = sheets.flatMap((one) => {
    const itemMs = itemEntryMs(one);
    if (itemMs === null) return [];
    const z = Math.log(policy.itemEntryMs / Math.max(1, itemMs)) / (policy.itemEntrySpreadPercent / 100);
    const chance = Math.min(1, sheets.length * normalTail(z));
    return isUnlikely(chance, policy) ? [{ ...one, itemMs, chance }] : [];
  });
  return [...groupBy(timed, ({ sheet }) => sheet.examiner)].map(([person, fast]) =>
    aFlag("too-fast", {
      person,
      candidates: fast.map(({ sheet }) => sheet.candidate),
      sheets: fast.map(({ sheet }) => sheet.id),
      entries: fast.flatMap((one) => [
        one.opened,
        ...marksBeforeSigning(one).map(({ entry }) => entry),
        one.signed.entry,
      ]),
      chance: Math.min(...fast.map(({ chance }) => chance)),
      facts: {
        count: fast.length,
        seconds: Math.min(...fast.map(({ itemMs }) => Math.round(itemMs / 100))) / 10,
        usual: policy.itemEntryMs / 1000,
      },
    }),
  );
};

/** Mean time from one entry to the next; null where the acts are not known or there is nothing between them. */
function itemEntryMs(one: SheetHistory): number | null {
  const marks = marksBeforeSigning(one);
  const items = new Set(marks.map(({ item }) => item)).size;
  if (items < 2) return null;
  const [first, last] = [marks[0] as MarkAct, marks.at(-1) as MarkAct];
  return elapsedMs(first.at, last.at) / (items - 1);
}
