// What is made public of a draw (一公开), as files: the pack that anybody verifies, a text in each language, the sheets that
// inspectors fill in, to print and as a table, and what was read back of it. Nothing here decides anything; all of it can be written again.
import { concatBytes, utf8, type Bytes, type InstantMs } from "#shared/base";
import type { DrawFindingsRecord } from "#shared/wire";
import { html, Html } from "../publishing/html.ts";
import { inLanguage, LANGUAGES, type InBoth, type Language } from "../publishing/language.ts";
import type { PublishedFile } from "../publishing/published-file.ts";
import type { Commitment, RevealedDraw, Signed } from "./draws.ts";
import { findingsTable, namedRows } from "./findings-table.ts";
import { MATTERS, WORDS } from "./words.ts";

/** Rulings 13: nothing of a demonstration passes for the real thing. */
const DEMO = "演示 DEMONSTRATION";

/** Published before: `keyset` goes with it, so that the file says who speaks. */
export function commitmentFiles({ commitment, proof }: Commitment, keyset: Bytes): PublishedFile[] {
  const { plan } = commitment.value;
  return [
    { name: `${plan}.commitment`, bytes: concatBytes(keyset, commitment.record) },
    ...(proof ? [{ name: `${plan}.proof`, bytes: proof }] : []),
  ];
}

export function drawFiles(draw: RevealedDraw, keyset: Bytes, demo: boolean): PublishedFile[] {
  const { plan } = draw.draw.value;
  return [
    ...commitmentFiles(draw, keyset),
    { name: `${plan}.draw`, bytes: concatBytes(keyset, draw.commitment.record, draw.draw.record) },
    ...LANGUAGES.map((language) => ({
      name: `${plan}.${language}.txt`,
      bytes: utf8(publicationText(draw, language, demo)),
    })),
    ...findingsFiles(draw, keyset, demo),
    { name: `${plan}.forms.html`, bytes: utf8(inspectionForms(draw, demo)) },
  ];
}

/** The table to fill in, and what was read back of it so far: every report with the draw that it belongs to. */
function findingsFiles(draw: RevealedDraw, keyset: Bytes, demo: boolean): PublishedFile[] {
  const { plan } = draw.draw.value;
  const newest = draw.findings.at(-1);
  const table = {
    name: `${plan}.findings.csv`,
    bytes: utf8(findingsTable(draw.draw.value, newest?.value.findings ?? [])),
  };
  if (!newest) return [table];
  const records = [draw.commitment, draw.draw, ...draw.findings].map(({ record }) => record);
  return [
    table,
    { name: `${plan}.findings`, bytes: concatBytes(keyset, ...records) },
    ...LANGUAGES.map((language) => ({
      name: `${plan}.findings.${language}.txt`,
      bytes: utf8(findingsText(draw, newest, language, demo)),
    })),
  ];
}

export function publicationText(
  { draw: { value: draw }, commitment: { value: promise } }: RevealedDraw,
  language: Language,
  demo: boolean,
): string {
  const words = WORDS[language];
  const rows = namedRows(draw).map(({ name, object, inspectors, stoodAside, because }) => {
    const added = because === "RECORD" ? words.added : "";
    const aside = stoodAside.length > 0 ? words.aside(stoodAside.join(", ")) : "";
    return `- ${words.row(inLanguage(name, language), object, inspectors.join(", "))}${added}${aside}`;
  });
  return [
    ...(demo ? [DEMO, ""] : []),
    words.title(draw.plan),
    "",
    words.committed(timeOf(promise.at), promise.no),
    words.rates(promise.rates.percent, promise.rates.inspectorsPerObject),
    words.source(promise.source.name, promise.source.day),
    words.value(draw.value, timeOf(draw.at)),
    "",
    words.taken(draw.drawn.length, draw.register.objects.length),
    ...rows,
    "",
    words.check(`${draw.plan}.draw`),
    "",
  ].join("\n");
}

/** What was found where it sent them, institution by institution, made from the signed findings alone. */
export function findingsText(
  { draw: { value: draw } }: RevealedDraw,
  { value: report }: Signed<DrawFindingsRecord>,
  language: Language,
  demo: boolean,
): string {
  const words = WORDS[language].findings;
  const said = (one: InBoth) => inLanguage(one, language);
  const lines = namedRows(draw).flatMap(({ object, name, inspectors }) => {
    const own = MATTERS.flatMap((matter) => {
      const finding = report.findings.find((one) => one.object === object && one.matter === matter.code);
      return finding ? [{ ...finding, matter: said(matter) }] : [];
    });
    const open = MATTERS.length - own.length;
    return [
      words.institution(said(name), object, inspectors.join(", ")),
      ...own.flatMap(({ matter, inspected, found, correct, due, corrected }) => [
        words.found(matter, inspected, found),
        ...(due === null
          ? []
          : [words.correct(correct, due) + (corrected ? words.corrected(corrected) : words.uncorrected)]),
      ]),
      ...(own.length === 0 ? [words.nothing] : open > 0 ? [words.open(open)] : []),
      "",
    ];
  });
  const asked = report.findings.filter(({ due }) => due !== null);
  const corrected = asked.filter((one) => one.corrected !== null).length;
  return [
    ...(demo ? [DEMO, ""] : []),
    words.title(draw.plan),
    "",
    words.lead(timeOf(report.at), report.no),
    words.sum(report.findings.length, asked.length, corrected),
    "",
    ...lines,
    WORDS[language].check(`${draw.plan}.findings`),
    "",
  ].join("\n");
}

/** A page an institution, to be filled in by hand and signed by each inspector. */
export function inspectionForms({ draw: { value: draw } }: RevealedDraw, demo: boolean): string {
  const forms = namedRows(draw).map(
    ({ object, name, inspectors }) =>
      html`<section>
        ${demo ? html`<p class="demo">${DEMO}</p>` : ""}
        <h1>“双随机”检查记录表 Inspection record · ${draw.plan}</h1>
        <p>${name.zh} ${name.en} (${object})</p>
        <table>
          <thead>
            <tr>
              <th scope="col">检查事项 Matter</th>
              <th scope="col">检查情况 Found</th>
              <th scope="col">整改要求与期限 To be corrected, by</th>
            </tr>
          </thead>
          <tbody>
            ${MATTERS.map(
              ({ zh, en }) =>
                html`<tr>
                  <th scope="row">${zh}<br /><span lang="en">${en}</span></th>
                  <td></td>
                  <td></td>
                </tr>`,
            )}
          </tbody>
        </table>
        ${[...inspectors.map((one) => `检查人员 Inspector ${one}`), "被检查机构 Institution"].map(
          (who) => html`<p>${who} · 签名 Signature ____________ · 日期 Date ____________</p>`,
        )}
      </section>`,
  );
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>检查记录表 Inspection records ${draw.plan}</title>
        <style>
          ${FORM_STYLE}
        </style>
      </head>
      <body>
        ${forms}
      </body>
    </html> `.text;
}

const FORM_STYLE = new Html(
  "@page{size:A4;margin:18mm}body{font:12pt/1.5 'Noto Serif SC','Songti SC',SimSun,serif}section{break-after:page}" +
    "table{border-collapse:collapse;width:100%}th,td{border:.5pt solid;padding:2mm;text-align:left;height:14mm}" +
    "thead th{height:auto}.demo{border:1pt solid;padding:1mm 3mm;display:inline-block}",
);

/** To the minute, in Asia/Shanghai (rulings 23). */
function timeOf(at: InstantMs): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}
