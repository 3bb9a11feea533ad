// The journey people pay for, in miniature: four candidates, one absent, from first run to a verified receipt, with
// axe looking at every screen on the way, in both languages.
import { expect, test } from "@playwright/test";
import { demonstration } from "../support/demonstration.ts";
import { launchApp } from "../support/drive-app.ts";
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

const demo = demonstration();

test("an exam day goes from first run to a receipt that verifies, and no window ever breaks its policy", async () => {
  test.setTimeout(180_000);
  await expect(demo.app.window.getByTestId("opening-demo")).toBeVisible();
  await expectAccessible("opening");
  const pins = await openDemonstration(demo.app);
  const pinOf = (person: string) => pins.get(person) ?? "";
  await expectAccessible("sign-in");

  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await prepareSitting(demo.app, {
    panel: [LEADER],
    leader: LEADER,
    pin: pinOf(ADMINISTRATOR),
    rosterFile: await writeRoster(4),
    onPreview: () => expectAccessible("roster"),
  });
  await expectAccessible("day");
  await signOut(demo.app);

  await signIn(demo.app, LEADER, pinOf(LEADER));
  await demo.app.window.locator("[data-testid^=day-mark-]").first().click();
  await recordAbsence(demo.app, 2, pinOf(LEADER));
  const day = { pinOf, rubric: sampleRubric() };
  await startSheet(demo.app, 1);
  await expectAccessible("marking");
  for (const no of [1, 3, 4]) await markAndSign(demo.app, day, no);
  await expectAccessible("sealed sheet");
  await signOut(demo.app);

  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  await demo.app.window.locator("[data-testid^=day-close-]").first().click();
  await expect(demo.app.window.getByTestId("closing-expected")).toHaveAttribute("data-value", "3");
  await expect(demo.app.window.getByTestId("closing-signed")).toHaveAttribute("data-value", "3");
  await expect(demo.app.window.getByTestId("closing-absent")).toHaveAttribute("data-value", "1");
  await expect(demo.app.window.getByTestId("closing-missing")).toHaveAttribute("data-value", "0");
  await demo.app.window.getByTestId("closing-seal").click();
  await typePin(demo.app, pinOf(LEADER));
  await demo.app.window.getByTestId("batch-send").click();
  const state = demo.app.window.locator("[data-testid=batch-state][data-state=acknowledged]");
  await expect(state).toBeVisible({ timeout: 30_000 });
  await expectAccessible("receipt");
  const receipt = await fetchReceipt(demo.registry.url, (await state.getAttribute("data-batch")) ?? "");
  expect(receipt).toEqual({ verified: true, isOfSheets: true, sheets: 3 });
  expect(demo.app.troubles).toEqual([]);
});

test("[P1] a second start finds the same day and the same receipt", async () => {
  await demo.app.close();
  demo.app = await launchApp({ registryUrl: demo.registry.url, profile: demo.app.profile });
  await expect(demo.app.window.locator(`[data-testid=sign-in-person-${LEADER}]`)).toBeVisible({
    timeout: 30_000,
  });
  expect(demo.app.troubles).toEqual([]);
});

async function expectAccessible(screen: string): Promise<void> {
  for (const language of ["en", "zh"]) {
    await demo.app.window.getByTestId(`lang-${language}`).click();
    expect(await violationsOf(demo.app.window), `${screen}/${language}`).toEqual([]);
  }
}
