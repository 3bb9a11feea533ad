// How strict an examiner is beside their panel, and how sure that is: differences that were put there come out again, and of
// few sheets nothing is said.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, PersonId } from "#shared/base";
import { qualityLimitValues } from "#shared/exam";
import {
  apartFromOthers,
  defaultQualityLimits,
  estimateSeverity,
  meanInterval,
  type SignedTotal,
} from "#shared/rules";
import { property } from "../../support/property.ts";
import { NOISES, simulatePanel } from "../../support/simulated-panel.ts";

const limits = qualityLimitValues(defaultQualityLimits());
const EXAMINERS = ["a", "b", "c"].map((id) => PersonId.parse(id));

/** One row a candidate, one mark an examiner. */
function aPanel(rows: readonly (readonly number[])[]): SignedTotal[] {
  return rows.flatMap((points, row) =>
    points.map((one, at) => ({
      candidate: `c-${String(row)}`,
      examiner: EXAMINERS[at] ?? PersonId.parse("other"),
      points: one,
    })),
  );
}

/** So many candidates, whom the first examiner gives `by` more, give or take a point. */
const leaning = (sheets: number, by: number) =>
  aPanel(Array.from({ length: sheets }, (_, n) => [70 + by + [-1, 0, 1][n % 3]!, 70, 70 + (n % 2)]));
const verdictOn = (marks: readonly SignedTotal[], examiner = EXAMINERS[0]) =>
  estimateSeverity(marks, limits, 1).find((one) => one.examiner === examiner);

describe("how far an examiner lies from the others", () => {
  test("is their total minus the mean of the others of the same candidate", () => {
    expect(apartFromOthers(aPanel([[80, 70, 72]])).map(({ examiner, apart }) => [examiner, apart])).toEqual([
      ["a", 9],
      ["b", -6],
      ["c", -3],
    ]);
  });

  test("is not told from a panel of two, where it could be either of them", () => {
    expect(apartFromOthers(aPanel([[80, 70]]))).toEqual([]);
    expect(estimateSeverity(aPanel([[80, 70]]), limits, 1)).toEqual([]);
  });
});

describe("a verdict", () => {
  test("is not given under the stated least number of sheets, however far an examiner lies", () => {
    expect(verdictOn(leaning(limits.severityLeastSheets - 1, 30))).toMatchObject({ verdict: "too-few" });
    expect(verdictOn(leaning(limits.severityLeastSheets, 30))).toMatchObject({ verdict: "milder" });
  });

  test("says milder, stricter or within only where the whole interval does", () => {
    expect(verdictOn(leaning(30, 12))?.verdict).toBe("milder");
    expect(verdictOn(leaning(30, -12))?.verdict).toBe("stricter");
    expect(verdictOn(leaning(30, 1))?.verdict).toBe("within");
    // Just at the limit, on either side of which the interval reaches.
    expect(verdictOn(leaning(30, limits.severityPoints + 0.5))?.verdict).toBe("unclear");
    expect(verdictOn(leaning(30, -limits.severityPoints + 0.5))?.verdict).toBe("unclear");
  });

  test("is not given where nothing varies: that is no certainty but no measurement", () => {
    expect(verdictOn(aPanel(Array.from({ length: 30 }, () => [80, 70, 70])))).toMatchObject({
      points: 10,
      interval: null,
      verdict: "unclear",
    });
  });

  test("names the mildest first, and everybody with the sheets that count", () => {
    const found = estimateSeverity([...leaning(30, 6), ...aPanel([[50, 60]]).map(asOther)], limits, 1);
    expect(found.map(({ examiner, sheets }) => [examiner, sheets])).toEqual([
      ["a", 30],
      ["c", 30],
      ["b", 30],
    ]);
  });
});

const asOther = (mark: SignedTotal): SignedTotal => ({ ...mark, candidate: "seen by two only" });

describe("an interval", () => {
  test("is not given for one value, for values that do not vary, or where too few resamples vary", () => {
    expect(meanInterval([3], createRandom(1))).toBeNull();
    expect(meanInterval([1 / 3, 1 / 3, 1 / 3], createRandom(1))).toBeNull();
    // One in two resamples of two values draws the same one twice.
    expect(meanInterval([1, 2], createRandom(1))).toBeNull();
  });

  test("comes again with its seed, in whatever order the values come", () => {
    const values = [1, 2.5, -0.5, 4, 0, 1.5, 3, -2];
    const first = meanInterval(values, createRandom(7));
    expect(first).not.toBeNull();
    expect(meanInterval([...values].reverse(), createRandom(7))).toEqual(first);
    expect(meanInterval(values, createRandom(8))).not.toEqual(first);
  });
});

property(
  "severities that were put into a simulated panel are recovered: within six errors of what was put there",
  40,
  [fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(...NOISES), fc.integer({ min: 20, max: 120 })],
  (seed, noise, sheets) => {
    const { marks, truth } = simulatePanel(sheets, noise, createRandom(seed));
    for (const { examiner, points } of estimateSeverity(marks, limits, seed)) {
      // A sheet and the mean of two others: standard deviation 3 x sqrt(1.5); skewed totals lie farther out.
      expect(Math.abs(points - (truth.get(examiner) ?? Number.NaN))).toBeLessThan(
        (6 * 3 * Math.sqrt(1.5)) / Math.sqrt(sheets),
      );
    }
  },
);

property(
  "what everybody on a full panel is apart by adds up to nothing, and a point more for one moves that one by a point",
  100,
  [fc.array(fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)), { minLength: 2, maxLength: 12 })],
  (rows) => {
    const by = (marks: readonly SignedTotal[]) =>
      new Map(estimateSeverity(marks, limits, 1).map(({ examiner, points }) => [examiner, points]));
    const before = by(aPanel(rows));
    expect([...before.values()].reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 6);
    const after = by(aPanel(rows.map(([a, b, c]) => [a + 1, b, c])));
    const [a, b] = EXAMINERS.map((examiner) => (after.get(examiner) ?? 0) - (before.get(examiner) ?? 0));
    expect(a).toBeCloseTo(1, 6);
    expect(b).toBeCloseTo(-0.5, 6);
  },
);
