// The same sheet for different candidates, reading for reading and fault for fault. Two flawless works earn the same sheet; two
// works do not fail alike: identical faults are what tells copying (Angoff 1974, "The development of statistical indices for
// detecting cheaters"). Model: given that other candidates' sheets show how common each fault and each reading is, faults of
// different works come about one by one. Sheets of one candidate are alike on purpose and are not compared.
import { groupBy } from "#shared/base";
import { aFlag, isUnlikely, type FlagRule } from "./flag.ts";
import { marksAsSigned, signedSheets, soleOf } from "./history.ts";
import { dataOf, frequenciesIn, sameness } from "./marks-of-sheets.ts";

export const identicalSheets: FlagRule = (history, policy) => {
  const all = signedSheets(history).map((one) => {
    const { items } = marksAsSigned(one);
    return { ...one, items, text: sameness(history.rubric, items, { readings: true }) };
  });
  const pairs = (all.length * (all.length - 1)) / 2;
  return [...groupBy(all, ({ text }) => text).values()].flatMap((alike) => {
    const candidates = [...new Set(alike.map(({ sheet }) => sheet.candidate))];
    if (candidates.length < 2) return [];
    const others = frequenciesIn(
      all.filter((one) => !alike.includes(one)),
      history.rubric,
    );
    const faults = dataOf(history.rubric, alike[0].items).filter(({ isFault }) => isFault);
    const once = faults.reduce((product, datum) => product * others.of(datum), 1);
    const chance = Math.min(1, pairs * once ** (candidates.length - 1));
    if (!isUnlikely(chance, policy)) return [];
    return [
      aFlag("identical-sheets", {
        person: soleOf(alike.map(({ sheet }) => sheet.examiner)),
        candidates,
        sheets: alike.map(({ sheet }) => sheet.id),
        entries: alike.map(({ signed }) => signed.entry),
        chance,
        facts: { count: candidates.length, faults: faults.length },
      }),
    ];
  });
};
