// A PIN that somebody guesses at (P20): every try is counted, waits grow, at twenty the key is gone, and nobody else on
// the laptop is troubled by it.
import { expect, test } from "@playwright/test";
import { demonstration } from "../support/demonstration.ts";
import { openDemonstration, signIn, signOut, typePin } from "../support/day-steps.ts";
import { ADMINISTRATOR, LEADER } from "../support/small-day.ts";

const TRIES = 20;
const SHOTS = process.env["JIANGPING_SHOTS"];

const demo = demonstration();

/** Main's clock goes on by an hour: as long as the longest wait. */
function anHourLater(): Promise<unknown> {
  return demo.app.electron.evaluate(() => {
    const before = Date.now;
    Date.now = () => before() + 3_600_000;
  });
}

test("[P20] a wrong PIN 20 times: free tries, then waits, then the key is gone; the right PIN comes too late", async () => {
  test.setTimeout(120_000);
  const pins = await openDemonstration(demo.app);
  const { window, confirm } = demo.app;
  const right = pins.get(LEADER) ?? "";
  const wrong = right === "000000" ? "111111" : "000000";
  const field = confirm.getByTestId("confirm-pin");
  const message = confirm.getByTestId("confirm-message");
  const ask = async () => {
    await window.getByTestId(`sign-in-person-${LEADER}`).click();
    await expect(field).toBeVisible();
  };
  const leave = async () => {
    await confirm.getByTestId("confirm-decline").click();
    await expect(field).toBeHidden();
  };

  for (let tried = 1; tried <= TRIES; tried++) {
    await ask();
    if (tried === 6) {
      // Five were free: the sixth has to wait, and says how long.
      await field.fill(wrong);
      await field.press("Enter");
      // The seconds run while a busy machine looks.
      await expect(message).toContainText(/要等 ([12]?\d|30) 秒/);
      await leave();
      await ask();
    }
    if (tried > 5) await anHourLater();
    await field.fill(wrong);
    await field.press("Enter");
    if (tried === TRIES) break;
    await expect(message).not.toBeEmpty();
    await leave();
  }
  await expect(field).toBeHidden();
  await expect(window.getByTestId("sign-in-refused")).toBeVisible();

  await ask();
  await field.fill(right);
  await field.press("Enter");
  await expect(field).toBeHidden();
  await expect(window.getByTestId("sign-in-refused")).toBeVisible();
  await signIn(demo.app, ADMINISTRATOR, pins.get(ADMINISTRATOR) ?? "");

  // The way back: an administrator ends the key, its owner makes a new one, and the registry admits it.
  await window.getByTestId("nav-people").click();
  await window.getByTestId(`reset-pin-${LEADER}`).click();
  await expect(confirm.locator("[data-kind=reset-pin]")).toBeVisible();
  await typePin(demo.app, pins.get(ADMINISTRATOR) ?? "");
  await expect(window.getByTestId(`reset-pin-${LEADER}`)).toBeDisabled();
  if (SHOTS) await window.screenshot({ path: `${SHOTS}/people.png` });
  await signOut(demo.app);
  await signIn(demo.app, LEADER, right);
  expect(demo.app.troubles).toEqual([]);
});
