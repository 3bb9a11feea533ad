// The report on a centre's quality as a table for a spreadsheet: one row a figure, both languages, withheld in words.
import { csvText } from "#shared/base";
import type { Words } from "#shared/exam";
import type { QualityForm } from "#shared/journal";
import type { LoneShare } from "#shared/rules";
import { hoursOf, withheldOf } from "./quality-report.ts";
import { flagTitles, qualityWords as words, shareWords, whyWords } from "./quality-words.ts";
import { words as common } from "./words.ts";

export function qualityTable(form: QualityForm): string {
  const { institution, demo, year, sittings, signed, shares, flags, delays, least } = form;
  const row = (name: Words, { hits, of, rate, why }: LoneShare) => [
    both(name),
    ...[hits, of].map(countText),
    ...(rate ? [rate.perHundred, rate.low, rate.high].map((one) => one.toFixed(1)) : ["", "", ""]),
    why ? both(whyWords(why, least)) : "",
  ];
  const lines = [[words.sealing, delays.sealing] as const, [words.receipt, delays.receipt] as const];
  return csvText([
    [both(words.title), both(institution), ...(demo ? [both(common.demo)] : [])],
    [both(words.year), String(year)],
    [both(words.sittings), String(sittings)],
    [both(words.signed), countText(signed)],
    [both(words.source), both(words.people)],
    [],
    [words.what, words.hits, words.of, words.perHundred, words.low, words.high, words.why].map(both),
    ...shares.map(({ name, share }) => row(shareWords[name].what, share)),
    ...flags.map(({ code, rate }) => row(flagTitles[code], rate)),
    [],
    [words.delays, words.hits, words.shortest, words.middle, words.longest, words.open, words.doubtful].map(
      both,
    ),
    ...lines.map(([name, delay]) =>
      delay === "withheld"
        ? [both(name), both(words.withheld)]
        : [
            both(name),
            String(delay.count),
            ...(["shortest", "middle", "longest"] as const).map((which) => hoursOf(delay, which)),
            String(delay.open),
            String(delay.doubtful),
          ],
    ),
    [],
    ...withheldOf(form).map(({ name, why }) => [both(words.withheld), both(name), both(why)]),
  ]);
}

function both({ zh, en }: Words): string {
  return `${zh} ${en}`;
}

function countText(count: number | "withheld"): string {
  return count === "withheld" ? both(words.withheld) : String(count);
}
