// One word per idea: what the window and the printed forms both name has one name (domain, Part A).
import { expect, test } from "vitest";
import type { Words } from "#shared/exam";
import {
  changeWords,
  incidentWords,
  levelWords,
  officeWords,
  outcomeWords,
  reasonWords,
  words,
} from "../../../electron/paper/words.ts";
import { flagTitles } from "../../../electron/paper/quality-words.ts";
import { createI18n, textOf } from "../../../renderer/i18n/index.ts";

const [zh, en] = [textOf(createI18n("zh-CN")), textOf(createI18n("en"))];
const { clerk, checker, approver, approvedBy, result, outcome, vetoes } = words;
const { panelLeader, supervisor, administrator, at, candidate, what, reason, by, whom, done } = words;
const { absent, ...changes } = changeWords;

test.each<[string, string, Readonly<Record<string, Words>>]>([
  ["levels", "day.level", levelWords],
  ["outcomes", "closing.results", outcomeWords],
  ["results", "closing.results", { mark: result, outcome }],
  ["who signs for them", "closing.signOff.role", { clerk, checker, approver }],
  ["reasons of an amendment", "amending.reasons", reasonWords],
  ["who approves one", "amending", { approver: approvedBy }],
  ["their offices", "amending.office", officeWords],
  ["veto items", "marking", { veto: vetoes }],
  ["what changes a roster", "room.change", changes],
  ["who is absent", "marking.state", { absent }],
  ["what happens in the room", "room.incident.kind", incidentWords],
  ["the columns of the room record", "room", { at, candidate, what, reason, by }],
  ["its incidents", "room.incidents", { title: words.incidents, whom, done }],
  ["its changes", "room.changes", { title: words.changes }],
  [
    "its calls",
    "room.calls",
    { title: words.calls, caller: words.caller, state: words.answer, waiting: words.waiting },
  ],
  ["roles", "common.role", { panelLeader, supervisor, administrator }],
])("paper has the window's words for %s", (_, place, printed) => {
  for (const [key, said] of Object.entries(printed)) {
    expect(said.zh, key).toBe(zh.maybe(`${place}.${key}`, {}));
    expect(said.en, key).toBe(en.maybe(`${place}.${key}`, {}));
  }
});

test("the report on quality calls a flag as the window does", () => {
  for (const [code, said] of Object.entries(flagTitles)) {
    expect(said.zh, code).toBe(zh.maybe(`flags.of.${code}.title`, {}));
    expect(said.en, code).toBe(en.maybe(`flags.of.${code}.title`, {}));
  }
});
