// The laptop is gone, or its keys are: the day goes on from the second medium, or from what still lies here, with the
// recovery code from the safe (S14). Nothing that was acknowledged is missing, and nobody's former key signs again.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { readPins, signIn, signOut, startSheet, typePin } from "../support/day-steps.ts";
import { answerOpenDialog, launchApp, newProfile, startApp, type DrivenApp } from "../support/drive-app.ts";
import { beginCopy } from "../support/second-medium.ts";
import {
  ADMINISTRATOR,
  goMarking,
  LEADER,
  markAndSign,
  prepareSmallDay,
  type SmallDay,
} from "../support/small-day.ts";

test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

const SHOTS = process.env["JIANGPING_SHOTS"];

let registry: RunningRegistry;
let stick: string;
let profile: string;
let code: string;
let app: DrivenApp;
let day: SmallDay;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  stick = await mkdtemp(path.join(tmpdir(), "jiangping-stick-"));
  profile = await newProfile();
  app = await launchApp({ registryUrl: registry.url, profile });
  day = await prepareSmallDay(app, 3);
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
};

/** Presses what ends the app, which may be gone before the click is answered. */
async function endBy(electron: DrivenApp["electron"], button: Locator): Promise<void> {
  const gone = electron.waitForEvent("close");
  const clicked = button.click().catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes("has been closed"))) throw error;
  });
  await Promise.all([gone, clicked]);
}

async function openSettings({ window }: DrivenApp): Promise<void> {
  await window.getByTestId("nav-about").click();
}

const mediumState = ({ window }: DrivenApp) => window.getByTestId("medium-state");

test("[S14] the administrator makes a recovery code, copies its end, and the journal goes to the stick", async () => {
  await signIn(app, ADMINISTRATOR, day.pinOf(ADMINISTRATOR));
  code = await beginCopy(app, stick, async () => {
    await shot(app.confirm, "recovery-code");
    await app.confirm.getByTestId("confirm-pin").fill("AAAA BBBB");
    await app.confirm.getByTestId("confirm-ok").click();
    await expect(app.confirm.getByTestId("confirm-message")).not.toBeEmpty();
  });
  await expect(app.window.getByTestId("medium-same-disk")).toBeVisible();
  await shot(app.window, "second-medium");
  await signOut(app);
});

test("[S14] marks follow to the stick while people work", async () => {
  await goMarking(app, day);
  await markAndSign(app, day, 1);
  await startSheet(app, 2);
  await openSettings(app);
  await expect(mediumState(app)).toHaveAttribute("data-state", "current");
  const [here, there] = await Promise.all([
    readdir(path.join(profile, "journal")),
    readdir(path.join(stick, (await readdir(stick))[0] ?? "")),
  ]);
  expect(there.filter((name) => name.endsWith(".jpj"))).toEqual(
    here.filter((name) => name.endsWith(".jpj")).sort(),
  );
  expect(app.troubles).toEqual([]);
});

test("[S14] keys that are lost never become new ones silently: the recovery code is asked, or the app goes", async () => {
  await app.close();
  await rm(path.join(profile, "keys", "device.json"));
  const { electron, confirm } = await startApp({ registryUrl: registry.url, profile });
  await expect(confirm.locator("[data-kind=recovery]")).toBeVisible();
  await shot(confirm, "keys-lost");
  const elsewhere = await mkdtemp(path.join(tmpdir(), "jiangping-export-"));
  await answerOpenDialog(electron, elsewhere);
  await confirm.getByTestId("confirm-export").click();
  await expect.poll(() => readdir(elsewhere)).toHaveLength(1);
  await confirm.getByTestId("confirm-pin").fill("ABCD");
  await confirm.getByTestId("confirm-ok").click();
  await expect(confirm.getByTestId("confirm-message")).not.toBeEmpty();
  await endBy(electron, confirm.getByTestId("confirm-decline"));
  expect(await readdir(path.join(profile, "keys"))).not.toContain("device.json");
});

test("[P21] [S14] the recovery code brings everything back under a new device key; signing waits for the registry", async () => {
  app = await launchApp({ registryUrl: registry.url, profile }, async ({ confirm }) => {
    await confirm.getByTestId("confirm-pin").fill(code);
    await confirm.getByTestId("confirm-ok").click();
  });
  await expect(app.window.locator("[data-place=sign-in]")).toBeVisible();
  const pins = await readPins(app.window);
  day = { ...day, pinOf: (person) => pins.get(person) ?? "" };
  await goMarking(app, day);
  await expect(app.window.getByTestId("enrol-again")).toBeVisible();
  await shot(app.window, "enrol-again");
  await app.window.getByTestId("enrol-again-open").click();
  await app.window.getByTestId("enrol-again-submit").click();
  await expect(app.window.getByTestId("enrol-again")).toBeHidden({ timeout: 60_000 });
  await markAndSign(app, day, 2);
  expect(app.troubles).toEqual([]);
});

test("[S14] stolen: another laptop goes on from the stick, and the registry takes every sheet, old and new", async () => {
  await openSettings(app);
  await expect(mediumState(app)).toHaveAttribute("data-state", "current");
  await app.kill();
  const other = await newProfile();
  app = await launchApp({ registryUrl: registry.url, profile: other });
  await answerOpenDialog(app.electron, stick);
  await app.electron.evaluate(({ app: main }) => {
    main.relaunch = () => undefined;
  });
  await app.window.getByTestId("opening-take-over").click();
  await app.confirm.getByTestId("confirm-pin").fill(code);
  await app.confirm.getByTestId("confirm-ok").click();
  await expect(app.window.getByTestId("take-over-taken")).toBeVisible();
  await shot(app.window, "take-over");
  await endBy(app.electron, app.window.getByTestId("take-over-restart"));

  app = await launchApp({ registryUrl: registry.url, profile: other });
  const pins = await readPins(app.window);
  day = { ...day, pinOf: (person) => pins.get(person) ?? "" };
  await signIn(app, LEADER, day.pinOf(LEADER));
  await app.window.getByTestId("enrol-again-open").click();
  await app.window.getByTestId("enrol-again-submit").click();
  await expect(app.window.getByTestId("enrol-again")).toBeHidden({ timeout: 60_000 });
  await app.window.locator("[data-testid^=day-mark-]").first().click();
  await markAndSign(app, day, 3);
  await signOut(app);
  await signIn(app, ADMINISTRATOR, day.pinOf(ADMINISTRATOR));
  await app.window.locator("[data-testid^=day-close-]").first().click();
  await app.window.getByTestId("closing-seal").click();
  await typePin(app, day.pinOf(LEADER));
  await app.window.getByTestId("batch-send").click();
  const batch = app.window.getByTestId("batch-state").first();
  await expect(batch).toHaveAttribute("data-state", "acknowledged", { timeout: 30_000 });
  await expect(app.window.getByTestId("receipt-note")).toHaveCount(0);
  await shot(app.window, "continued-receipt");
  expect(app.troubles).toEqual([]);
});
