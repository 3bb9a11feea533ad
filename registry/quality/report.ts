// The report on institutions that is made public (domain 8.4): a page in each language to read and print, and one table. What
// must not be published is not in here any more (shared/rules/quality).
import { csvText, utf8 } from "#shared/base";
import { QUALITY_INDICATORS, type QualityIndicator } from "#shared/exam";
import type { PublishedCount, PublishedQuality, PublishedShare } from "#shared/rules";
import { html, Html } from "../publishing/html.ts";
import { inLanguage, LANGUAGES, type Language } from "../publishing/language.ts";
import type { PublishedFile } from "../publishing/published-file.ts";
import { dotsAndLines } from "./picture.ts";
import { WORDS, type Words } from "./words.ts";

export interface ReportOf {
  readonly period: string;
  readonly quality: PublishedQuality;
  readonly leastPublished: number;
}

export function qualityFiles(report: ReportOf): PublishedFile[] {
  return [
    ...LANGUAGES.map((language) => ({
      name: `quality-${report.period}.${language}.html`,
      bytes: utf8(qualityPage(report, language)),
    })),
    { name: `quality-${report.period}.csv`, bytes: utf8(qualityTable(report)) },
  ];
}

/** One row an institution and indicator; `withheld` and `not handed in` are words and no numbers. */
export function qualityTable({ period, quality }: ReportOf): string {
  const both = (of: (words: Words) => string) => `${of(WORDS["zh-CN"])} ${of(WORDS.en)}`;
  const head = ["period", "institution", "name", "indicator", "hits", "of", "per hundred", "low", "high"];
  const row = (id: string, name: string, indicator: QualityIndicator, share: PublishedShare | null) => [
    ...[period, id, name, both(({ indicators }) => indicators[indicator].name)],
    ...cellsOf(share, (count) => (count === "withheld" ? both(({ withheld }) => withheld) : String(count)), [
      both(({ missing }) => missing),
    ]),
  ];
  return csvText([
    head,
    ...quality.rows.flatMap(({ institution, name, shares }) =>
      QUALITY_INDICATORS.map((one) => row(institution, `${name.zh} ${name.en}`, one, shares[one])),
    ),
    ...QUALITY_INDICATORS.map((one) =>
      row(
        "",
        both(({ all }) => all),
        one,
        quality.all[one],
      ),
    ),
  ]);
}

/** Hits, of, rate and its two ends; nothing where there is nothing to say. */
function cellsOf(
  share: PublishedShare | null,
  told: (count: PublishedCount) => string,
  [missing = ""]: readonly string[],
): string[] {
  if (!share) return [missing, "", "", "", ""];
  const { hits, of, rate } = share;
  const ends = rate ? [rate.perHundred, rate.low, rate.high].map((one) => one.toFixed(1)) : ["", "", ""];
  return [told(hits), told(of), ...ends];
}

export function qualityPage({ period, quality, leastPublished }: ReportOf, language: Language): string {
  const words = WORDS[language];
  const sections = QUALITY_INDICATORS.map((indicator) => {
    const { name, what } = words.indicators[indicator];
    const rows = quality.rows.map((row) => ({
      name: inLanguage(row.name, language),
      share: row.shares[indicator],
    }));
    const drawn = rows.flatMap(({ name: institution, share }) =>
      share?.rate ? [{ name: institution, rate: share.rate }] : [],
    );
    return html`<section>
      <h2>${name}</h2>
      <p>${what}</p>
      ${drawn.length > 0 ? dotsAndLines(drawn, words.picture(name)) : html`<p>${words.none}</p>`}
      <table>
        <caption>
          ${name}
        </caption>
        <thead>
          <tr>
            ${[words.institution, words.hits, words.of, words.perHundred, words.interval].map(
              (head) => html`<th scope="col">${head}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => rowOf(row.name, row.share, words))}
          ${rowOf(words.all, quality.all[indicator], words)}
        </tbody>
      </table>
    </section>`;
  });
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title(period)}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${words.title(period)}</h1>
          <p>${words.lead}</p>
          <p>${words.compare}</p>
          <p>${words.withholding(leastPublished)}</p>
          ${sections}
        </main>
      </body>
    </html> `.text;
}

function rowOf(name: string, share: PublishedShare | null, words: Words): Html {
  const [hits = "", of = "", rate = "", low = "", high = ""] = cellsOf(
    share,
    (count) => (count === "withheld" ? words.withheld : String(count)),
    [words.missing],
  );
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${hits}</td>
    <td>${of}</td>
    <td>${rate}</td>
    <td>${low && `${low} – ${high}`}</td>
  </tr>`;
}

const STYLE = new Html(
  "@page{size:A4;margin:16mm}body{font:11pt/1.5 'Noto Serif SC','Songti SC',SimSun,serif;margin:0 auto;max-width:180mm}" +
    "section{break-inside:avoid;margin-top:8mm}table{border-collapse:collapse;width:100%}caption{display:none}" +
    "th,td{border-bottom:.5pt solid #999;padding:1mm 2mm;text-align:right;font-variant-numeric:tabular-nums}" +
    "th:first-child{text-align:left}svg{width:100%;height:auto}svg text{font-size:12px}.name{text-anchor:end}" +
    ".scale{text-anchor:middle}.grid{stroke:#ccc}.interval{stroke:#000;stroke-width:2}",
);
