// A laptop that was left alone (rulings 12): out of sight, nothing lost, opened by its owner's PIN and nobody else's.
import { expect, test } from "@playwright/test";
import { demonstration } from "../support/demonstration.ts";
import { startSheet, typePin } from "../support/day-steps.ts";
import { ADMINISTRATOR, goMarking, LEADER, prepareSmallDay, type SmallDay } from "../support/small-day.ts";

test.describe.configure({ mode: "serial" });

const SHOTS = process.env["JIANGPING_SHOTS"];
const NOTE = "第 3 处接缝有旧胶";

const demo = demonstration();
let day: SmallDay;

test.beforeAll(async () => {
  day = await prepareSmallDay(demo.app, 2);
});

/** The laptop goes to sleep: the one reason to lock that needs no waiting. */
function sleep(): Promise<unknown> {
  return demo.app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("suspend"));
}

test("[rulings 12] asleep, the desk is locked out of sight and refuses marks; its owner finds draft and place again", async () => {
  await goMarking(demo.app, day);
  await startSheet(demo.app, 1);
  await demo.app.window.getByTestId("sheet-note").fill(NOTE);
  await sleep();
  const lock = demo.app.window.getByTestId("lock-screen");
  await expect(lock).toBeVisible();
  await expect(demo.app.window.getByTestId("lock-open")).toBeFocused();
  await expect(demo.app.window.getByTestId("saved-tick")).toBeVisible();
  await expect(demo.app.window.getByTestId("sign-out")).toBeHidden();
  if (SHOTS) await demo.app.window.screenshot({ path: `${SHOTS}/locked.png` });
  await demo.app.window.keyboard.press("Enter");
  await typePin(demo.app, day.pinOf(LEADER));
  await expect(lock).toBeHidden();
  await expect(demo.app.window.getByTestId("sheet-note")).toHaveValue(NOTE);
  // The draft was written down as soon as its owner was back: leaving and coming again finds it.
  await demo.app.window.getByTestId("sign-out").click();
  await goMarking(demo.app, day);
  await startSheet(demo.app, 1);
  await expect(demo.app.window.getByTestId("sheet-note")).toHaveValue(NOTE);
  expect(demo.app.troubles).toEqual([]);
});

test("[rulings 12] sleep takes an open question of main's away, and nothing is signed by it", async () => {
  await demo.app.window.getByTestId("sign-out").click();
  await demo.app.window.getByTestId(`sign-in-person-${ADMINISTRATOR}`).click();
  await expect(demo.app.confirm.getByTestId("confirm-pin")).toBeVisible();
  await sleep();
  await expect(demo.app.confirm.getByTestId("confirm-pin")).toBeHidden();
  await expect(demo.app.window.getByTestId("sign-in-refused")).toBeVisible();
});

test("[rulings 12] another person may sign in at a locked laptop, and begins at home", async () => {
  await goMarking(demo.app, day);
  await sleep();
  await demo.app.window.getByTestId("lock-other").click();
  await expect(demo.app.window.getByTestId("lock-screen")).toBeHidden();
  await demo.app.window.getByTestId(`sign-in-person-${ADMINISTRATOR}`).click();
  await typePin(demo.app, day.pinOf(ADMINISTRATOR));
  await expect(demo.app.window.getByTestId("sign-out")).toBeVisible();
  await expect(demo.app.window.locator("[data-place=day]")).toBeVisible();
});
