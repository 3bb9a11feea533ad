// The fire drill on the real app: real processes of the same program, a hidden window with the real store, a readiness
// sheet signed in main's window. As often as the demonstration's policy asks, which is short.
import { expect, test } from "@playwright/test";
import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DRILL_STEPS } from "#shared/exam";
import {
  openDemonstration,
  prepareSitting,
  signIn,
  signOut,
  startSheet,
  typePin,
} from "../support/day-steps.ts";
import { demonstration } from "../support/demonstration.ts";
import { answerSaveDialog, setContentSize, type DrivenApp } from "../support/drive-app.ts";
import { violationsOf } from "../support/looks.ts";
import { ADMINISTRATOR, goMarking, LEADER, sampleRubric, writeRoster } from "../support/small-day.ts";

const SHOTS = process.env["JIANGPING_SHOTS"];

const demo = demonstration();

test("[S1] [S2] [S8] a fire drill runs its six steps on this laptop, is signed for, and is green until the program changes", async () => {
  test.setTimeout(240_000);
  const { window } = demo.app;
  const pins = await openDemonstration(demo.app);
  const pinOf = (person: string) => pins.get(person) ?? "";
  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await expect(window.getByTestId("readiness-state")).toHaveAttribute("data-state", "none");
  await window.getByTestId("day-drill").click();
  await window.getByTestId("drill-start").click();
  await expect(window.getByTestId("drill-running")).toBeVisible();
  await expect(window.getByTestId("drill-finished")).toBeVisible({ timeout: 150_000 });
  const said = await window.getByTestId("drill-steps").innerText();
  const steps = await Promise.all(
    DRILL_STEPS.map((step) => window.getByTestId(`drill-${step}`).getAttribute("data-state")),
  );
  expect(steps, said).toEqual(DRILL_STEPS.map(() => "held"));
  expect(existsSync(`${demo.app.profile}-drill`)).toBe(false);

  await window.getByTestId("drill-sign").click();
  await typePin(demo.app, pinOf(ADMINISTRATOR));
  const sheet = window.getByTestId("readiness-sheet");
  await expect(sheet).toHaveAttribute("data-state", "green");
  await expect(sheet.getByTestId("stamp")).toBeVisible();

  await window.getByRole("status").getByRole("button").click(); // what was said has been read
  for (const [locale, button] of [
    ["en", "lang-en"],
    ["zh-CN", "lang-zh"],
  ] as const) {
    await window.getByTestId(button).click();
    await expect(window.locator(`html[lang=${locale}]`)).toBeAttached();
    expect(await violationsOf(window)).toEqual([]);
    if (SHOTS) await shoot(demo.app, `${SHOTS}/${locale}/readiness-sheet.png`);
  }

  const file = path.join(await mkdtemp(path.join(tmpdir(), "jiangping-pdf-")), "sheet.pdf");
  await answerSaveDialog(demo.app.electron, file);
  await window.getByTestId("drill-pdf").click();
  await expect.poll(() => existsSync(file)).toBe(true);
  expect((await readFile(file)).subarray(0, 5).toString()).toBe("%PDF-");

  await window.getByTestId("drill-leave").click();
  await expect(window.getByTestId("readiness-state")).toHaveAttribute("data-state", "green");

  // Whoever is at an exam is not disturbed.
  await prepareSitting(demo.app, {
    panel: [LEADER],
    leader: LEADER,
    pin: pinOf(ADMINISTRATOR),
    rosterFile: await writeRoster(3),
  });
  await signOut(demo.app);
  await goMarking(demo.app, { pinOf, rubric: sampleRubric() });
  await startSheet(demo.app, 1);
  await signOut(demo.app);
  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.getByTestId("day-drill").click();
  await window.getByTestId("drill-start").click();
  await expect(window.getByText("还有没封存的评分表")).toBeVisible();
  await expect(window.getByTestId("drill-running")).toBeHidden();
  expect(demo.app.troubles).toEqual([]);
});

/** The whole sheet, which is longer than the usual window. */
async function shoot({ electron, window }: DrivenApp, file: string): Promise<void> {
  await setContentSize(electron, { width: 1366, height: 1180 });
  await window.waitForFunction(() => innerHeight >= 960);
  await window.screenshot({ path: file });
  await setContentSize(electron, { width: 1366, height: 768 });
}
