// What is made public of a draw (一公开), as files: the pack that anybody verifies, a text in each language, and the sheets that
// inspectors fill in, to print and as a table. Nothing here decides anything; all of it can be written again.
import { concatBytes, csvText, utf8, type Bytes, type InstantMs } from "#shared/base";
import { html, Html } from "../publishing/html.ts";
import { LANGUAGES, type Language } from "../publishing/language.ts";
import type { PublishedFile } from "../publishing/published-file.ts";
import type { Commitment, RevealedDraw } from "./draws.ts";
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
    { name: `${plan}.findings.csv`, bytes: utf8(findingsTable(draw)) },
    { name: `${plan}.forms.html`, bytes: utf8(inspectionForms(draw, demo)) },
  ];
}

export function publicationText(
  { draw: { value: draw }, commitment: { value: promise } }: RevealedDraw,
  language: Language,
  demo: boolean,
): string {
  const words = WORDS[language];
  const rows = rowsOf(draw).map(({ name, object, inspectors, stoodAside, because }) => {
    const added = because === "RECORD" ? words.added : "";
    const aside = stoodAside.length > 0 ? words.aside(stoodAside.join(", ")) : "";
    return `- ${words.row(language === "en" ? name.en : name.zh, object, inspectors.join(", "))}${added}${aside}`;
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

const COLUMNS = [
  ["抽查", "plan"],
  ["机构", "institution"],
  ["机构名称", "name"],
  ["检查人员", "inspectors"],
  ["检查事项", "matter"],
  ["检查日期", "inspected on"],
  ["检查情况", "found"],
  ["整改要求", "to be corrected"],
  ["整改期限", "due"],
  ["整改完成", "corrected on"],
  ["公示日期", "published on"],
] as const;

/** One row a matter of every inspected institution; the columns after the matter are the inspectors'. */
export function findingsTable({ draw: { value: draw } }: RevealedDraw): string {
  const head = COLUMNS.map(([zh, en]) => `${zh} ${en}`);
  const rows = rowsOf(draw).flatMap(({ object, name, inspectors }) =>
    MATTERS.map(({ zh, en }) => [
      ...[draw.plan, object, `${name.zh} ${name.en}`, inspectors.join(" "), `${zh} ${en}`],
      ...Array.from({ length: COLUMNS.length - 5 }, () => ""),
    ]),
  );
  return csvText([head, ...rows]);
}

/** A page an institution, to be filled in by hand and signed by each inspector. */
export function inspectionForms({ draw: { value: draw } }: RevealedDraw, demo: boolean): string {
  const forms = rowsOf(draw).map(
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

/** What was drawn, with the names that the frozen register has. */
function rowsOf({ drawn, register }: RevealedDraw["draw"]["value"]) {
  const names = new Map(register.objects.map(({ id, name }) => [id, name]));
  return drawn.map((one) => ({ ...one, name: names.get(one.object) ?? { zh: one.object, en: one.object } }));
}

/** To the minute, in Asia/Shanghai (rulings 23). */
function timeOf(at: InstantMs): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}
