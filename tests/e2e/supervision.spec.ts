// Supervision on one laptop (T7): an examiner marks with a veto and no photograph, the day's close says so without a name, the
// supervisor finds the flag explained, scrubs the film of the sheet by keyboard, and nobody else is let in. What the day says of the
// centre's quality is looked at and written as a report, without a name.
import { expect, test } from "@playwright/test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { ItemInput } from "#shared/exam";
import { fullInputs } from "../support/journal-builders.ts";
import { markSheet, signIn, signOut, signSheet, startSheet } from "../support/day-steps.ts";
import { demonstration } from "../support/demonstration.ts";
import { answerSaveDialog } from "../support/drive-app.ts";
import { shots, violationsOf } from "../support/looks.ts";
import {
  ADMINISTRATOR,
  goMarking,
  LEADER,
  markAndSign,
  prepareSmallDay,
  sampleRubric,
  type SmallDay,
} from "../support/small-day.ts";

const SUPERVISOR = "p-02";
const MEMBER = "p-05";
const rubric = sampleRubric();
const full = new Map<number, ItemInput>(
  Object.entries(fullInputs(rubric)).map(([no, input]) => [Number(no), input]),
);

const demo = demonstration();
let day: SmallDay;

test.beforeAll(async () => {
  day = await prepareSmallDay(demo.app, 2, [LEADER, MEMBER]);
});

const slider = () => demo.app.window.getByTestId("film-slider");

test("[T7] the close of the day says how many flags there are and of which kind, and names nobody", async () => {
  test.setTimeout(180_000);
  const { window } = demo.app;
  await goMarking(demo.app, day, MEMBER);
  await startSheet(demo.app, 1);
  await markSheet(demo.app, rubric, full);
  // Second thoughts: taken back, and in the journal all the same.
  await window.locator("[data-testid^=item-][data-open=true]").focus();
  await window.keyboard.press("u");
  await window.keyboard.press("Shift+u");
  await window.keyboard.press("v");
  await window.getByTestId("veto-choices").getByText("V1").first().click();
  await window.getByTestId("veto-confirm").click();
  await signSheet(demo.app, day.pinOf(MEMBER));
  await signOut(demo.app);
  await signIn(demo.app, ADMINISTRATOR, day.pinOf(ADMINISTRATOR));
  await expect(window.locator("[data-testid^=review-open-]")).toHaveCount(0);
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-flag-veto-without-evidence")).toBeVisible();
  await shots(demo.app, "supervision-closing");
  await signOut(demo.app);
});

test("[T7] the supervisor finds the flag explained, and scrubs the film of the sheet by keyboard", async () => {
  test.setTimeout(180_000);
  const { window } = demo.app;
  await signIn(demo.app, SUPERVISOR, day.pinOf(SUPERVISOR));
  await window.locator("[data-testid^=review-open-]").first().click();
  const flag = window.getByTestId("review-flag");
  await window
    .getByRole("option", { name: /否定项没有照片/ })
    .first()
    .click();
  await expect(flag).toHaveAttribute("data-code", "veto-without-evidence");
  await expect(flag).toContainText("R38");
  await shots(demo.app, "supervision-queue");
  expect(await violationsOf(window)).toEqual([]);

  await window.getByTestId("review-film").first().click();
  await expect(slider()).toBeVisible();
  await expect(window.getByTestId("stood-vetoes")).not.toHaveText("无");
  await slider().focus();
  await window.keyboard.press("Home");
  await expect(slider()).toHaveValue("0");
  await window.keyboard.press("ArrowRight");
  const total = window.getByTestId("stood-total");
  await expect(total).toHaveText("0");
  const first = Number(await window.getByTestId("film-step").getAttribute("data-entry"));
  await window.keyboard.press("End");
  await expect(total).toHaveText("100");
  expect(Number(await window.getByTestId("film-step").getAttribute("data-entry"))).toBeGreaterThan(first);
  await expect(window.getByTestId("film-acts")).toContainText("撤销第");
  await window.getByTestId("film-flagged-before").click();
  await shots(demo.app, "supervision-film");
  expect(await violationsOf(window)).toEqual([]);
  await signOut(demo.app);
});

test("[R45] the leader is told that there is something before the panel has signed, and of what only afterwards", async () => {
  test.setTimeout(180_000);
  const { window } = demo.app;
  await signIn(demo.app, LEADER, day.pinOf(LEADER));
  await window.locator("[data-testid^=review-open-]").first().click();
  await expect(window.getByTestId("review-withheld")).toBeVisible();
  await expect(window.getByRole("option", { name: /否定项没有照片/ })).toHaveCount(0);
  await shots(demo.app, "supervision-leader");
  await window.getByTestId("nav-day").click();
  await window.locator("[data-testid^=day-mark-]").first().click();
  await markAndSign(demo.app, day, 1);
  await window.getByTestId("nav-day").click();
  await window.locator("[data-testid^=review-open-]").first().click();
  await expect(window.getByRole("option", { name: /否定项没有照片/ }).first()).toBeVisible();
  await signOut(demo.app);
});

test("a supervisor reads what the day says of quality, and saves it as pages and as a table that name nobody", async () => {
  test.setTimeout(180_000);
  const { window, electron } = demo.app;
  await signIn(demo.app, SUPERVISOR, day.pinOf(SUPERVISOR));
  await window.getByTestId("day-quality").click();
  // Two examiners sat there: between two it cannot be told who is strict.
  await expect(window.getByTestId("quality-severity-none")).toBeVisible();
  await expect(window.getByTestId("quality-flags-chart")).toContainText("否定项没有照片");
  await expect(window.getByTestId("quality-delays-chart")).toContainText("2");
  await shots(demo.app, "quality");
  expect(await violationsOf(window)).toEqual([]);

  const folder = await mkdtemp(path.join(os.tmpdir(), "jiangping-quality-"));
  const save = async (button: string, name: string) => {
    const file = path.join(folder, name);
    await answerSaveDialog(electron, file);
    await window.getByTestId(button).click();
    await expect(window.getByText(name).first()).toBeVisible();
    return readFile(file);
  };
  const table = (await save("quality-save-table", "quality.csv")).toString("utf8");
  expect(table).toContain("不公布 withheld");
  for (const name of ["阿依古丽·买买提", "王堃", "欧阳修竹"]) expect(table).not.toContain(name);
  const pages = await save("quality-save-both", "quality.pdf");
  expect(pages.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  await rm(folder, { recursive: true });
  expect(demo.app.troubles).toEqual([]);
});
