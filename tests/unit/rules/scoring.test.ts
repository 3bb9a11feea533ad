// R33 to R39 and the worked example of domain D4: every example of the rulebook, and what holds for every input.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, compare, divide, fraction, fractionToText, multiply, roundHalfUp, ZERO } from "#shared/base";
import type { ItemInput, Rubric, RubricItem } from "#shared/exam";
import { checkInput, checkItems, overtimeSteps, sampleRubrics, scoreItem, totalOf } from "#shared/rules";
import { property } from "../../support/property.ts";

const text = { zh: "项", en: "item" };
const base = { no: 1, fn: "TEST", text };
const OVERTIME: Rubric["overtime"] = { perMinutes: 3, mark: 1, maxMinutes: 15 };
const MINUTE_MS = 60_000;

/** Marks in these items are whole points: one step is one point. */
function aDeductItem(max: number, ...lines: [amount: number, cap: number][]): RubricItem {
  const withCodes = lines.map(([amount, cap], at) => ({ code: "abcdefghi".charAt(at), text, amount, cap }));
  return { ...base, kind: "DEDUCT", max, lines: withCodes };
}

/** Steps of half a point, readings in hundredths of a millimetre: R34's first example. */
function aMeasureItem(points = 1): RubricItem {
  const bands = [
    { upTo: 30, mark: 6 },
    { upTo: 50, mark: 3 },
  ];
  const groups = [{ id: "points", points, bands, otherwise: 0 }];
  return { ...base, kind: "MEASURE", max: 6 * points, unit: "mm", resolution: fraction(1, 100), groups };
}

function aCheckItem(checks: number, mayNotApply: boolean): RubricItem {
  return { ...base, kind: "CHECK", max: 3 * checks, checks, each: 3, mayNotApply };
}

const judgeItem: RubricItem = { ...base, kind: "JUDGE", max: 6, scale: [text, text, text, text] };
const pointsItem: RubricItem = { ...base, kind: "POINTS", max: 10, criteria: null };

function picked(...picks: [code: string, count: number][]): ItemInput {
  return { kind: "DEDUCT", picked: picks.map(([code, count]) => ({ code, count })) };
}

function readings(...values: (number | null)[]): ItemInput {
  return { kind: "MEASURE", readings: [{ group: "points", values }] };
}

function checks(...values: ("yes" | "no" | "na" | null)[]): ItemInput {
  return { kind: "CHECK", checks: values };
}

function judged(level: number): ItemInput {
  return { kind: "JUDGE", level };
}

function refusalCode(item: RubricItem, input: ItemInput, complete = false): string | undefined {
  const checked = checkInput(item, input, { complete });
  return checked.ok ? undefined : checked.error.code;
}

describe("deduction items", () => {
  test("[R33] six deductions of two leave zero, not minus two", () => {
    expect(scoreItem(aDeductItem(10, [2, 100]), picked(["a", 6]))).toEqual(ZERO);
  });

  test("[R33] a line stops at its cap", () => {
    expect(scoreItem(aDeductItem(10, [1, 3], [2, 4]), picked(["a", 7], ["b", 1]))).toEqual(fraction(5));
  });

  test("[R33] nothing picked keeps the whole mark, and a blank item has none", () => {
    expect(scoreItem(aDeductItem(10, [1, 3]), picked())).toEqual(fraction(10));
    expect(scoreItem(aDeductItem(10, [1, 3]), undefined)).toBeNull();
  });
});

describe("measurement items", () => {
  test.each([
    [30, 6],
    [31, 3],
    [51, 0],
  ])("[R34] reading %i hundredths gives %i half points: a bound belongs to its band", (reading, mark) => {
    expect(scoreItem(aMeasureItem(), readings(reading))).toEqual(fraction(mark));
  });

  test("[R34] a tolerance of one millimetre is met at 1.0 and not at 1.1", () => {
    const groups = [{ id: "points", points: 1, bands: [{ upTo: 10, mark: 4 }], otherwise: 0 }];
    const item: RubricItem = {
      ...base,
      kind: "MEASURE",
      max: 4,
      unit: "mm",
      resolution: fraction(1, 10),
      groups,
    };
    expect(scoreItem(item, readings(10))).toEqual(fraction(4));
    expect(scoreItem(item, readings(11))).toEqual(ZERO);
  });

  test("[R34] several points are summed, and one missing reading leaves the item without a mark", () => {
    expect(scoreItem(aMeasureItem(3), readings(30, 31, 51))).toEqual(fraction(9));
    expect(scoreItem(aMeasureItem(3), readings(30, null, 51))).toBeNull();
    expect(scoreItem(aMeasureItem(3), { kind: "MEASURE", readings: [] })).toBeNull();
  });
});

describe("judgement items", () => {
  test("[R35] a level is an exact third of the mark", () => {
    expect([0, 1, 2, 3].map((level) => scoreItem({ ...judgeItem, max: 5 }, judged(level)))).toEqual([
      ZERO,
      fraction(5, 3),
      fraction(10, 3),
      fraction(5),
    ]);
  });

  test.each([
    [[2, 2, 3], "4.67"],
    [[3, 3, 3], "6"],
  ])("[R35] levels %j of six points average to %s", (levels, mean) => {
    const marks = levels.map((level) => scoreItem(judgeItem, judged(level)) ?? ZERO);
    expect(fractionToText(divide(marks.reduce(add), fraction(levels.length)))).toBe(mean);
  });
});

describe("check items", () => {
  test("[R36] yes is the mark, no is nothing", () => {
    expect(scoreItem(aCheckItem(4, false), checks("yes", "no", "yes", "yes"))).toEqual(fraction(9));
  });

  test("[R36] what does not apply gives its marks to the others in proportion", () => {
    expect(scoreItem(aCheckItem(4, true), checks("yes", "no", "na", "yes"))).toEqual(fraction(8));
    expect(scoreItem(aCheckItem(4, true), checks("na", "na", "na", "no"))).toEqual(ZERO);
  });

  test("[R36] where nothing applies nothing was lost", () => {
    expect(scoreItem(aCheckItem(2, true), checks("na", "na"))).toEqual(fraction(6));
  });

  test("[R36] `not applicable` is refused where the rubric does not allow it", () => {
    expect(refusalCode(aCheckItem(2, false), checks("na", "yes"))).toBe("mark.na-not-allowed");
    expect(refusalCode(aCheckItem(2, true), checks("na", "yes"))).toBeUndefined();
    expect(() => scoreItem(aCheckItem(2, false), checks("na", "yes"))).toThrow("invariant");
  });
});

describe("typed points", () => {
  test("[R37] a typed mark is a count of steps, up to the item's and not above", () => {
    expect(scoreItem(pointsItem, { kind: "POINTS", steps: 10 })).toEqual(fraction(10));
    expect(refusalCode(pointsItem, { kind: "POINTS", steps: 10 })).toBeUndefined();
    expect(refusalCode(pointsItem, { kind: "POINTS", steps: 11 })).toBe("mark.above-max");
    expect(() => scoreItem(pointsItem, { kind: "POINTS", steps: 11 })).toThrow("invariant");
  });
});

describe("what an examiner may record", () => {
  test("an input of another kind is refused, and never scored", () => {
    for (const item of [aDeductItem(5, [1, 5]), aMeasureItem(), judgeItem, aCheckItem(1, true), pointsItem]) {
      const other: ItemInput = item.kind === "JUDGE" ? { kind: "POINTS", steps: 1 } : judged(1);
      expect(refusalCode(item, other)).toBe("mark.kind-mismatch");
      expect(() => scoreItem(item, other)).toThrow("invariant");
    }
  });

  test("a deduction that the rubric does not list is refused, and so is one picked twice", () => {
    expect(refusalCode(aDeductItem(5, [1, 5]), picked(["z", 1]))).toBe("mark.unknown-line");
    expect(refusalCode(aDeductItem(5, [1, 5]), picked(["a", 1], ["a", 1]))).toBe("mark.repeated-line");
    expect(() => scoreItem(aDeductItem(5, [1, 5]), picked(["z", 1]))).toThrow("invariant");
  });

  test("too many or too few readings are refused, and so is a group from elsewhere", () => {
    expect(refusalCode(aMeasureItem(2), readings(1))).toBe("mark.count-mismatch");
    expect(refusalCode(aMeasureItem(2), readings(1, 2, 3))).toBe("mark.count-mismatch");
    expect(refusalCode(aMeasureItem(2), { kind: "MEASURE", readings: [] })).toBe("mark.count-mismatch");
    const elsewhere: ItemInput = { kind: "MEASURE", readings: [{ group: "side", values: [1, 2] }] };
    expect(refusalCode(aMeasureItem(2), elsewhere)).toBe("mark.unknown-group");
    const twice = { group: "points", values: [1, 2] };
    expect(refusalCode(aMeasureItem(2), { kind: "MEASURE", readings: [twice, twice] })).toBe(
      "mark.count-mismatch",
    );
  });

  test("too many or too few checks are refused", () => {
    expect(refusalCode(aCheckItem(2, true), checks("yes"))).toBe("mark.count-mismatch");
    expect(refusalCode(aCheckItem(2, true), checks("yes", "no", "no"))).toBe("mark.count-mismatch");
  });

  test("a draft may have gaps, a signed sheet may not", () => {
    expect(refusalCode(aMeasureItem(2), readings(1, null))).toBeUndefined();
    expect(refusalCode(aMeasureItem(2), readings(1, null), true)).toBe("mark.incomplete");
    expect(refusalCode(aCheckItem(2, true), checks("yes", null))).toBeUndefined();
    expect(refusalCode(aCheckItem(2, true), checks("yes", null), true)).toBe("mark.incomplete");
    expect(refusalCode(aMeasureItem(2), readings(1, 0), true)).toBeUndefined();
  });

  test("a sheet with an item that the rubric does not have is refused, and a whole one needs every item", () => {
    const rubric = { items: [judgeItem, { ...pointsItem, no: 2 }] };
    const codeOf = (items: Record<string, ItemInput>, complete: boolean) => {
      const checked = checkItems(rubric, items, { complete });
      return checked.ok ? undefined : checked.error;
    };
    expect(codeOf({ "9": judged(1) }, false)).toEqual({ code: "item.unknown", facts: { item: "9" } });
    expect(codeOf({ "01": judged(1) }, false)?.code).toBe("item.unknown");
    expect(codeOf({ "1": judged(1) }, false)).toBeUndefined();
    expect(codeOf({ "1": judged(1) }, true)).toEqual({ code: "mark.incomplete", facts: { item: 2 } });
    expect(codeOf({ "1": judged(1), "2": judged(1) }, false)?.code).toBe("mark.kind-mismatch");
    expect(codeOf({ "1": judged(1), "2": { kind: "POINTS", steps: 0 } }, true)).toBeUndefined();
  });
});

test("an item of a kind nobody knows is not scored as nothing: it crashes", () => {
  const strange = { kind: "ESSAY", no: 1, max: 2 } as unknown as RubricItem;
  const input = { kind: "POINTS", steps: 1 } as const;
  expect(() => scoreItem(strange, input)).toThrow();
  expect(() => checkInput(strange, input, { complete: false })).toThrow();
});

describe("overtime", () => {
  test.each([
    [0, 0],
    [1, 1],
    [3, 1],
    [4, 2],
    [7, 3],
    [15, 5],
    [40, 5],
  ])("[R39] %i minutes over cost %i", (minutes, mark) => {
    expect(overtimeSteps(OVERTIME, minutes * MINUTE_MS)).toBe(mark);
  });

  test("[R39] a period counts as soon as it has started, and not before", () => {
    expect(overtimeSteps(OVERTIME, 1)).toBe(1);
    expect(overtimeSteps(OVERTIME, 3 * MINUTE_MS)).toBe(1);
    expect(overtimeSteps(OVERTIME, 3 * MINUTE_MS + 1)).toBe(2);
  });

  test("[R39] time that is not a whole number of milliseconds crashes rather than counts", () => {
    expect(() => overtimeSteps(OVERTIME, -1)).toThrow("invariant");
    expect(() => overtimeSteps(OVERTIME, 0.5)).toThrow("invariant");
  });
});

describe("the total of a sheet", () => {
  const rubric = sampleRubrics()[0]!;
  const worked: Record<string, ItemInput> = {
    "1": picked(["a", 1]),
    "2": picked(["a", 1], ["b", 3]),
    "3": judged(2),
    "4": picked(["a", 2]),
    "5": picked(["c", 1]),
    "6": readings(22, 30, 31, 48, 55),
    "7": picked(["a", 1], ["b", 2]),
    "8": judged(2),
    "9": readings(18, 20, 41),
    "10": judged(3),
    "11": picked(["b", 1]),
    "12": picked(),
  };

  test("[D4] the worked example is 214/3 exactly", () => {
    expect(checkItems(rubric, worked, { complete: true }).ok).toBe(true);
    const total = totalOf(rubric, worked, 4 * MINUTE_MS);
    expect(total).toEqual({ total: fraction(214, 3), overtime: fraction(2), marked: 12, items: 12 });
  });

  test("[D4] with 70.0 and 73.5 beside it the panel's mark is 71.6", () => {
    const sum = [fraction(214, 3), fraction(70), fraction(147, 2)].reduce(add);
    expect(roundHalfUp(divide(sum, fraction(3)), 1)).toBe(716);
  });

  test("[R39] overtime never takes a total below zero", () => {
    expect(totalOf(rubric, { "1": picked(["a", 3], ["b", 1]) }, 15 * MINUTE_MS).total).toEqual(ZERO);
  });

  test("a blank item counts as not marked, and a zero counts as marked", () => {
    expect(totalOf(rubric, {}, 0)).toEqual({ total: ZERO, overtime: ZERO, marked: 0, items: 12 });
    expect(totalOf(rubric, { "3": judged(0) }, 0)).toMatchObject({ total: ZERO, marked: 1 });
  });

  test("an input for an item that the rubric does not have crashes rather than vanishes", () => {
    expect(() => totalOf(rubric, { "13": judged(1) }, 0)).toThrow("invariant");
  });
});

describe("for every rubric and every input", () => {
  const rubrics = sampleRubrics();
  const anItem = fc.constantFrom<RubricItem>(
    ...rubrics.flatMap((rubric) => rubric.items),
    aCheckItem(7, true),
    pointsItem,
  );
  const anItemAndInput = anItem.chain((item) => fc.tuple(fc.constant(item), inputFor(item)));

  property(
    "[R33-R36] a mark is never below zero and never above the item's",
    1000,
    [anItemAndInput],
    ([item, input]) => {
      const mark = scoreItem(item, input)!;
      expect(checkInput(item, input, { complete: true }).ok).toBe(true);
      expect(compare(mark, ZERO)).toBeGreaterThanOrEqual(0);
      expect(compare(mark, fraction(item.max))).toBeLessThanOrEqual(0);
    },
  );

  const deducts = rubrics.flatMap((rubric) => rubric.items).filter((item) => item.kind === "DEDUCT");
  const picks = fc.constantFrom(...deducts).chain((item) => {
    const input = inputFor(item) as fc.Arbitrary<Extract<ItemInput, { kind: "DEDUCT" }>>;
    return input.chain((one) =>
      fc.tuple(
        fc.constant(item),
        fc.constant(one),
        fc.shuffledSubarray(one.picked, { minLength: one.picked.length }),
      ),
    );
  });
  property(
    "[R33] the order in which deductions are picked does not matter",
    1000,
    [picks],
    ([item, input, shuffled]) => {
      expect(scoreItem(item, { kind: "DEDUCT", picked: shuffled })).toEqual(scoreItem(item, input));
    },
  );

  const sheets = fc
    .constantFrom(...rubrics)
    .chain((rubric) =>
      fc.tuple(
        fc.constant(rubric),
        fc.tuple(...rubric.items.map((item) => fc.option(inputFor(item), { nil: undefined }))),
        fc.integer({ min: 0, max: 30 * MINUTE_MS }),
      ),
    );
  property(
    "[R39] the total is the sum of the marks less overtime, in points, and at most 100",
    1000,
    [sheets],
    ([rubric, inputs, overtimeMs]) => {
      const entered = rubric.items.flatMap((item, at) => (inputs[at] ? [[String(item.no), inputs[at]]] : []));
      const { total, overtime, marked } = totalOf(
        rubric,
        Object.fromEntries(entered) as Record<string, ItemInput>,
        overtimeMs,
      );
      const marks = rubric.items.map((item, at) => scoreItem(item, inputs[at]) ?? ZERO);
      const sum = multiply(marks.reduce(add, ZERO), rubric.step);
      expect(marked).toBe(entered.length);
      expect(compare(total, ZERO)).toBeGreaterThanOrEqual(0);
      expect(compare(total, fraction(100))).toBeLessThanOrEqual(0);
      if (compare(sum, overtime) >= 0) expect(add(total, overtime)).toEqual(sum);
      else expect(total).toEqual(ZERO);
    },
  );
});

function inputFor(item: RubricItem): fc.Arbitrary<ItemInput> {
  switch (item.kind) {
    case "DEDUCT":
      return fc
        .subarray(item.lines.map((line) => line.code))
        .chain((codes) =>
          fc
            .tuple(...codes.map(() => fc.integer({ min: 1, max: 999 })))
            .map((counts) => picked(...codes.map((code, at): [string, number] => [code, counts[at]!]))),
        );
    case "MEASURE":
      return fc
        .tuple(
          ...item.groups.map(({ points }) =>
            fc.array(fc.integer({ min: 0, max: 100 }), { minLength: points, maxLength: points }),
          ),
        )
        .map((values) => ({
          kind: "MEASURE",
          readings: item.groups.map(({ id }, at) => ({ group: id, values: values[at]! })),
        }));
    case "JUDGE":
      return fc.integer({ min: 0, max: 3 }).map(judged);
    case "CHECK": {
      const answer = item.mayNotApply ? fc.constantFrom("yes", "no", "na") : fc.constantFrom("yes", "no");
      return fc
        .array(answer, {
          minLength: item.checks,
          maxLength: item.checks,
        })
        .map((values) => checks(...values));
    }
    case "POINTS":
      return fc.integer({ min: 0, max: item.max }).map((steps) => ({ kind: "POINTS", steps }));
  }
}
