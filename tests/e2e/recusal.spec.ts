// Exam and training are separated where it counts: before anybody signs the panel (R25, R28), and again before the first
// sheet is opened (R29).
import { expect, test } from "@playwright/test";
import { demonstration } from "../support/demonstration.ts";
import { fillPreparation, openDemonstration, signIn, signOut, typePin } from "../support/day-steps.ts";
import { ADMINISTRATOR, LEADER, writeRoster } from "../support/small-day.ts";

/** Taught class C7, in which the first of the demonstration's candidates was enrolled. */
const TRAINER = "p-08";

const demo = demonstration();

test("[R25] [R28] a trainer on the panel of a learner is refused with the reason, and the replacement offered is taken", async () => {
  test.setTimeout(120_000);
  const { window } = demo.app;
  const pins = await openDemonstration(demo.app);
  const pinOf = (person: string) => pins.get(person) ?? "";
  await signIn(demo.app, ADMINISTRATOR, pinOf(ADMINISTRATOR));
  const rosterFile = await writeRoster(3);
  await fillPreparation(demo.app, { panel: [LEADER, TRAINER], leader: LEADER, rosterFile });

  const block = window.locator(
    "[data-testid=review-finding][data-code='recusal.trained'][data-severity=block]",
  );
  await expect(block.first()).toBeVisible({ timeout: 30_000 });
  await expect(block.first()).toContainText("C7");
  await expect(window.getByTestId("roster-confirm")).toBeDisabled();

  const replacement = window.locator(`[data-testid^=review-replace-${TRAINER}-]`).first();
  const by = ((await replacement.getAttribute("data-testid")) ?? "").split("-by-").at(-1) ?? "";
  await replacement.click();
  await expect(block).toHaveCount(0);
  expect(by).not.toBe("");
  await expect(window.getByTestId("roster-confirm")).toBeEnabled();
  await window.getByTestId("roster-confirm").click();
  await typePin(demo.app, pinOf(ADMINISTRATOR));
  await expect(window.locator("[data-testid^=day-sitting-]").first()).toBeVisible({ timeout: 30_000 });
  await signOut(demo.app);
});

test("[R29] an examiner who declares a conflict does not open that candidate's sheet", async () => {
  const { window } = demo.app;
  const pin = await window.getByTestId(`demo-pin-${LEADER}`).textContent();
  await signIn(demo.app, LEADER, (pin ?? "").replace(/\D/g, ""));
  await window.locator("[data-testid^=day-mark-]").first().click();
  await window.getByTestId("declare-1").click();
  await window.getByTestId("declare").click();
  await window.getByTestId("candidate-1").click();
  await expect(window.getByTestId("stands-aside")).toBeVisible();
  await expect(window.getByTestId("sheet-start")).toHaveCount(0);
  await window.getByTestId("candidate-2").click();
  await expect(window.getByTestId("sheet-start")).toBeVisible();
});
