// The report on institutions as it is made public: pictures with words beside them, a table, and nothing that was withheld.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataRefused } from "../../../registry/data-refused.ts";
import { reportQuality } from "../../../registry/quality/quality-at-hand.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quality-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const share = (hits: number, of: number) => ({ hits, of });
const anInstitution = (n: number, changes: object = {}) => ({
  institution: `centre-${String(n)}`,
  name: { zh: `第${String(n)}中心`, en: `Centre <${String(n)}>` },
  remarked: share(10 + n, 100),
  ...{ severity: null, appeals: share(0, 0), late: share(6, 20), flagged: share(0, 40) },
  ...changes,
});

async function report(period: object) {
  const [from, to] = [join(folder, "period.json"), join(folder, "out")];
  writeFileSync(from, JSON.stringify(period));
  const said: string[] = [];
  await reportQuality(from, to, (line) => said.push(line));
  const read = (name: string) => readFileSync(join(to, name), "utf8");
  return { said, names: readdirSync(to).sort(), read };
}

test("is a page in each language and one table", async () => {
  const { names, said } = await report({
    period: "2026",
    institutions: [1, 2, 3].map((n) => anInstitution(n)),
  });
  expect(names).toEqual(["quality-2026.csv", "quality-2026.en.html", "quality-2026.zh-CN.html"]);
  expect(said).toHaveLength(3);
});

test("draws a dot and a line for every rate, tells what the picture shows, and takes no name for markup", async () => {
  const { read } = await report({ period: "2026", institutions: [1, 2, 3].map((n) => anInstitution(n)) });
  const page = read("quality-2026.en.html");
  // Re-marking, late and flagged: three institutions each; nothing to draw of appeals and severity.
  expect(page.match(/<circle /g)).toHaveLength(9);
  expect(page.match(/<svg [^>]*role="img"[^>]*aria-label="[^"]+the table below"/g)).toHaveLength(3);
  expect(page.match(/There is nothing that could be drawn/g)).toHaveLength(2);
  expect(page).toContain("Centre &lt;1&gt;");
  expect(page).not.toContain("Centre <1>");
  expect(page).toContain("not handed in");
  expect(page).not.toMatch(/<script/);
  expect(read("quality-2026.zh-CN.html")).toContain("第1中心");
});

test("holds no count that is withheld, on no page and in no row of the table", async () => {
  const { read } = await report({
    period: "2026-Q4",
    institutions: [
      anInstitution(1, { appeals: share(3, 71) }),
      anInstitution(2, { appeals: share(17, 83) }),
      anInstitution(3, { appeals: share(43, 97) }),
    ],
  });
  const rows = read("quality-2026-Q4.csv")
    .split("\r\n")
    .filter((row) => row.includes("Appeals upheld"));
  expect(rows.map((row) => row.split(",").slice(4, 6).join(" "))).toEqual([
    '"不公布 withheld" "71"',
    '"不公布 withheld" "83"',
    '"43" "97"',
    '"63" "251"',
  ]);
  for (const language of ["zh-CN", "en"]) {
    const [, appeals = ""] = read(`quality-2026-Q4.${language}.html`).split(
      language === "en" ? "<h2>Appeals upheld" : "<h2>申诉成立",
    );
    const cells = [...(appeals.split("</section>")[0]?.matchAll(/<td>(\d+)<\/td>/g) ?? [])].map(
      ([, count]) => count,
    );
    expect(cells).toEqual(["71", "83", "43", "97", "63", "251"]);
  }
});

test("is refused for a file that is no period, with where it is wrong", async () => {
  await expect(
    report({ period: "2026", institutions: [anInstitution(1, { late: share(3, 2) })] }),
  ).rejects.toThrow(/period\.json cannot be read at institutions\.0\.late/);
  await expect(report({ period: "2026", institutions: [] })).rejects.toThrow(DataRefused);
});
