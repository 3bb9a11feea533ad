// The journey people pay for, in miniature: four candidates, one absent, from first run to a verified receipt, with
// axe looking at every screen on the way, in both languages.
import { expect, test } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import {
  openDemonstration,
  prepareSitting,
  recordAbsence,
  signIn,
  signOut,
  startSheet,
  typePin,
} from "../support/day-steps.ts";
import { ADMINISTRATOR, LEADER, markAndSign, sampleRubric, writeRoster } from "../support/small-day.ts";
import { violationsOf } from "../support/looks.ts";
import { fetchReceipt } from "../day/receipt.ts";

test.describe.configure({ mode: "serial" });

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

test("an exam day goes from first run to a receipt that verifies, and no window ever breaks its policy", async () => {
  test.setTimeout(180_000);
  await expect(app.window.getByTestId("opening-demo")).toBeVisible();
  await expectAccessible("opening");
  const pins = await openDemonstration(app);
  const pinOf = (person: string) => pins.get(person) ?? "";
  await expectAccessible("sign-in");

  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await prepareSitting(app, {
    panel: [LEADER],
    leader: LEADER,
    pin: pinOf(ADMINISTRATOR),
    rosterFile: await writeRoster(4),
    onPreview: () => expectAccessible("roster"),
  });
  await expectAccessible("day");
  await signOut(app);

  await signIn(app, LEADER, pinOf(LEADER));
  await app.window.locator("[data-testid^=day-mark-]").first().click();
  await recordAbsence(app, 2, pinOf(LEADER));
  const day = { pinOf, rubric: sampleRubric() };
  await startSheet(app, 1);
  await expectAccessible("marking");
  for (const no of [1, 3, 4]) await markAndSign(app, day, no);
  await expectAccessible("sealed sheet");
  await signOut(app);

  await signIn(app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await app.window.locator("[data-testid^=day-close-]").first().click();
  await expect(app.window.getByTestId("closing-expected")).toHaveAttribute("data-value", "3");
  await expect(app.window.getByTestId("closing-signed")).toHaveAttribute("data-value", "3");
  await expect(app.window.getByTestId("closing-absent")).toHaveAttribute("data-value", "1");
  await expect(app.window.getByTestId("closing-missing")).toHaveAttribute("data-value", "0");
  await app.window.getByTestId("closing-seal").click();
  await typePin(app, pinOf(LEADER));
  await app.window.getByTestId("batch-send").click();
  const state = app.window.locator("[data-testid=batch-state][data-state=acknowledged]");
  await expect(state).toBeVisible({ timeout: 30_000 });
  await expectAccessible("receipt");
  const receipt = await fetchReceipt(registry.url, (await state.getAttribute("data-batch")) ?? "");
  expect(receipt).toEqual({ verified: true, sheets: 3 });
  expect(app.troubles).toEqual([]);
});

test("[P1] a second start finds the same day and the same receipt", async () => {
  await app.close();
  app = await launchApp({ registryUrl: registry.url, profile: app.profile });
  await expect(app.window.locator(`[data-testid=sign-in-person-${LEADER}]`)).toBeVisible({ timeout: 30_000 });
  expect(app.troubles).toEqual([]);
});

async function expectAccessible(screen: string): Promise<void> {
  for (const language of ["en", "zh"]) {
    await app.window.getByTestId(`lang-${language}`).click();
    expect(await violationsOf(app.window), `${screen}/${language}`).toEqual([]);
  }
}
