// The readiness sheet: what is worth what, and how a drill reaches the tables.
import { describe, expect, test } from "vitest";
import { InstantMs, Kid } from "#shared/base";
import {
  DRILL_STEPS,
  DrillResults,
  isHeld,
  readinessOf,
  type DrillResult,
  type Readiness,
} from "#shared/exam";
import { anOpenedCentre, clockAt, NINE_O_CLOCK, personId, testHash } from "../../support/journal-builders.ts";

const DAY_MS = 86_400_000;
const device = Kid.parse(`ed25519.${"d".repeat(32)}`);
const results: DrillResult[] = DRILL_STEPS.map((step) => ({
  step,
  result: "held",
  trouble: null,
  tried: 2,
  stakes: 10,
  wrong: 0,
  modelled: false,
  durationMs: 1,
}));
const held: Readiness = {
  device,
  sheet: testHash("sheet"),
  build: testHash("build"),
  person: personId(4),
  results,
  at: { ...clockAt(1), wall: InstantMs.parse(NINE_O_CLOCK) },
};
const now = { build: testHash("build"), wall: NINE_O_CLOCK + DAY_MS, validDays: 30 };
const withOne = (change: Partial<DrillResult>): DrillResult[] =>
  results.map((one, at) => (at === 2 ? { ...one, ...change } : one));

describe("a laptop", () => {
  test("is ready when every step held, under the same program, within the days", () => {
    expect(readinessOf(held, now)).toEqual({ state: "green", because: "held" });
    expect(readinessOf(held, { ...now, wall: NINE_O_CLOCK + 30 * DAY_MS }).state).toBe("green");
  });

  test("is not ready without a drill, and not after one that fell short or was not finished", () => {
    expect(readinessOf(null, now)).toEqual({ state: "none", because: "never" });
    expect(readinessOf(undefined, now).state).toBe("none");
    for (const result of ["short", "not-tried"] as const) {
      const drill = { ...held, results: withOne({ result, trouble: "store-differs" }) };
      expect(readinessOf(drill, now)).toEqual({ state: "red", because: "short" });
      expect(isHeld(drill.results)).toBe(false);
    }
  });

  test("is not ready any more after another program, or too many days on either side of a wrong clock", () => {
    expect(readinessOf(held, { ...now, build: testHash("other") })).toEqual({
      state: "old",
      because: "build",
    });
    for (const wall of [NINE_O_CLOCK + 31 * DAY_MS, NINE_O_CLOCK - 31 * DAY_MS])
      expect(readinessOf(held, { ...now, wall })).toEqual({ state: "old", because: "days" });
  });
});

test("a drill lacks no step and has none twice, or it is refused", () => {
  expect(DrillResults.safeParse(results).success).toBe(true);
  expect(DrillResults.safeParse(results.slice(1)).success).toBe(false);
  expect(DrillResults.safeParse([...results.slice(0, 5), results[0]]).success).toBe(false);
  expect(DrillResults.safeParse([...results].reverse()).success).toBe(false);
});

test("the fold keeps the newest drill of each device, and no older one", () => {
  const journal = anOpenedCentre();
  const { at: _at, ...body } = held;
  journal.append({ kind: "drill.held", ...body }, personId(4));
  journal.append({ kind: "drill.held", ...body, sheet: testHash("second") }, personId(4));
  const other = Kid.parse(`ed25519.${"e".repeat(32)}`);
  journal.append({ kind: "drill.held", ...body, device: other }, personId(4));
  expect(journal.view.keys("readiness")).toEqual([device, other]);
  expect(journal.view.read("readiness", device)?.sheet).toBe(testHash("second"));
  expect(journal.view.read("readiness", device)?.at).toEqual(journal.entries.at(-2)?.entry.at);
});
