// The forms as people hold them: printed by a real Chromium, looked into as a PDF. JIANGPING_SHOTS=<folder> keeps the files.
import { mkdir, writeFile } from "node:fs/promises";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SheetId } from "#shared/base";
import type { BlankForm } from "#shared/journal";
import { createSigner } from "#shared/crypto";
import { defaultQualityLimits, FLAG_CODES, onSiteChecklist } from "#shared/rules";
import { qualityLimitValues } from "#shared/exam";
import {
  blankForm,
  centreQuality,
  owedBlanks,
  qualityForm,
  roomForm,
  scoreForm,
  slipForm,
  summaryForm,
  visitForm,
} from "#shared/journal";
import { signBlank, signPaper, stampOf } from "#shared/wire";
import { paperPage, type PaperJob } from "../../../electron/paper/index.ts";
import { aFullRoom, LONG_WORDS } from "../../support/full-room.ts";
import {
  aPreparedDay,
  clockAt,
  testHash,
  sheetId,
  markAbsent,
  personId,
  sealDay,
  signSheet,
} from "../../support/journal-builders.ts";
import { aJudgedDay } from "../../support/judged-day.ts";
import { aLongSheet, LONG_NOTE } from "../../support/long-sheet.ts";
import { aVisitReport } from "../../support/wire-builders.ts";
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

test.each(LANGUAGES)(
  "the room record has every change, substitution, incident and call in words of full length, and nothing is cut (%s)",
  async (languages) => {
    const room = aFullRoom();
    const form = roomForm(room.sitting, room.journal.view);
    if (!form) throw new Error("no form");
    const { text, cut, said, facts } = await print("room-record", { kind: "room", languages, form });
    expect(said).toEqual([]);
    expect(cut).toEqual([]);
    expect(facts.notEmbedded).toEqual([]);
    for (const character of ["䂮", "䶮"]) expect(facts.draws(character), character).toBe(true);
    const written = text.replaceAll(/\s/g, "");
    for (const one of [...form.changes, ...form.substitutions])
      expect(written).toContain(one.reason.replaceAll(/\s/g, ""));
    for (const { what, done, record } of form.incidents)
      for (const words of [what, done, stampOf(record).code])
        expect(written).toContain(words.replaceAll(/\s/g, ""));
    expect(text.split(LONG_WORDS)).toHaveLength(3);
    for (const { note } of form.mismatches) expect(written).toContain(note);
    for (const word of ["签到人数", "1 / 17", "另行核对相符，已签到", "未签到"]) expect(text).toContain(word);
    for (const word of ["等候应答", "已到场，更换刮刀", "监考人员", "手写补记", "演示"])
      expect(text).toContain(word);
    expect(text.includes("Written by hand")).toBe(languages === "both");
    for (const page of facts.pages) expect(page.startsWith("2026-11-23·")).toBe(true);
  },
);

test.each(LANGUAGES)(
  "[R23] a visit has every item of the list with its answer, findings of full length, the room, and nothing is cut (%s)",
  async (languages) => {
    const room = aFullRoom();
    const found = LONG_WORDS.slice(0, 500);
    const report = aVisitReport({ problems: LONG_WORDS, suggestions: "增配灭火器 <b>两具</b>" });
    const form = visitForm(
      {
        ...{ id: sheetId(7), sitting: room.sitting, seq: 2, hash: testHash("visit"), person: personId(4) },
        report: {
          ...report,
          answers: report.answers.map((one) => ({ ...one, words: one.answer === "no" ? found : "" })),
        },
        at: clockAt(3),
      },
      room.journal.view,
    );
    if (!form) throw new Error("no form");
    const { text, cut, said, facts } = await print("supervision", { kind: "visit", languages, form });
    expect([said, cut, facts.notEmbedded]).toEqual([[], [], []]);
    for (const { text: item } of form.lines) expect(text).toContain(item.zh);
    for (const words of [
      found,
      LONG_WORDS,
      "<b>两具</b>",
      stampOf(form.record).code,
      "on-site-1",
      "机构负责人",
      "演示",
    ])
      expect(text).toContain(words);
    expect(text.includes("Supervision on site")).toBe(languages === "both");
    for (const page of facts.pages) expect(page.startsWith("2026-11-23·")).toBe(true);
  },
);

test("[R23] a visit by another edition of the list says that its questions are not printed, and prints none", async () => {
  const room = aFullRoom();
  const visit = { ...{ id: sheetId(7), sitting: room.sitting, seq: 2, person: personId(4) }, at: clockAt(3) };
  const report = { ...aVisitReport(), checklist: "on-site-99" };
  const form = visitForm({ ...visit, hash: testHash("visit"), report }, room.journal.view);
  if (!form) throw new Error("no form");
  const { text, cut } = await print("supervision-other-list", { kind: "visit", languages: "both", form });
  expect(cut).toEqual([]);
  expect(text).toContain("只列条目代号，不列问题");
  expect(text).toContain("on-site-99");
  for (const { text: question, code } of onSiteChecklist().items) {
    expect(text).toContain(code);
    expect(text).not.toContain(question.zh);
  }
});

function aBlank(form: BlankForm, at: number) {
  const serial = sheetId(at);
  const candidate = form.whose?.ref ?? null;
  const figures = { v: 1, sitting: day.sitting, rubric: form.hash, candidate, serial } as const;
  return { form, serial, qr: signBlank(figures, device) };
}

test.each(LANGUAGES)(
  "a blank of forty elements has every line, bound and box, whose it is on every page, and nothing is cut (%s)",
  async (languages) => {
    const blanks = owedBlanks(day.sitting, view).map(aBlank);
    expect(blanks.map(({ form }) => form.whose?.no)).toEqual([1]);
    const { text, cut, said, facts } = await print("blank", { kind: "blanks", languages, blanks });
    expect(said).toEqual([]);
    expect(cut).toEqual([]);
    expect(facts.notEmbedded).toEqual([]);
    for (const { item } of blanks[0]!.form.items) expect(text).toContain(item.text.zh);
    for (const word of ["gap", "≤0.3 mm: 10", "否定项", "无扣分", "录入人一", "录入人二", blanks[0]!.serial])
      expect(text).toContain(languages === "zh" && word === "gap" ? "gap（中）" : word);
    const whose = `01王建国·2026-0001·${languages === "zh" ? "表号" : "表号Serial"}${blanks[0]!.serial}`;
    for (const page of facts.pages) expect(page.startsWith(whose)).toBe(true);
    expect(text.includes("Score sheet to mark on by hand")).toBe(languages === "both");
  },
);

test("a spare blank has nobody's name, and is one more sheet of paper with a serial of its own", async () => {
  const form = blankForm(day.sitting, null, view);
  if (!form) throw new Error("no form");
  const { text, facts } = await print("spare", {
    kind: "blanks",
    languages: "zh",
    blanks: [aBlank(form, 7)],
  });
  for (const name of ["王建国", "䂮䶮", "2026-0001"]) expect(text).not.toContain(name);
  expect(facts.pages[0]).toContain(sheetId(7));
});

test("a day on which nothing happened is a record too: it says so under every head, and leaves lines to write on", async () => {
  const quiet = aPreparedDay({ candidates: 2 });
  const form = roomForm(quiet.sitting, quiet.journal.view);
  if (!form) throw new Error("no form");
  const { text, facts } = await print("room-quiet", { kind: "room", languages: "zh", form });
  expect(text).not.toContain("签到");
  for (const head of ["名册变动", "考评人员替换", "事件", "呼叫组长"]) expect(text).toContain(`${head} 无`);
  expect(text).toContain("手写补记");
  expect(facts.pages).toHaveLength(1);
});

test.each(LANGUAGES)(
  "the report on quality has a picture and a reason for everything, no name, and nothing is cut (%s)",
  async (languages) => {
    const { journal } = aJudgedDay();
    const limits = qualityLimitValues(defaultQualityLimits());
    const quality = centreQuality({ year: null, asker: null, limits }, journal.view);
    const shares = { ...quality.shares, amended: { hits: 31, of: 40 }, rechecked: { hits: 2, of: 40 } };
    const flags = new Map(FLAG_CODES.map((code, at) => [code, 2 * at]));
    const form = qualityForm({ ...quality, shares }, flags, limits, journal.view);
    const { text, cut, said, facts } = await print("quality", { kind: "quality", languages, form });
    expect([said, cut, facts.notEmbedded]).toEqual([[], [], []]);
    for (const { name } of journal.view.rows("people")) expect(text).not.toContain(name);
    for (const word of ["质量情况公示", "更正成立", "77.5", "不公布", "数量小于 5", "总数小于 5", "演示"])
      expect(text).toContain(word);
    expect(text.includes("Report on quality")).toBe(languages === "both");
  },
);

test.each(LANGUAGES)(
  "admission slips stand three to a page and are never cut; the workplace is there once it was drawn, else a line (%s)",
  async (languages) => {
    const { journal, sitting } = aPreparedDay();
    const rows = journal.view.rowsOf("candidates", sitting);
    journal.append({ kind: "seats.committed", sitting, commitment: testHash("secret") }, personId(1));
    journal.append(
      {
        ...{ kind: "seats.drawn", sitting, secret: "5a".repeat(32), value: "4 2 6" },
        seats: rows
          .filter(({ no }) => no !== 2)
          .map(({ ref, rotation, no }) => ({ candidate: ref, rotation, no: ((no + 1) % 5) + 1 })),
      },
      personId(1),
    );
    const form = slipForm(sitting, null, journal.view);
    if (!form) throw new Error("no form");
    const { text, cut, said, facts } = await print("slips", { kind: "slips", languages, form });
    expect([said, cut, facts.notEmbedded]).toEqual([[], [], []]);
    expect(facts.pages.map((page) => page.split("准考证号").length - 1)).toEqual([3, 3, 2]);
    for (const { candidate, ticketNo, idMasked } of form.slips)
      for (const word of [candidate, ticketNo, idMasked]) expect(text).toContain(word);
    expect(text).toContain("演示");
    expect(facts.draws("䶮")).toBe(true);
    expect(text.includes("Admission slip")).toBe(languages === "both");
  },
);
