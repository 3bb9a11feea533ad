// What may be published of an institution: so many of so many with an interval, nothing that tells of single people, and nothing
// from which that could be worked out.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InstitutionId } from "#shared/base";
import { QualityPeriod, qualityLimitValues, Share, type QualitySources } from "#shared/exam";
import {
  defaultQualityLimits,
  perHundred,
  publishLone,
  publishQuality,
  rateInterval,
  shareInterval,
  whyWithheld,
  withholdIn,
} from "#shared/rules";
import { property } from "../../support/property.ts";

const limits = qualityLimitValues(defaultQualityLimits());
const LEAST = limits.leastPublished;

function institutions(appeals: readonly (Share | null)[]): QualitySources[] {
  return appeals.map((share, n) => ({
    institution: InstitutionId.parse(`centre-${String(n)}`),
    name: { zh: "中心", en: "Centre" },
    ...{ remarked: null, severity: null, appeals: share, late: null, flagged: null },
  }));
}

/** What is published of appeals: hits of how many, a row each, and all of them. */
function published(...shares: readonly (readonly [hits: number, of: number] | null)[]) {
  const sources = institutions(shares.map((one) => one && { hits: one[0], of: one[1] }));
  const { rows, all } = publishQuality(sources, limits);
  const told = (share: (typeof all)["appeals"]) => share && `${String(share.hits)} of ${String(share.of)}`;
  return { rows: rows.map(({ shares: { appeals } }) => told(appeals)), all: told(all.appeals) };
}

describe("a count", () => {
  test("is published where it is none, all, or tells of enough people and leaves enough out", () => {
    expect(published([0, 40], [40, 40], [20, 40])).toEqual({
      rows: ["0 of 40", "40 of 40", "20 of 40"],
      all: "60 of 120",
    });
  });

  test("is withheld where it is small, and another with it, so that the total gives neither away", () => {
    expect(published([2, 40], [12, 40], [30, 90])).toEqual({
      rows: ["withheld of 40", "withheld of 40", "30 of 90"],
      all: "44 of 170",
    });
  });

  test("is withheld where it leaves only few out, because those would be told instead", () => {
    expect(published([38, 40], [12, 60], [30, 90]).rows[0]).toBe("withheld of 40");
  });

  test("is withheld with what it is out of, where that is small", () => {
    expect(published([1, 3], [0, 20], [10, 60])).toEqual({
      // One hit in all of the first two: the third is withheld as well, or the total would tell it.
      rows: ["withheld of withheld", "withheld of withheld", "withheld of 60"],
      all: "11 of 83",
    });
  });

  test("is no part of a total that would give it away, where nothing can be withheld beside it", () => {
    expect(published([2, 40], [0, 40])).toEqual({
      rows: ["withheld of 40", "0 of 40"],
      all: "withheld of 80",
    });
    expect(published([1, 3])).toEqual({ rows: ["withheld of withheld"], all: "withheld of withheld" });
  });

  test("of two that are withheld, one each, takes a third with it: two ones are the only way to two", () => {
    expect(published([1, 40], [1, 40], [9, 90], [50, 100]).rows).toEqual([
      ...["withheld of 40", "withheld of 40", "withheld of 90", "50 of 100"],
    ]);
  });

  test("that nobody handed in is not none, and is left out of the total", () => {
    expect(published(null, [20, 40])).toEqual({ rows: [null, "20 of 40"], all: "20 of 40" });
    expect(published(null, null)).toEqual({ rows: [null, null], all: null });
  });
});

test("how many batches were late is told to the last one: they are nobody", () => {
  const [one] = institutions([{ hits: 1, of: 30 }]);
  if (!one) throw new Error("an institution");
  const { rows, all } = publishQuality([{ ...one, late: { hits: 1, of: 30 } }], limits);
  expect(rows[0]?.shares.appeals?.hits).toBe("withheld");
  expect([rows[0]?.shares.late?.hits, all.late?.hits]).toEqual([1, 1]);
});

describe("a rate", () => {
  test("has an interval that is wide for few and narrow for many, and never leaves nothing to all", () => {
    // Wilson's interval of 5 in 10 and of none in 10, by hand.
    expect(shareInterval({ hits: 5, of: 10 }).low).toBeCloseTo(0.2366, 4);
    expect(shareInterval({ hits: 5, of: 10 }).high).toBeCloseTo(0.7634, 4);
    expect(shareInterval({ hits: 0, of: 10 })).toEqual({ low: 0, high: expect.closeTo(0.2775, 4) as number });
    expect(shareInterval({ hits: 10, of: 10 }).high).toBe(1);
    const many = shareInterval({ hits: 500, of: 1000 });
    expect(many.high - many.low).toBeLessThan(0.07);
  });

  test("is there with both counts only, and not of nothing", () => {
    const { rows } = publishQuality(
      institutions([
        { hits: 2, of: 40 },
        { hits: 20, of: 40 },
        { hits: 30, of: 90 },
        { hits: 0, of: 0 },
      ]),
      limits,
    );
    const rates = rows.map(({ shares }) => shares.appeals?.rate?.perHundred ?? null);
    expect(rates.map((rate) => rate?.toFixed(3) ?? null)).toEqual([null, null, "33.333", null]);
  });
});

describe("a figure by itself", () => {
  test("is withheld for what it tells, and nothing beside it: out of few, few, or leaving few out", () => {
    const why = (hits: number, of: number) => whyWithheld({ hits, of }, LEAST, "share");
    expect([why(0, 4), why(2, 40), why(38, 40), why(20, 40), why(0, 40), why(40, 40), why(0, 0)]).toEqual([
      ...["few", "small", "rest", null, null, null, null],
    ]);
    expect(publishLone({ hits: 2, of: 40 }, LEAST, "share")).toEqual({
      ...{ hits: "withheld", of: 40, rate: null, why: "small" },
    });
  });

  test("that may come twice to one of them leaves nobody out, and has an interval without an upper end", () => {
    expect(whyWithheld({ hits: 38, of: 40 }, LEAST, "rate")).toBeNull();
    // The score interval of ten counted events, by hand: 10 + 1.9208 -/+ 1.96 x 3.3106.
    const { low, high } = rateInterval({ hits: 10, of: 1 });
    expect([low, high]).toEqual([expect.closeTo(5.432, 3), expect.closeTo(18.41, 3)]);
    expect(rateInterval({ hits: 0, of: 2 })).toEqual({ low: 0, high: expect.closeTo(1.9208, 4) as number });
    expect(publishLone({ hits: 50, of: 40 }, LEAST, "rate").rate?.perHundred).toBe(125);
  });

  test("is told whole to whoever may see it, and is nothing where there is nothing to divide by", () => {
    expect(perHundred({ hits: 1, of: 4 }, "share")?.perHundred).toBe(25);
    expect(perHundred({ hits: 0, of: 0 }, "share")).toBeNull();
  });
});

test("a period names every institution once, and no more hits than there are", () => {
  expect(Share.safeParse({ hits: 3, of: 2 }).success).toBe(false);
  const [one] = institutions([null]);
  expect(QualityPeriod.safeParse({ period: "2026", institutions: [one] }).success).toBe(true);
  expect(QualityPeriod.safeParse({ period: "2026-Q4", institutions: [one, one] }).success).toBe(false);
  expect(QualityPeriod.safeParse({ period: "soon", institutions: [one] }).success).toBe(false);
});

const share = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 100 }))
  .map(([of, percent]) => ({ of, hits: Math.round((of * percent) / 100) }));

property(
  "whoever subtracts what is published from the total is left with at least four ways for every count that is withheld",
  1_000,
  [fc.array(share, { minLength: 1, maxLength: 8 })],
  (column) => {
    const withheld = withholdIn(column, LEAST);
    const hidden = column.filter((_, place) => withheld.hits.has(place));
    // What is small stands nowhere.
    column.forEach(({ hits, of }, place) => {
      const isTelling =
        [hits, of - hits].some((count) => count > 0 && count < LEAST) || (of > 0 && of < LEAST);
      if (isTelling) expect(withheld.hits.has(place)).toBe(true);
    });
    if (withheld.totalHits || hidden.length === 0) return;
    const sum = hidden.reduce((all, { hits }) => all + hits, 0);
    // None and all are always published, so a reader knows that a withheld count is neither, where they know what it is out of.
    const bounds = column.flatMap(({ of }, place) => {
      if (!withheld.hits.has(place)) return [];
      return withheld.of.has(place)
        ? [{ low: 0, high: Number.MAX_SAFE_INTEGER }]
        : [{ low: 1, high: of - 1 }];
    });
    for (const [at, { low, high }] of bounds.entries()) {
      const others = bounds.filter((_, other) => other !== at);
      const least = Math.max(low, sum - others.reduce((all, one) => all + one.high, 0));
      const most = Math.min(high, sum - others.reduce((all, one) => all + one.low, 0));
      expect(most - least + 1).toBeGreaterThanOrEqual(LEAST - 1);
    }
  },
);
