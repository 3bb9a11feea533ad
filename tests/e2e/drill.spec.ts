// The fire drill on the real app: real processes of the same program, a hidden window with the real store, a readiness
// sheet signed in main's window. As often as the demonstration's policy asks, which is short.
import { expect, test } from "@playwright/test";
import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DRILL_STEPS } from "#shared/exam";
import type { RunningRegistry } from "../../registry/index.ts";
import {
  openDemonstration,
  prepareSitting,
  signIn,
  signOut,
  startSheet,
  typePin,
} from "../support/day-steps.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { answerSaveDialog, launchApp, setContentSize, type DrivenApp } from "../support/drive-app.ts";
import { violationsOf } from "../support/looks.ts";
import { ADMINISTRATOR, goMarking, LEADER, sampleRubric, writeRoster } from "../support/small-day.ts";

const SHOTS = process.env["JIANGPING_SHOTS"];

let registry: RunningRegistry;
let app: DrivenApp;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

test("[S1] [S2] [S8] a fire drill runs its six steps on this laptop, is signed for, and is green until the program changes", async () => {
  test.setTimeout(240_000);
  const { window } = app;
  const pins = await openDemonstration(app);
  const pinOf = (person: string) => pins.get(person) ?? "";
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
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
  expect(existsSync(`${app.profile}-drill`)).toBe(false);

  await window.getByTestId("drill-sign").click();
  await typePin(app, pinOf(ADMINISTRATOR));
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
    if (SHOTS) await shoot(app, `${SHOTS}/${locale}/readiness-sheet.png`);
  }

  const file = path.join(await mkdtemp(path.join(tmpdir(), "jiangping-pdf-")), "sheet.pdf");
  await answerSaveDialog(app.electron, file);
  await window.getByTestId("drill-pdf").click();
  await expect.poll(() => existsSync(file)).toBe(true);
  expect((await readFile(file)).subarray(0, 5).toString()).toBe("%PDF-");

  await window.getByTestId("drill-leave").click();
  await expect(window.getByTestId("readiness-state")).toHaveAttribute("data-state", "green");

  // Whoever is at an exam is not disturbed.
  await prepareSitting(app, {
    panel: [LEADER],
    leader: LEADER,
    pin: pinOf(ADMINISTRATOR),
    rosterFile: await writeRoster(3),
  });
  await signOut(app);
  await goMarking(app, { pinOf, rubric: sampleRubric() });
  await startSheet(app, 1);
  await signOut(app);
  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await window.getByTestId("day-drill").click();
  await window.getByTestId("drill-start").click();
  await expect(window.getByText("还有没封存的评分表")).toBeVisible();
  await expect(window.getByTestId("drill-running")).toBeHidden();
  expect(app.troubles).toEqual([]);
});

/** The whole sheet, which is longer than the usual window. */
async function shoot({ electron, window }: DrivenApp, file: string): Promise<void> {
  await setContentSize(electron, { width: 1366, height: 1180 });
  await window.waitForFunction(() => innerHeight >= 960);
  await window.screenshot({ path: file });
  await setContentSize(electron, { width: 1366, height: 768 });
}
