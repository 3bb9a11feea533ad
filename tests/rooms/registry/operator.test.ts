// The operator's page without a registry behind it: words for every code, text that stays text, and the two languages.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { html } from "../../../registry/publishing/html.ts";
import { renderPage } from "../../../registry/operator/page.ts";
import { A_STANDING, listed } from "../../support/operator-standing.ts";
import { LANGUAGES } from "../../../registry/publishing/language.ts";
import { languageOf, WORDS } from "../../../registry/operator/words.ts";

const ACCEPTANCE = path.resolve(import.meta.dirname, "../../../registry/acceptance");

/** Read from the source, so that a code somebody adds there is missed here. */
function codesOfJudgement(): string[] {
  const source = ["judge.ts", "open-batch.ts"].map((name) =>
    readFileSync(path.join(ACCEPTANCE, name), "utf8"),
  );
  const found = source
    .join("\n")
    .matchAll(/(?:return|quarantine\(|code:|[?:])\s*"([a-z]+(?:-[a-z]+)+|malformed)"/g);
  return [...new Set([...found].map(([, code]) => code ?? ""))].filter((code) => !code.startsWith("shared-"));
}

test.each(LANGUAGES)("every code a judgement can give has a meaning and a next step in %s", (language) => {
  const codes = codesOfJudgement();
  expect(codes).toEqual(
    expect.arrayContaining(["approval-missing", "total-mismatch", "root-mismatch", "device-fork"]),
  );
  expect(codes.length).toBeGreaterThan(25);
  const without = codes.filter((code) => WORDS[language].notes[code]?.some((words) => words === "") ?? true);
  expect(without).toEqual([]);
});

test("both languages have words for the same codes, and none of them shouts", () => {
  expect(Object.keys(WORDS.en.notes).sort()).toEqual(Object.keys(WORDS["zh-CN"].notes).sort());
  expect(JSON.stringify(WORDS)).not.toMatch(/[!！]/);
});

test("what is put into the page is text, whoever wrote it", () => {
  expect(html`<p title="${`"'><script>`}">${"<b>&"}</p>`.text).toBe(
    `<p title="&quot;&#39;&gt;&lt;script&gt;">&lt;b&gt;&amp;</p>`,
  );
  const unheard = listed(
    ...A_STANDING.setAside.rows.map((one) => ({ ...one, notes: [{ code: "never-heard-of", count: 2 }] })),
  );
  const page = renderPage(
    { ...A_STANDING, setAside: unheard },
    {
      ...{ language: "en", aud: "registry.test", isDemo: false, name: { zh: "甲", en: "<img src=x>" } },
      nameOf: () => ({ zh: "<script>1</script>", en: "<script>1</script>" }),
    },
  );
  expect(page).not.toMatch(/<script|<img/);
  expect(page).toContain("&lt;script&gt;1&lt;/script&gt;");
  expect(page).toContain("Code never-heard-of");
});

test("an empty registry says so in sentences, and a checkpoint is shown where there is one", () => {
  const of = {
    language: "zh-CN",
    aud: "registry.test",
    isDemo: true,
    name: { zh: "甲", en: "A" },
    nameOf: () => undefined,
  } as const;
  const none = {
    ...A_STANDING,
    ...{ sent: listed(), setAside: listed(), sittings: listed(), coming: listed(), evidence: listed() },
    ...{
      gaps: listed(),
      silent: listed(),
      frozen: listed(),
      contradictions: listed(),
      panels: listed(),
      checkpoint: null,
    },
  };
  const page = renderPage(none, of);
  for (const sentence of ["今天还没有电脑送来批次", "没有留存待处理的内容", "没有尚欠的内容", "还没有检查点"])
    expect(page).toContain(sentence);
  const checkpoint = { origin: "registry.test/results/2026", size: 8120, root: "q83vEjRWeJA=" };
  expect(renderPage({ ...none, checkpoint }, of)).toMatch(
    /registry\.test\/results\/2026[\s\S]*8120[\s\S]*q83vEjRWeJA=/,
  );
});

test("a list that is cut says how much of it is not shown, and is counted in full", () => {
  const cut = { ...A_STANDING.setAside, unlisted: 40 };
  const page = renderPage(
    { ...A_STANDING, setAside: cut, silent: { rows: [], unlisted: 1 } },
    {
      ...{ language: "en", aud: "registry.test", isDemo: false, name: { zh: "甲", en: "A" } },
      nameOf: () => undefined,
    },
  );
  expect(page.match(/\d+ more (is|are) not listed/g)).toEqual([
    "40 more are not listed",
    "1 more is not listed",
  ]);
  expect(page).toMatch(/<dt>Batches set aside<\/dt>\s*<dd>42<\/dd>/);
});

test.each([
  [undefined, undefined, "zh-CN"],
  [undefined, "en-GB,en;q=0.9", "en"],
  [undefined, "zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"],
  [undefined, "fr", "zh-CN"],
  ["en", "zh-CN", "en"],
  ["zh-CN", "en", "zh-CN"],
  ["'><script>", "en", "zh-CN"],
])("asked for %s by a browser that likes %s it speaks %s", (asked, accepts, language) => {
  expect(languageOf(asked, accepts)).toBe(language);
});
