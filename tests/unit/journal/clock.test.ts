// What is said of the wall clock (P16, T15), and that nothing else depends on it.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BootId, InstantMs, type ClockReading } from "#shared/base";
import { CHANGED_MS, compareClock, TRUSTED_MS } from "#shared/journal";
import { watchClock } from "../../../electron/desk/index.ts";
import { openDesk } from "../../support/little-desk.ts";
import { CLOCK } from "../../support/desk-harness.ts";
import { property } from "../../support/property.ts";

const BOOT = BootId.parse("0123456789abcdef");
const OTHER_BOOT = BootId.parse("fedcba9876543210");
const at = (wall: number, mono: number, boot = BOOT): ClockReading => ({
  wall: InstantMs.parse(wall),
  mono,
  boot,
});
const NOON = 1_795_420_000_000;
const YEAR = 365 * 24 * 3_600_000;

property(
  "[P16] set by anything from two minutes to ten years either way, it is changed, by exactly that; left alone, it is trusted",
  2000,
  [fc.integer({ min: CHANGED_MS, max: 10 * YEAR }), fc.boolean(), fc.nat(48 * 3_600_000)],
  (size, isForward, passed) => {
    const byMs = isForward ? size : -size;
    const now = at(NOON + passed + byMs, 1000 + passed);
    expect(compareClock(at(NOON, 1000), now, 0)).toEqual({ state: "changed", against: "monotonic", byMs });
    expect(compareClock(at(NOON, 1000), at(NOON + passed, 1000 + passed), 0)).toBeNull();
  },
);

test("[P16] some seconds are a drift, less than five are nothing", () => {
  expect(compareClock(at(NOON, 0), at(NOON + TRUSTED_MS, 0), 0)).toMatchObject({ state: "drifted" });
  expect(compareClock(at(NOON, 0), at(NOON + TRUSTED_MS - 1, 0), 0)).toBeNull();
});

test("[P16] over a restart of the computer only standing too early can be seen, by the journal or by the registry", () => {
  const earlier = at(NOON, 9_000_000);
  expect(compareClock(earlier, at(NOON + YEAR, 5, OTHER_BOOT), 0)).toBeNull();
  expect(compareClock(earlier, at(NOON - YEAR, 5, OTHER_BOOT), 0)).toMatchObject({
    against: "journal",
    byMs: -YEAR,
  });
  expect(compareClock(null, at(NOON, 5), NOON + YEAR)).toMatchObject({
    against: "registry",
    state: "changed",
  });
});

/** A desk whose clock a test turns. */
async function aWatchedDesk() {
  const desk = await openDesk();
  let now: ClockReading = CLOCK;
  let due: () => void = () => undefined;
  const watch = await watchClock(desk.journal, { clock: () => now }, (_ms, act) => {
    due = act;
    return () => undefined;
  });
  const pass = async (wallMs: number, monoMs: number) => {
    now = { ...now, wall: InstantMs.parse(now.wall + wallMs), mono: now.mono + monoMs };
    due();
    await new Promise(setImmediate);
  };
  const changes = () =>
    desk.journal.entries.filter(({ entry }) => entry.body.kind === "clock.changed").length;
  const state = () => desk.journal.view.read("chain", "only")?.clock.state;
  return { ...desk, watch, pass, changes, state };
}

test("[P16] a jump while people work is written down once, and stays said when the clock only drifts afterwards", async () => {
  const desk = await aWatchedDesk();
  await desk.pass(5_000, 5_000);
  expect([desk.changes(), desk.state()]).toEqual([0, "trusted"]);
  await desk.pass(3_600_000 + 5_000, 5_000);
  expect([desk.changes(), desk.state()]).toEqual([1, "changed"]);
  await desk.pass(5_000, 5_000);
  await desk.pass(15_000, 5_000);
  expect([desk.changes(), desk.state()]).toEqual([2, "changed"]);
  desk.watch.stop();
});

test("[P16] sleep is no change: both clocks went on", async () => {
  const desk = await aWatchedDesk();
  await desk.pass(8 * 3_600_000, 8 * 3_600_000);
  expect(desk.changes()).toBe(0);
  desk.watch.stop();
});
