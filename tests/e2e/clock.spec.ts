// A clock that somebody sets in the middle of a sitting (S11, P16): said on the screen, harmless to every mark.
import { expect, test } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { goMarking, markAndSign, prepareSmallDay } from "../support/small-day.ts";

const SHOTS = process.env["JIANGPING_SHOTS"];
const YEARS = 3 * 365 * 24 * 3_600_000;

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

test("[S11] [P16] set back three years while marking: the foot says so, and marks and signatures go on", async () => {
  test.setTimeout(120_000);
  const day = await prepareSmallDay(app, 2);
  await goMarking(app, day);
  await markAndSign(app, day, 1);
  const clock = app.window.getByTestId("clock");
  await expect(clock).toHaveAttribute("data-state", "trusted");
  await app.electron.evaluate((_electron, by) => {
    const before = Date.now;
    Date.now = () => before() - by;
  }, YEARS);
  await expect(clock).toHaveAttribute("data-state", "changed", { timeout: 15_000 });
  await markAndSign(app, day, 2);
  if (SHOTS) await app.window.screenshot({ path: `${SHOTS}/clock.png` });
  expect(app.troubles).toEqual([]);
});
