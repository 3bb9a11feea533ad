// The forms as people hold them: printed by a real Chromium, looked into as a PDF. JIANGPING_SHOTS=<folder> keeps the files.
import { mkdir, writeFile } from "node:fs/promises";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SheetId } from "#shared/base";
import { createSigner } from "#shared/crypto";
import { scoreForm, summaryForm } from "#shared/journal";
import { signPaper, stampOf } from "#shared/wire";
import { paperPage, type PaperJob } from "../../../electron/paper/index.ts";
import { markAbsent, personId, sealDay, signSheet } from "../../support/journal-builders.ts";
import { aLongSheet, LONG_NOTE } from "../../support/long-sheet.ts";
import { launchPress, printForm, readPdf } from "../../support/print-form.ts";

const SHOTS = process.env["JIANGPING_SHOTS"];
const LANGUAGES = ["zh", "both"] as const;
const device = createSigner(new Uint8Array(32).fill(7));
const { day, sheet } = aLongSheet();
const { view } = day.journal;
signSheet(day, 3, personId(2));
const second = [signSheet(day, 2), signSheet(day, 2, personId(2), { "3": { kind: "JUDGE", level: 2 } })];
markAbsent(day, 4);
signSheet(day, 1);

let browser: Browser;
beforeAll(async () => {
  browser = await launchPress();
});
afterAll(() => browser.close());

function printed(id: SheetId) {
  const form = scoreForm(id, view);
  if (!form) throw new Error("no form");
  return { form, qr: signPaper(form.record, form.figures, device) };
}

async function print(name: string, job: PaperJob) {
  const made = await printForm(browser, paperPage(job));
  if (SHOTS !== undefined) {
    await mkdir(SHOTS, { recursive: true });
    await writeFile(`${SHOTS}/${name}-${job.languages}.pdf`, made.pdf);
  }
  return { ...made, facts: readPdf(made.pdf) };
}

test.each(LANGUAGES)(
  "forty elements, a comment of full length and a rare name are printed on several pages and nothing is cut (%s)",
  async (languages) => {
    const { text, cut, said, facts } = await print("score-sheet", {
      ...{ kind: "sheets", languages },
      sheets: [printed(sheet)],
    });
    expect(said).toEqual([]);
    expect(cut).toEqual([]);
    expect(facts.pages.length).toBeGreaterThan(2);
    expect(facts.notEmbedded).toEqual([]);
    for (const character of ["䂮", "䶮", "依"]) expect(facts.draws(character), character).toBe(true);
    expect(text).toContain("䂮䶮");
    expect(text).toContain(LONG_NOTE);
    for (const { text: name } of printed(sheet).form.items) expect(text).toContain(name.zh);
    expect(text.includes("Skill score sheet")).toBe(languages === "both");
  },
);

test("a whole sitting is one file: every sheet begins a page, and whose it is stands on each of its pages", async () => {
  const sheets = [sheet, ...second].map(printed);
  const { facts } = await print("sitting", { kind: "sheets", languages: "zh", sheets });
  const firstLines = sheets.map(({ form: { no, candidate, ticketNo, examiner, record } }) =>
    [`0${String(no)}${candidate}`, ticketNo, `评分人${examiner}`, stampOf(record).code].join("·"),
  );
  const owners = facts.pages.map((page) => firstLines.findIndex((line) => page.startsWith(line)));
  expect(owners).toEqual([...owners].sort());
  for (const at of sheets.keys()) expect(owners.filter((owner) => owner === at).length).toBeGreaterThan(1);
  expect(owners).not.toContain(-1);
  const isBegun = facts.pages.map((page) => page.includes("技能操作考核评分记录表"));
  expect(isBegun).toEqual(owners.map((owner, at) => owner !== owners[at - 1]));
});

test.each(LANGUAGES)(
  "[R45] the summary has every candidate, and figures only where the whole panel signed (%s)",
  async (languages) => {
    sealDay(day);
    const form = summaryForm(day.sitting, view);
    if (!form) throw new Error("no form");
    const { text, cut, facts } = await print("summary", { kind: "summary", languages, form });
    expect(cut).toEqual([]);
    expect(facts.notEmbedded).toEqual([]);
    expect(facts.draws("䂮")).toBe(true);
    expect(form.lines.map(({ no, mark, outcome }) => [no, mark.now, outcome])).toEqual([
      [1, "", null],
      [2, "99.6", "PASS"],
      [3, "—", "DIVERGENT"],
      [4, "—", "ABSENT"],
    ]);
    expect(form.lines[2]?.totals[0]?.total).toEqual({ now: "98.33", former: ["100"] });
    for (const word of ["王建国", "阿依古丽·买买提", "䂮䶮", "缺考", "未评完", "演示"])
      expect(text).toContain(word);
    expect(text.includes("Result summary")).toBe(languages === "both");
  },
);
