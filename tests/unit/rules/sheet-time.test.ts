// R39: what was paused is given back, whatever was paused and however often, by the clock that nobody sets.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BootId, elapsedMs, type ClockReading } from "#shared/base";
import { MAX_OVERTIME_MS, openPauseOf, PauseReason, type Pause } from "#shared/exam";
import { overtimeByClock, sheetTime } from "#shared/rules";
import { after } from "../../support/flag-builders.ts";
import { personId } from "../../support/journal-builders.ts";
import { property } from "../../support/property.ts";

const MINUTE = 60_000;
const reason: PauseReason = { kind: "power" };
const OTHER_BOOT = BootId.parse("ffffffffffffffff");

const aPause = (from: ClockReading, to: ClockReading | null): Pause => ({
  ...{ reason, from, by: personId(1) },
  resumed: to && { at: to, by: personId(1) },
});

describe("the time of a sheet", () => {
  test("[R39] is all of it while nothing is paused", () => {
    expect(sheetTime({ startedAt: after(5), pauses: [] }, after(5 + MINUTE))).toEqual({
      ...{ usedMs: MINUTE, givenBackMs: 0, paused: null, isByWall: false },
    });
  });

  test("[R39] stands still from the pause on, and what the pause took is given back once it runs again", () => {
    const open = aPause(after(10 * MINUTE), null);
    const standing = sheetTime({ startedAt: after(0), pauses: [open] }, after(25 * MINUTE));
    expect(standing).toMatchObject({ usedMs: 10 * MINUTE, givenBackMs: 15 * MINUTE, paused: open });
    const ended = aPause(after(10 * MINUTE), after(30 * MINUTE));
    expect(sheetTime({ startedAt: after(0), pauses: [ended] }, after(45 * MINUTE))).toMatchObject({
      ...{ usedMs: 25 * MINUTE, givenBackMs: 20 * MINUTE, paused: null },
    });
    expect(openPauseOf({ pauses: [ended, open] })).toBe(open);
    expect(openPauseOf({ pauses: [open, ended] })).toBeNull();
  });

  test("[P16] a wall clock that is set in the middle moves nothing while the computer runs", () => {
    const set = (ms: number) => after(ms, { wallMs: ms - 3 * 365 * 24 * 60 * MINUTE + 1e12 });
    const pauses = [aPause(after(10 * MINUTE), set(12 * MINUTE))];
    expect(sheetTime({ startedAt: after(0), pauses }, set(20 * MINUTE))).toMatchObject({
      ...{ usedMs: 18 * MINUTE, givenBackMs: 2 * MINUTE, isByWall: false },
    });
  });

  test("[P16] over a restart the wall clock stands in for that stretch alone, and it is said", () => {
    const later = (ms: number, wallMs: number) => after(ms, { boot: OTHER_BOOT, wallMs });
    // Paused, then the laptop went off, and came up with a clock an hour ahead.
    const pauses = [aPause(after(10 * MINUTE), later(2 * MINUTE, 75 * MINUTE))];
    expect(sheetTime({ startedAt: after(0), pauses }, later(7 * MINUTE, 80 * MINUTE))).toMatchObject({
      ...{ usedMs: 15 * MINUTE, givenBackMs: 65 * MINUTE, isByWall: true },
    });
    // A clock that was put back across the restart takes away nothing that was measured before.
    expect(sheetTime({ startedAt: after(MINUTE), pauses: [] }, later(0, -MINUTE)).usedMs).toBe(0);
  });
});

const stretches = fc.array(
  fc.record({ ms: fc.integer({ min: 0, max: 8 * 60 * MINUTE }), slips: fc.integer({ min: -1e9, max: 1e9 }) }),
  { minLength: 1, maxLength: 21 },
);

/** Work and standing still by turns, on a wall clock that slips at every turn. */
function turnsOf(parts: readonly { readonly ms: number; readonly slips: number }[], boots = false) {
  let [mono, wall] = [0, 2e9];
  const readings = [after(0, { wallMs: wall })];
  for (const [n, { ms, slips }] of parts.entries()) {
    mono += ms;
    wall += ms + slips;
    const boot = boots && n % 3 === 2 ? { boot: OTHER_BOOT } : {};
    readings.push(after(mono, { wallMs: Math.max(0, wall), ...boot }));
  }
  const turns = readings.slice(1, -1);
  const pauses = turns.flatMap((from, n) => (n % 2 === 0 ? [aPause(from, turns[n + 1] ?? null)] : []));
  return { readings, pauses, startedAt: readings[0] as ClockReading, now: readings.at(-1) as ClockReading };
}

property(
  "[R39] whatever is paused, time used and time given back are together the monotonic time since the start",
  500,
  [stretches],
  (parts) => {
    const { pauses, startedAt, now } = turnsOf(parts);
    const { usedMs, givenBackMs, isByWall } = sheetTime({ startedAt, pauses }, now);
    expect(usedMs + givenBackMs).toBe(now.mono - startedAt.mono);
    expect(givenBackMs).toBe(parts.reduce((sum, { ms }, n) => sum + (n % 2 === 1 ? ms : 0), 0));
    expect(isByWall).toBe(false);
  },
);

property(
  "[R39] [P16] over restarts too they are together every stretch by its best clock, and neither is below nothing",
  500,
  [stretches],
  (parts) => {
    const { readings, pauses, startedAt, now } = turnsOf(parts, true);
    const { usedMs, givenBackMs } = sheetTime({ startedAt, pauses }, now);
    const span = readings
      .slice(1)
      .reduce((sum, to, n) => sum + elapsedMs(readings[n] as ClockReading, to), 0);
    expect(usedMs + givenBackMs).toBe(span);
    expect(Math.min(usedMs, givenBackMs)).toBeGreaterThanOrEqual(0);
  },
);

describe("the overtime that the clock proposes", () => {
  test.each([
    [0, 0],
    [60 * MINUTE, 0],
    [60 * MINUTE + 1, 1],
    [61 * MINUTE, 1],
    [67 * MINUTE + 1, 8],
  ])("[R39] after %i ms of sixty minutes is %i begun minutes", (usedMs, minutes) => {
    expect(overtimeByClock(usedMs, { minutes: 60 })).toBe(minutes * MINUTE);
  });

  test("[R39] of a sheet that lay open for a week is no more than a sheet can record", () => {
    expect(overtimeByClock(7 * 24 * 60 * MINUTE, { minutes: 60 })).toBe(MAX_OVERTIME_MS);
  });
});

test("a reason is one of the list without words, or another one in words", () => {
  const isReason = (value: unknown) => PauseReason.safeParse(value).success;
  expect(isReason({ kind: "alarm" })).toBe(true);
  expect(isReason({ kind: "alarm", text: "响了" })).toBe(false);
  expect(isReason({ kind: "other", text: "窑炉跳闸" })).toBe(true);
  expect(isReason({ kind: "other", text: "  " })).toBe(false);
  expect(isReason({ kind: "other", text: "长".repeat(201) })).toBe(false);
  expect(isReason({ kind: "lunch" })).toBe(false);
});
