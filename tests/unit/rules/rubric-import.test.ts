// Rulings 14 and R32: a rubric that people wrote becomes exact integers, or a list of everything that is wrong with it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fraction } from "#shared/base";
import { Rubric } from "#shared/exam";
import { importRubric, knownOccupations, sampleRubrics } from "#shared/rules";
import arch from "../../../shared/rules/samples/demo-arch-l5.json" with { type: "json" };
import ceramic from "../../../shared/rules/samples/demo-ceramic-l4.json" with { type: "json" };
import wood from "../../../shared/rules/samples/demo-wood-l3.json" with { type: "json" };

type Json = Record<string, unknown>;

const words = { zh: "项", en: "item" };
const points = (no: number, max: number): Json => ({ no, kind: "POINTS", max, fn: "TEST", ...words });
const deduct = (no: number, max: number, ...lines: Json[]): Json => ({
  ...{ no, kind: "DEDUCT", max, fn: "TEST", ...words },
  lines: lines.map((line) => ({ c: "a", ...words, amount: 1, cap: 1, ...line })),
});
const measure = (no: number, max: number, more: Json): Json => ({
  ...{ no, kind: "MEASURE", max, fn: "TEST", ...words, unit: "mm", resolution: 0.01 },
  ...more,
});
const band = (upTo: number, mark: number) => ({ upTo, mark });
const judge = (no: number, max: number, ...levels: number[]): Json => ({
  ...{ no, kind: "JUDGE", max, fn: "TEST", ...words },
  scale: levels.map((s) => ({ s, zh: `级${s}`, en: `level ${s}` })),
});
const check = (no: number, max: number, more: Json): Json => ({
  no,
  kind: "CHECK",
  max,
  fn: "TEST",
  ...words,
  ...more,
});

/** A rubric of the given items, filled up to 100 points. */
function aRubric(items: Json[], more: Json = {}): Json {
  const used = items.reduce((sum, item) => sum + (typeof item["max"] === "number" ? item["max"] : 0), 0);
  return {
    code: "TEST-1",
    version: 1,
    illustrative: true,
    occupation: "4-13-03-02",
    direction: null,
    level: "L4",
    title: words,
    minutes: 60,
    overtime: { perMinutes: 3, mark: 1, maxMinutes: 15 },
    step: 0.5,
    specimen: "REPLICA",
    items: used < 100 ? [...items, points(99, 100 - used)] : items,
    vetoes: [],
    ...more,
  };
}

function problemsOf(json: unknown): [path: string, code: string][] {
  const imported = importRubric(json);
  return imported.ok ? [] : imported.error.map(({ path, code }) => [path, code]);
}

function imported(json: unknown): Rubric {
  const result = importRubric(json);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe("the sample rubrics", () => {
  test.each([
    ["DEMO-CERAMIC-L4", ceramic, 12],
    ["DEMO-WOOD-L3", wood, 12],
    ["DEMO-ARCH-L5", arch, 11],
  ])("[R32] %s is imported, and its items are worth 100 points", (code, json, items) => {
    const rubric = imported(json);
    expect(rubric).toMatchObject({ code, illustrative: true, step: fraction(1, 2) });
    expect(rubric.items).toHaveLength(items);
    expect(rubric.items.reduce((sum, item) => sum + item.max, 0)).toBe(200);
    expect(Rubric.parse(rubric)).toEqual(rubric);
  });

  test("marks become steps and bounds become readings", () => {
    expect(imported(ceramic).items[5]).toEqual({
      no: 6,
      kind: "MEASURE",
      max: 30,
      fn: "BOND",
      text: { zh: "粘接对位(5点错位)", en: "Alignment, step at 5 points" },
      unit: "mm",
      resolution: fraction(1, 100),
      groups: [{ id: "points", points: 5, bands: [band(30, 6), band(50, 3)], otherwise: 0 }],
    });
    expect(imported(wood).overtime).toEqual({ perMinutes: 3, mark: 2, maxMinutes: 15 });
  });

  test("several groups of points keep their order and their names", () => {
    expect(imported(arch).items[1]).toMatchObject({
      kind: "MEASURE",
      groups: [
        { id: "side", points: 4 },
        { id: "diagonal", points: 1 },
      ],
    });
  });

  test("each is about an occupation and a direction that are known", () => {
    const occupations = knownOccupations();
    for (const { occupation, direction } of sampleRubrics()) {
      const known = occupations.find(({ code }) => code === occupation);
      expect(known).toBeDefined();
      if (direction !== null) expect(known?.directions.map(({ code }) => code)).toContain(direction);
    }
  });
});

describe("what is read with some tolerance", () => {
  test("a scale may list its levels in any order", () => {
    const rubric = imported(aRubric([judge(1, 6, 3, 0, 2, 1)]));
    expect(rubric.items[0]).toMatchObject({
      scale: [0, 1, 2, 3].map((s) => ({ zh: `级${s}`, en: `level ${s}` })),
    });
  });

  test("a check is always applicable unless the file says otherwise", () => {
    const rubric = imported(
      aRubric([check(1, 4, { checks: 4, each: 1 }), check(2, 4, { checks: 4, each: 1, mayNotApply: true })]),
    );
    expect(rubric.items).toMatchObject([{ mayNotApply: false }, { mayNotApply: true }, {}]);
  });

  test("a mark that is no binary fraction is exact all the same", () => {
    const rubric = imported(aRubric([deduct(1, 0.3, { amount: 0.1, cap: 0.3 })], { step: 0.1 }));
    expect(rubric.items[0]).toMatchObject({ max: 3 });
  });
});

describe("what is refused", () => {
  test("[R32] a rubric of 99.5 points is refused, and one of 100.5 too", () => {
    expect(importRubric(aRubric([], { items: [points(1, 99.5)] }))).toEqual({
      ok: false,
      error: [{ path: "items", code: "rubric.total", facts: { total: "99.5", expected: 100 } }],
    });
    expect(problemsOf(aRubric([], { items: [points(1, 60), points(2, 40.5)] }))).toEqual([
      ["items", "rubric.total"],
    ]);
  });

  test("[R37] a mark between two steps is refused and not rounded", () => {
    expect(problemsOf(aRubric([deduct(1, 10, { amount: 7.25, cap: 8 })]))).toEqual([
      ["items[0].lines[0].amount", "rubric.not-a-multiple"],
    ]);
    expect(problemsOf(aRubric([], { overtime: { perMinutes: 3, mark: 0.3, maxMinutes: 15 } }))).toEqual([
      ["overtime.mark", "rubric.not-a-multiple"],
    ]);
  });

  test("[R34] a bound between two readings is refused", () => {
    const item = measure(1, 3, { points: 1, bands: [band(0.305, 3)], else: 0 });
    expect(problemsOf(aRubric([item]))).toEqual([["items[0].bands[0].upTo", "rubric.not-a-multiple"]]);
  });

  test("a number with more decimals than anybody types is refused", () => {
    expect(problemsOf(aRubric([deduct(1, 10, { amount: 0.1 + 0.2, cap: 8 })]))).toEqual([
      ["items[0].lines[0].amount", "rubric.number"],
    ]);
  });

  test.each([
    ["step", { step: 0 }],
    ["step", { step: -0.5 }],
    ["step", { step: 101 }],
    ["overtime.mark", { overtime: { perMinutes: 3, mark: -1, maxMinutes: 15 } }],
  ])("%s out of range is refused: %j", (path, more) => {
    expect(problemsOf(aRubric([], more))).toContainEqual([path, "rubric.out-of-range"]);
  });

  test("a step finer than a thousandth is refused", () => {
    expect(problemsOf(aRubric([], { step: 0.0015 }))).toContainEqual(["step", "rubric.number"]);
  });

  test("an item without any mark is refused", () => {
    expect(problemsOf(aRubric([points(1, 0)]))).toEqual([["items[0].max", "rubric.out-of-range"]]);
  });

  test("two items, lines, groups or vetoes of one name are refused", () => {
    const group = { id: "side", points: 1, bands: [band(0.5, 2)], else: 0 };
    const veto = { code: "V1", effect: "FAIL_PART", ...words };
    const rubric = aRubric(
      [points(1, 1), points(1, 1), deduct(2, 5, {}, {}), measure(3, 4, { groups: [group, group] })],
      {
        vetoes: [veto, veto],
      },
    );
    expect(problemsOf(rubric).sort()).toEqual([
      ["items[1].no", "rubric.duplicate"],
      ["items[2].lines[1].c", "rubric.duplicate"],
      ["items[3].groups[1].id", "rubric.duplicate"],
      ["vetoes[1].code", "rubric.duplicate"],
    ]);
  });

  test("[R33] a cap below one deduction is refused, and a cap above the item's mark is not", () => {
    expect(problemsOf(aRubric([deduct(1, 5, { amount: 2, cap: 1 })]))).toEqual([
      ["items[0].lines[0].cap", "rubric.cap-below-amount"],
    ]);
    expect(problemsOf(aRubric([deduct(1, 5, { amount: 2, cap: 8 })]))).toEqual([]);
  });

  test("[R34] bands that do not rise, and marks that do, are refused", () => {
    const bands = (...list: Json[]) => aRubric([measure(1, 3, { points: 1, bands: list, else: 0 })]);
    expect(problemsOf(bands(band(0.3, 3), band(0.3, 2)))).toEqual([
      ["items[0].bands[1].upTo", "rubric.bands-not-ascending"],
    ]);
    expect(problemsOf(bands(band(0.3, 2), band(0.5, 3)))).toEqual([
      ["items[0].bands[1].mark", "rubric.band-marks-ascending"],
    ]);
    const generous = measure(1, 3, { points: 1, bands: [band(0.3, 2)], else: 3 });
    expect(problemsOf(aRubric([generous]))).toEqual([["items[0].else", "rubric.band-marks-ascending"]]);
  });

  test("[R34] points that cannot add up to the item's mark are refused", () => {
    const item = measure(1, 12, { points: 5, bands: [band(0.3, 3)], else: 0 });
    expect(importRubric(aRubric([item]))).toEqual({
      ok: false,
      error: [{ path: "items[0].max", code: "rubric.measure-total", facts: { best: "15", max: "12" } }],
    });
  });

  test("[R36] checks that cannot add up to the item's mark are refused", () => {
    expect(problemsOf(aRubric([check(1, 12, { checks: 5, each: 3 })]))).toEqual([
      ["items[0].max", "rubric.check-total"],
    ]);
  });

  test.each([[[0, 1, 2]], [[0, 1, 2, 2]], [[0, 1, 2, 4]], [[0, 1, 2, 3, 3]], [[1, 2, 3, 4]], [[]]])(
    "[R35] a scale of %j is refused",
    (levels) => {
      expect(problemsOf(aRubric([judge(1, 6, ...levels)]))).toEqual([
        ["items[0].scale", "rubric.judge-scale"],
      ]);
    },
  );

  test("keys that nobody knows are refused, wherever they stand", () => {
    const item = measure(1, 3, { points: 1, bands: [{ ...band(0.3, 3), note: 1 }], else: 0, weight: 2 });
    expect(problemsOf(aRubric([item], { author: "x" })).sort()).toEqual([
      ["author", "rubric.unknown-key"],
      ["items[0].bands[0].note", "rubric.unknown-key"],
      ["items[0].weight", "rubric.unknown-key"],
    ]);
  });

  test("points and groups in one item are refused", () => {
    const groups = [{ id: "side", points: 1, bands: [band(0.5, 3)], else: 0 }];
    expect(problemsOf(aRubric([measure(1, 3, { groups, points: 1 })]))).toEqual([
      ["items[0].points", "rubric.unknown-key"],
    ]);
  });

  test("keys that reach into prototypes are refused", () => {
    const hostile: unknown = JSON.parse(
      JSON.stringify(aRubric([points(1, 1)])).replace(
        '"kind":"POINTS"',
        '"kind":"POINTS","__proto__":{"max":5}',
      ),
    );
    expect(problemsOf(hostile)).toEqual([["items[0].__proto__", "rubric.unknown-key"]]);
    const constructed: unknown = JSON.parse('{"constructor":{"prototype":{}}}');
    expect(problemsOf(constructed)).toContainEqual(["constructor", "rubric.unknown-key"]);
  });

  test("a tree without end is refused rather than walked", () => {
    const endless: Json = aRubric([]);
    endless["title"] = endless;
    expect(importRubric(endless).ok).toBe(false);
  });

  test("a kind that nobody knows is refused, and a missing one is missing", () => {
    expect(problemsOf(aRubric([{ ...points(1, 1), kind: "GUESS" }]))).toEqual([
      ["items[0].kind", "rubric.unknown-kind"],
    ]);
    expect(problemsOf(aRubric([{ no: 1 }]))).toEqual([["items[0].kind", "rubric.missing"]]);
  });

  test("missing fields and wrong types are refused by name", () => {
    expect(
      problemsOf(aRubric([points(1, 1)], { title: { zh: "题" }, level: "L9", minutes: "60" })).sort(),
    ).toEqual([
      ["level", "rubric.invalid"],
      ["minutes", "rubric.invalid"],
      ["title.en", "rubric.missing"],
    ]);
    for (const nothing of [null, 1, "x", []]) expect(problemsOf(nothing)).toEqual([["", "rubric.invalid"]]);
    expect(problemsOf(undefined)).toEqual([["", "rubric.missing"]]);
  });

  test("all problems are told at once, also behind a broken frame", () => {
    const items = [
      judge(1, 6, 0, 1),
      deduct(2, 5, { amount: 0.25, cap: 1 }),
      check(3, 9, { checks: 2, each: 3 }),
    ];
    const vetoes = [{ code: "X1", effect: "FAIL_PART", ...words }];
    expect(problemsOf(aRubric(items, { vetoes, version: 0 })).sort()).toEqual([
      ["items[0].scale", "rubric.judge-scale"],
      ["items[1].lines[0].amount", "rubric.not-a-multiple"],
      ["items[2].max", "rubric.check-total"],
      ["version", "rubric.invalid"],
      ["vetoes[0].code", "rubric.invalid"],
    ]);
  });
});

test("[R32] a broken frame hides neither a wrong total nor an item given twice", () => {
  const items = [points(1, 50), points(1, 40)];
  expect(problemsOf(aRubric([], { items, minutes: 0 })).sort()).toEqual([
    ["items", "rubric.total"],
    ["items[1].no", "rubric.duplicate"],
    ["minutes", "rubric.invalid"],
  ]);
});

describe("for every rubric", () => {
  const steps = fc.constantFrom([0.5, 2], [0.25, 4], [0.1, 10], [1, 1], [0.05, 20]);

  test("what is imported holds integers only, and is worth exactly 100 points", () => {
    fc.assert(
      fc.property(
        steps,
        fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 8 }),
        ([step, perPoint], sizes) => {
          const marks = sizes.map((size) => size / perPoint);
          const used = sizes.reduce((sum, size) => sum + size, 0);
          fc.pre(used < 100 * perPoint);
          const rest = (100 * perPoint - used) / perPoint;
          const items = [...marks, rest].map((mark, at) => points(at + 1, mark));
          const rubric = imported(
            aRubric([], { step, items, overtime: { perMinutes: 1, mark: step, maxMinutes: 1 } }),
          );
          expect(rubric.items.map((item) => item.max)).toEqual([...sizes, 100 * perPoint - used]);
          expect(JSON.stringify(rubric)).not.toMatch(/\d\.\d/);
        },
      ),
    );
  });

  test("whatever is thrown at it is refused and never crashes it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(ceramic)), (value, key) => {
        expect(importRubric(value).ok).toBe(false);
        const changed = importRubric({ ...ceramic, [key]: value });
        if (!changed.ok) expect(changed.error.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("figures that no item can have", () => {
  const refusedPaths = (item: Json) => {
    const read = importRubric(aRubric([item]));
    return read.ok ? [] : read.error.map(({ path }) => path);
  };

  test("[R32] a judgement, a check and a measurement with such a maximum, share or resolution are refused by path", () => {
    expect(refusedPaths(judge(1, -3, 0, 1, 2, 3))).toContain("items[0].max");
    expect(refusedPaths(check(1, -4, { checks: 2, each: 2 }))).toContain("items[0].max");
    expect(refusedPaths(check(1, 4, { checks: 2, each: -2 }))).toContain("items[0].each");
    const bands = { points: 1, bands: [band(1, 2)], else: 0 };
    expect(refusedPaths(measure(1, 2, { ...bands, resolution: -1 }))).toContain("items[0].resolution");
    expect(refusedPaths(measure(1, -2, bands))).toContain("items[0].max");
  });

  test("[R32] the same problem at the same place is not reported twice", () => {
    const twice = { ...judge(1, 3, 0, 1, 2, 3), zh: "", en: "" };
    const paths = refusedPaths(twice);
    expect(new Set(paths).size).toBe(paths.length);
    const unknown = importRubric({ ...aRubric([{ ...points(1, 1), step: null, unitX: 1 }]), step: "x" });
    expect(unknown.ok).toBe(false);
    const items = [check(1, 4, { checks: 2, each: 2 }), judge(2, 3, 0, 1, 2, 3), deduct(3, 2, {})];
    expect(importRubric({ ...aRubric(items), step: 0 }).ok).toBe(false);
  });
});
