// One examiner judges candidate after candidate exactly alike. What careless answering looks like in questionnaires (the long
// string of equal answers: Meade & Craig 2012, "Identifying careless responses in survey data") laid over sheets in a row;
// readings are left out, an instrument is read for each. Model: the judgements of other candidates' sheets say how often a sheet
// comes out like the one before it; only what cost marks counts, because good work is alike on purpose.
import { groupBy } from "#shared/base";
import type { Rubric, Sheet } from "#shared/exam";
import { aFlag, isUnlikely, type Flag, type FlagPolicy, type FlagRule } from "./flag.ts";
import { marksAsSigned, signedSheets, type SignedSheet } from "./history.ts";
import { dataOf, frequenciesIn, sameness } from "./marks-of-sheets.ts";

interface Judged extends SignedSheet {
  readonly items: Sheet["items"];
  readonly text: string;
}

export const straightLining: FlagRule = (history, policy) => {
  const judged = signedSheets(history).map((one): Judged => {
    const { items } = marksAsSigned(one);
    return { ...one, items, text: sameness(history.rubric, items, { readings: false }) };
  });
  return [...groupBy(judged, ({ sheet }) => sheet.examiner).values()].flatMap((own) =>
    rowsOf(own)
      .filter((row) => row.length >= policy.sameSheetsInARow)
      .flatMap((row) => flagRow(row, judged, history.rubric, policy)),
  );
};

/** Longest stretches of sheets that say the same, in the order they were signed. */
function rowsOf(sheets: readonly Judged[]): [Judged, ...Judged[]][] {
  const rows: [Judged, ...Judged[]][] = [];
  for (const sheet of sheets) {
    const row = rows.at(-1);
    if (row?.[0].text === sheet.text) row.push(sheet);
    else rows.push([sheet]);
  }
  return rows;
}

function flagRow(
  row: readonly [Judged, ...Judged[]],
  all: readonly Judged[],
  rubric: Rubric,
  policy: FlagPolicy,
): Flag[] {
  const [first] = row;
  const others = frequenciesIn(
    all.filter(({ text }) => text !== first.text),
    rubric,
  );
  const alike = dataOf(rubric, first.items)
    .filter(({ isReading, isFault }) => isFault && !isReading)
    .reduce((product, datum) => product * others.of(datum), 1);
  const chance = Math.min(1, all.length * alike ** (row.length - 1));
  if (!isUnlikely(chance, policy)) return [];
  return [
    aFlag("straight-lining", {
      person: first.sheet.examiner,
      candidates: row.map(({ sheet }) => sheet.candidate),
      sheets: row.map(({ sheet }) => sheet.id),
      entries: row.map(({ signed }) => signed.entry),
      chance,
      facts: { count: row.length },
    }),
  ];
}
