// A laptop that was left alone (rulings 12): out of sight, nothing lost, opened by its owner's PIN and nobody else's.
import { expect, test } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { startSheet, typePin } from "../support/day-steps.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { ADMINISTRATOR, goMarking, LEADER, prepareSmallDay, type SmallDay } from "../support/small-day.ts";

test.describe.configure({ mode: "serial" });

const SHOTS = process.env["JIANGPING_SHOTS"];
const NOTE = "第 3 处接缝有旧胶";

let registry: RunningRegistry;
let app: DrivenApp;
let day: SmallDay;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
  day = await prepareSmallDay(app, 2);
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

/** The laptop goes to sleep: the one reason to lock that needs no waiting. */
function sleep(): Promise<unknown> {
  return app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("suspend"));
}

test("[rulings 12] asleep, the desk is locked out of sight and refuses marks; its owner finds draft and place again", async () => {
  await goMarking(app, day);
  await startSheet(app, 1);
  await app.window.getByTestId("sheet-note").fill(NOTE);
  await sleep();
  const lock = app.window.getByTestId("lock-screen");
  await expect(lock).toBeVisible();
  await expect(app.window.getByTestId("lock-open")).toBeFocused();
  await expect(app.window.getByTestId("saved-tick")).toBeVisible();
  await expect(app.window.getByTestId("sign-out")).toBeHidden();
  if (SHOTS) await app.window.screenshot({ path: `${SHOTS}/locked.png` });
  await app.window.keyboard.press("Enter");
  await typePin(app, day.pinOf(LEADER));
  await expect(lock).toBeHidden();
  await expect(app.window.getByTestId("sheet-note")).toHaveValue(NOTE);
  // The draft was written down as soon as its owner was back: leaving and coming again finds it.
  await app.window.getByTestId("sign-out").click();
  await goMarking(app, day);
  await startSheet(app, 1);
  await expect(app.window.getByTestId("sheet-note")).toHaveValue(NOTE);
  expect(app.troubles).toEqual([]);
});

test("[rulings 12] sleep takes an open question of main's away, and nothing is signed by it", async () => {
  await app.window.getByTestId("sign-out").click();
  await app.window.getByTestId(`sign-in-person-${ADMINISTRATOR}`).click();
  await expect(app.confirm.getByTestId("confirm-pin")).toBeVisible();
  await sleep();
  await expect(app.confirm.getByTestId("confirm-pin")).toBeHidden();
  await expect(app.window.getByTestId("sign-in-refused")).toBeVisible();
});

test("[rulings 12] another person may sign in at a locked laptop, and begins at home", async () => {
  await goMarking(app, day);
  await sleep();
  await app.window.getByTestId("lock-other").click();
  await expect(app.window.getByTestId("lock-screen")).toBeHidden();
  await app.window.getByTestId(`sign-in-person-${ADMINISTRATOR}`).click();
  await typePin(app, day.pinOf(ADMINISTRATOR));
  await expect(app.window.getByTestId("sign-out")).toBeVisible();
  await expect(app.window.locator("[data-place=day]")).toBeVisible();
});
