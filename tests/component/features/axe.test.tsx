// axe on every screen, in both languages and all themes, and a table of what it found. The structure of a page is the same in
// every theme: it is judged once for each language, colours in each of them. JIANGPING_SHOTS=<folder> keeps what each looks like,
// at 200 % too.
import axe from "axe-core";
import { afterAll, afterEach, expect, inject, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { setLocale, type Wording } from "../../../renderer/i18n/index.ts";
import { applyAppearance } from "../../../renderer/ui/index.ts";
import type { Place } from "../../../renderer/app/place.ts";
import type { PersonId } from "#shared/base";
import {
  aJournal,
  anOpenedCentre,
  aPreparedDay,
  candidateRef,
  drawInOrder,
  everyKindRubric,
  holdReceipt,
  markAbsent,
  personId,
  poorInputs,
  sheetId,
  sealDay,
  signSheet,
  sittingId,
  testHash,
  type TestJournal,
} from "../../support/journal-builders.ts";
import { aJudgedDay, SUPERVISOR } from "../../support/judged-day.ts";
import { aPaperDay, SECOND_TYPIST, SERIAL, TYPIST } from "../../support/paper-day.ts";
import { aVisitedDay, signVisit, VISITOR } from "../../support/visited-day.ts";
import { closeStores, drawApp, type Drawn } from "./draw.tsx";

const LANGUAGES = ["zh-CN", "en"] as const;
const THEMES = ["light", "dark", "contrast"] as const;
const WINDOW = { width: 1366, height: 768 };
/** What is left of it at 200 %. */
const TWICE = { width: 683, height: 384 };
const [LEADER, MEMBER, OFFICE] = [personId(1), personId(2), personId(4)];

interface Screen {
  readonly name: string;
  readonly journal: () => TestJournal;
  readonly person?: PersonId;
  readonly locked?: PersonId;
  readonly place?: Place;
  /** What only this screen shows: without it something else would be looked at. */
  readonly shows: string | RegExp;
  /** Brings the screen into the state that is looked at. */
  readonly act?: (drawn: Drawn) => Promise<unknown>;
}

const sitting = sittingId(1);
const marking = (no: number | null): Place => ({
  kind: "marking",
  sitting,
  candidate: no === null ? null : candidateRef(no),
});
const panelOf = (no: number | null): Place => ({
  kind: "panel",
  sitting,
  candidate: no === null ? null : candidateRef(no),
});
const click = (id: string | RegExp) => () => page.getByTestId(id).first().click();
const open = async (...keys: string[]) => {
  await page.getByTestId("sheet-start").click();
  await expect.element(page.getByTestId("item-1")).toHaveAttribute("data-open", "true");
  for (const key of keys) await userEvent.keyboard(key);
  await expect.poll(() => document.querySelectorAll("[data-saving=true]")).toHaveLength(0);
};

const SCREENS: readonly Screen[] = [
  { name: "opening", shows: "opening-demo", journal: aJournal },
  { name: "sign-in", shows: "sign-in-person-p-001", journal: aMarkedDay },
  { name: "lock", shows: "lock-screen", journal: aMarkedDay, locked: LEADER },
  { name: "day: office", shows: "day-prepare", journal: aMarkedDay, person: OFFICE },
  { name: "day: examiner", shows: /^day-mark-/, journal: aMarkedDay, person: LEADER },
  {
    name: "prepare",
    shows: "roster-preview",
    journal: aMarkedDay,
    person: OFFICE,
    place: { kind: "prepare" },
    act: async ({ main }) => {
      main.roster = aRoster;
      await page.getByTestId("roster-file").click();
      await expect.element(page.getByTestId("roster-preview")).toBeVisible();
    },
  },
  {
    name: "declaration",
    shows: "declare",
    journal: () => aPreparedDay({ candidates: 20 }).journal,
    person: MEMBER,
    place: marking(null),
  },
  { name: "marking: start", shows: "sheet-start", journal: aMarkedDay, person: LEADER, place: marking(5) },
  {
    name: "marking: long list",
    shows: "find-candidate",
    journal: () => aPreparedDay({ candidates: 20 }).journal,
    person: LEADER,
    place: marking(1),
  },
  {
    name: "marking: deductions",
    shows: "line-1",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("1"),
  },
  {
    name: "marking: readings",
    shows: "reading-1",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("{ArrowDown}", "0.305{Enter}"),
  },
  {
    name: "marking: level",
    shows: "level-2",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("{ArrowDown}{ArrowDown}", "2"),
  },
  {
    name: "marking: checks",
    shows: "check-1",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("{ArrowDown}{ArrowDown}{ArrowDown}", "0", "2"),
  },
  {
    name: "marking: veto",
    shows: "veto-dialog",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("v"),
  },
  {
    name: "marking: keys",
    shows: "keys-dialog",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("?"),
  },
  {
    name: "marking: pause",
    shows: "pause-dialog",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("p"),
  },
  {
    name: "marking: paused",
    shows: "sheet-paused",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("p", "1"),
  },
  {
    name: "check-in",
    shows: "seats-list",
    journal: aCheckedInDay,
    person: LEADER,
    place: { kind: "checkIn", sitting },
  },
  {
    name: "check-in: one",
    shows: "check-note",
    journal: aCheckedInDay,
    person: LEADER,
    place: { kind: "checkIn", sitting },
    act: async () => {
      await page.getByTestId("check-in-find").fill("3");
      await userEvent.keyboard("{Enter}");
      await page.getByTestId("check-mismatch").click();
    },
  },
  {
    name: "check-in: to draw",
    shows: "seats-value",
    journal: () => {
      const { journal } = aDay();
      journal.append({ kind: "seats.committed", sitting, commitment: testHash("secret") }, LEADER);
      return journal;
    },
    person: LEADER,
    place: { kind: "checkIn", sitting },
  },
  {
    name: "marking: not checked in",
    shows: "unchecked",
    journal: aCheckedInDay,
    person: LEADER,
    place: marking(5),
    act: click("sheet-start"),
  },
  {
    name: "room: time",
    shows: "room-clocks",
    journal: () => {
      const { journal, sitting: id, rubric } = aDay();
      const body = { sheet: sheetId(900), sitting: id, candidate: candidateRef(5), rubric };
      journal.append({ kind: "sheet.opened", ...body }, MEMBER);
      return journal;
    },
    person: LEADER,
    place: { kind: "room", sitting },
  },
  {
    name: "marking: evidence",
    shows: "evidence-dialog",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("e"),
  },
  { name: "marking: sealed", shows: "sheet-sealed", journal: aMarkedDay, person: LEADER, place: marking(1) },
  {
    name: "marking: amending",
    shows: "sheet-amending",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(1),
    act: click("sheet-amend"),
  },
  { name: "marking: absent", shows: "is-absent", journal: aMarkedDay, person: LEADER, place: marking(4) },
  {
    name: "marking: nobody chosen",
    shows: "marking-nobody",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(null),
  },
  { name: "panel", shows: "panel-desk", journal: aMarkedDay, person: LEADER, place: panelOf(null) },
  {
    name: "panel: together",
    shows: "panel-together",
    journal: aMarkedDay,
    person: LEADER,
    place: panelOf(1),
  },
  {
    name: "closing",
    shows: "closing-seal",
    journal: aMarkedDay,
    person: OFFICE,
    place: { kind: "closing", sitting },
  },
  {
    name: "closing: receipt",
    shows: "receipt-stamp",
    journal: aSentDay,
    person: OFFICE,
    place: { kind: "closing", sitting },
  },
  {
    name: "review",
    shows: "review-flag",
    journal: () => aVetoedDay().journal,
    person: OFFICE,
    place: { kind: "review", sitting, sheet: null },
  },
  {
    name: "review: film",
    shows: "film-sheet",
    journal: () => aVetoedDay().journal,
    person: OFFICE,
    place: { kind: "review", sitting, sheet: null },
    act: click("review-film"),
  },
  {
    name: "review: nothing",
    shows: "review-none",
    journal: () => aPreparedDay({ supervisor: OFFICE }).journal,
    person: OFFICE,
    place: { kind: "review", sitting, sheet: null },
  },
  {
    name: "closing: flags",
    shows: "closing-flags-count",
    journal: () => aVetoedDay().journal,
    person: OFFICE,
    place: { kind: "closing", sitting },
  },
  {
    name: "on site",
    shows: "visit-words-safety",
    journal: () => aSignedVisit().journal,
    person: VISITOR,
    place: { kind: "onsite", sitting },
  },
  {
    name: "on site: office",
    shows: "visit-records-list",
    journal: () => aSignedVisit().journal,
    person: OFFICE,
    place: { kind: "onsite", sitting },
  },
  {
    name: "on site: empty list",
    shows: "visit-clear-dialog",
    journal: () => aSignedVisit().journal,
    person: VISITOR,
    place: { kind: "onsite", sitting },
    act: click("visit-clear"),
  },
  {
    name: "quality",
    shows: "quality-severity-chart",
    journal: () => aJudgedDay().journal,
    person: SUPERVISOR,
    place: { kind: "quality" },
  },
  {
    name: "quality: empty",
    shows: "quality-empty",
    journal: anOpenedCentre,
    person: OFFICE,
    place: { kind: "quality" },
  },
  {
    name: "paper sheets: list",
    shows: "paper-join",
    journal: () => aPaperDay("second").journal,
    person: SECOND_TYPIST,
    place: { kind: "transcription", sheet: null },
  },
  {
    name: "paper sheets: begin",
    shows: "blank-examiner",
    journal: () => aPaperDay("prepared").journal,
    person: TYPIST,
    place: { kind: "transcription", sheet: null },
    act: async () => {
      await page.getByTestId("blank-text").fill(aPaperDay("prepared").blank(null));
      await page.getByTestId("blank-read").click();
    },
  },
  {
    name: "paper sheets: typing",
    shows: "paper-desk",
    journal: () => aPaperDay("begun").journal,
    person: TYPIST,
    place: { kind: "transcription", sheet: SERIAL },
  },
  {
    name: "paper sheets: comparing",
    shows: "paper-differences",
    journal: () => aPaperDay("comparing").journal,
    person: TYPIST,
    place: { kind: "transcription", sheet: SERIAL },
  },
  {
    name: "paper sheets: examiner",
    shows: "sheet-transcribed",
    journal: () => aPaperDay("written").journal,
    person: LEADER,
    place: marking(2),
  },
  { name: "paper", shows: "paper-act", journal: aMarkedDay, person: OFFICE, place: { kind: "paper" } },
  {
    name: "palette",
    shows: "palette",
    journal: aMarkedDay,
    person: LEADER,
    place: marking(5),
    act: () => open("{Control>}k{/Control}"),
  },
  { name: "people", shows: "people-list", journal: aMarkedDay, person: OFFICE, place: { kind: "people" } },
  { name: "sync", shows: "sync-link", journal: aSentDay, person: OFFICE, place: { kind: "sync" } },
  { name: "sync: empty", shows: "sync", journal: anOpenedCentre, person: OFFICE, place: { kind: "sync" } },
  { name: "sticks", shows: "stick-receive", journal: aSentDay, person: OFFICE, place: { kind: "sticks" } },
  { name: "drill", shows: "drill", journal: aMarkedDay, person: OFFICE, place: { kind: "drill" } },
  { name: "settings", shows: "theme", journal: aMarkedDay, person: OFFICE, act: click("nav-about") },
];

const found = new Map<string, number[]>();

afterEach(async () => {
  applyAppearance({ theme: "light", touch: false });
  await closeStores();
});
afterAll(() => {
  const heads = LANGUAGES.flatMap((language) => THEMES.map((theme) => `${language} ${theme}`));
  const width = Math.max(...SCREENS.map(({ name }) => name.length));
  const lines = [...found].map(
    ([name, counts]) =>
      `${name.padEnd(width)}  ${counts.map((count, at) => String(count).padStart(heads[at]!.length)).join("  ")}`,
  );
  console.log([`${"".padEnd(width)}  ${heads.join("  ")}`, ...lines].join("\n"));
});

test.each(SCREENS)("axe finds nothing on $name, in either language, in any theme", async (screen) => {
  const { journal, person = null, locked = null, place, act, name, shows } = screen;
  const drawn = await drawApp(journal(), person, { locked, ...(place ? { place } : {}) });
  // A colour on its way to another is neither of them.
  document.documentElement.style.setProperty("--motion", "0ms");
  await expect.element(page.getByRole("heading").first()).toBeVisible();
  await act?.(drawn);
  await expect.element(page.getByTestId(shows).first()).toBeVisible();
  const violations: string[] = [];
  const counts: number[] = [];
  for (const language of LANGUAGES) {
    await speak(drawn.words, language);
    for (const theme of THEMES) {
      applyAppearance({ theme, touch: false });
      const here = await look(theme === "light");
      counts.push(here.length);
      violations.push(...here.map((one) => `${language}/${theme}: ${one}`));
      await keepPicture(`${name}-${language}-${theme}`);
    }
    applyAppearance({ theme: "light", touch: false });
    await keepPicture(`${name}-${language}-200`, TWICE);
  }
  found.set(name, counts);
  expect(violations).toEqual([]);
});

async function speak(words: Wording, language: (typeof LANGUAGES)[number]): Promise<void> {
  await setLocale(words, language);
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Of the window as it stands; at another size only while it is looked at. */
async function keepPicture(name: string, size = WINDOW): Promise<void> {
  const folder = inject("shots");
  if (folder === null) return;
  // That the tables were made from the journal is said at each start here, over what is to be seen.
  for (const close of document.querySelectorAll<HTMLElement>("section[role=status] button")) close.click();
  await page.viewport(size.width, size.height);
  await page.screenshot({ path: `${folder}/${name.replaceAll(/[^\w]+/g, "-")}.png` });
  await page.viewport(WINDOW.width, WINDOW.height);
}

async function look(whole: boolean): Promise<string[]> {
  const result = await axe.run(
    // The live announcer is react-aria's own: it speaks of elements that may be gone again, and nobody can reach it.
    { include: [["body"]], exclude: [["[data-live-announcer]"]] },
    {
      resultTypes: ["violations"],
      ...(whole ? {} : { runOnly: ["color-contrast", "link-in-text-block"] }),
    },
  );
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
  );
}

/** One sheet with a veto and no photograph. */
function aVetoedDay() {
  const rubric = everyKindRubric();
  const day = aPreparedDay({ rubric, candidates: 2, panel: 1, supervisor: OFFICE });
  const code = rubric.vetoes[0]?.code;
  signSheet(day, 1, LEADER, {}, code ? [code] : []);
  signSheet(day, 2, LEADER);
  return day;
}

/** A visit that was signed, and notes for the next one; somebody is being marked and their time stands still. */
function aSignedVisit() {
  const day = aVisitedDay();
  const body = { sheet: sheetId(900), sitting: day.sitting, candidate: candidateRef(2), rubric: day.rubric };
  day.journal.append({ kind: "sheet.opened", ...body }, MEMBER);
  day.journal.append({ kind: "sheet.paused", sheet: sheetId(900), reason: { kind: "power" } }, MEMBER);
  markAbsent(day, 4);
  signVisit(day);
  const answer = { answer: "no" as const, words: "三号工位没有灭火器" };
  day.journal.append({ kind: "visit.answered", sitting: day.sitting, item: "safety", answer }, VISITOR);
  return day;
}

/** One matched, one did not, and workplaces were drawn. */
function aCheckedInDay(): TestJournal {
  const day = aDay();
  const { journal } = day;
  const said = { kind: "identity.checked" as const, sitting, document: "idCard" as const };
  journal.append({ ...said, candidate: candidateRef(1), matches: true, note: null }, LEADER);
  journal.append({ ...said, candidate: candidateRef(3), matches: false, note: "末四位不符" }, LEADER);
  drawInOrder(day);
  return journal;
}

function aMarkedDay(): TestJournal {
  return aDay().journal;
}

/** Of five candidates: one divergent, one agreed, one half signed, one absent, one untouched. */
function aDay() {
  const rubric = everyKindRubric();
  const day = aPreparedDay({ rubric, candidates: 5, panel: 2 });
  signSheet(day, 1, LEADER);
  signSheet(day, 1, MEMBER, poorInputs(rubric));
  signSheet(day, 2, LEADER);
  signSheet(day, 2, MEMBER);
  signSheet(day, 3, LEADER);
  markAbsent(day, 4);
  return day;
}

function aSentDay(): TestJournal {
  const day = aDay();
  holdReceipt(day, sealDay(day, "第五名考生未到考位"));
  return day.journal;
}

const aRoster = {
  outcome: "preview" as const,
  preview: {
    token: "token-1",
    fileName: "roster.xlsx",
    encoding: "xlsx",
    taken: [{ row: 2, name: "王建国", idMasked: "990000********0017", ticketNo: null, warnings: [] }],
    refused: [{ row: 4, field: "idNumber", code: "id.checksum" }],
    blank: 1,
    withheld: [],
  },
};
