// A clock that somebody sets in the middle of a sitting (S11, P16): said on the screen, harmless to every mark.
import { expect, test } from "@playwright/test";
import { demonstration } from "../support/demonstration.ts";
import { goMarking, markAndSign, prepareSmallDay } from "../support/small-day.ts";

const SHOTS = process.env["JIANGPING_SHOTS"];
const YEARS = 3 * 365 * 24 * 3_600_000;

const demo = demonstration();

test("[S11] [P16] set back three years while marking: the foot says so, and marks and signatures go on", async () => {
  test.setTimeout(120_000);
  const day = await prepareSmallDay(demo.app, 2);
  await goMarking(demo.app, day);
  await markAndSign(demo.app, day, 1);
  const clock = demo.app.window.getByTestId("clock");
  await expect(clock).toHaveAttribute("data-state", "trusted");
  await demo.app.electron.evaluate((_electron, by) => {
    const before = Date.now;
    Date.now = () => before() - by;
  }, YEARS);
  await expect(clock).toHaveAttribute("data-state", "changed", { timeout: 15_000 });
  await markAndSign(demo.app, day, 2);
  if (SHOTS) await demo.app.window.screenshot({ path: `${SHOTS}/clock.png` });
  expect(demo.app.troubles).toEqual([]);
});
