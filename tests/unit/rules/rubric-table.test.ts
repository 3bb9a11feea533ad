// A centre's own rubric in a spreadsheet: what we write is read back the same, and what is wrong is told with its cell.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fraction } from "#shared/base";
import { Rubric } from "#shared/exam";
import {
  importRubricTable,
  rubricToTable,
  sampleRubrics,
  type TableCell,
  type TableSheet,
} from "#shared/rules";
import { property } from "../../support/property.ts";

const [ceramic, , arch] = sampleRubrics() as [Rubric, Rubric, Rubric];

const HEAD = 0;
const ITEMS = 1;
const VETOES = 2;

/** The table of a rubric with some cells changed: `{ "1!F2": "9" }` is column F, row 2 of the second sheet. */
function changed(rubric: Rubric, cells: Readonly<Record<string, string | number>>): TableSheet[] {
  const sheets = rubricToTable(rubric).map(({ name, rows }) => ({ name, rows: rows.map((row) => [...row]) }));
  for (const [address, value] of Object.entries(cells)) {
    const [, sheet, column = "", row] = /^(\d)!([A-Z])(\d+)$/.exec(address) ?? [];
    const at = sheets[Number(sheet)]?.rows[Number(row) - 1];
    if (!at) throw new Error(`no such cell: ${address}`);
    at[column.charCodeAt(0) - 65] = typeof value === "number" ? { number: value } : { text: value };
  }
  return sheets;
}

function problemsOf(sheets: readonly TableSheet[]): [path: string, code: string][] {
  const read = importRubricTable(sheets);
  return read.ok ? [] : read.error.map(({ path, code }) => [path, code]);
}

const NAME = "考核要素 Items";

describe("[R32] a rubric from a spreadsheet", () => {
  test.each(sampleRubrics().map((rubric) => [rubric.code, rubric] as const))(
    "%s, written as a spreadsheet, is read back as the same rubric",
    (_, rubric) => {
      expect(importRubricTable(rubricToTable(rubric))).toEqual({ ok: true, value: rubric });
    },
  );

  test("words are understood in either language, in any case and width, and numbers typed as text are numbers", () => {
    const sheets = changed(ceramic, {
      "0!A2": "version",
      "0!B2": "１",
      "0!B3": "TRUE",
      "0!B6": "中级工",
      "0!B14": "replica",
      "1!B2": "deduct",
      "1!F1": "分值",
      "1!F2": "5.0",
    });
    expect(importRubricTable(sheets)).toEqual({ ok: true, value: ceramic });
  });

  test("columns may stand in another order, titles above the headings, and blank rows between", () => {
    const sheets = rubricToTable(ceramic).map(({ name, rows }, at): TableSheet => {
      const turned = at === ITEMS ? rows.map((row) => [...row].reverse()) : rows;
      return { name, rows: [[{ text: "某中心" }], [], ...turned.flatMap((row) => [row, []])] };
    });
    expect(importRubricTable(sheets)).toEqual({ ok: true, value: ceramic });
  });

  test("what a formula made is read as it is shown: 0.1 + 0.2 is 0.3", () => {
    const row = ceramic.items.findIndex(({ kind }) => kind === "MEASURE");
    const at = rubricToTable(ceramic)[ITEMS]?.rows.findIndex(
      ([no]) => no && "number" in no && no.number === ceramic.items[row]?.no,
    );
    expect(importRubricTable(changed(ceramic, { [`1!G${(at ?? 0) + 2}`]: 0.1 + 0.2 }))).toEqual({
      ok: true,
      value: ceramic,
    });
  });

  test("points are given with written criteria or without", () => {
    const base = { kind: "POINTS" as const, max: 100, fn: "MAKE", text: { zh: "项", en: "item" } };
    const criteria = { zh: "要求", en: "criteria" };
    const items = [
      { ...base, no: 1, criteria },
      { ...base, no: 2, criteria: null },
    ];
    const rubric = Rubric.parse({ ...ceramic, items });
    expect(importRubricTable(rubricToTable(rubric))).toEqual({ ok: true, value: rubric });
    const twice = rubricToTable(rubric).map(({ name, rows }, at): TableSheet => ({
      name,
      rows: at === ITEMS ? rows.flatMap((row, index) => (index === 2 ? [row, row] : [row])) : rows,
    }));
    expect(problemsOf(twice)).toEqual([[`${NAME}!D4`, "rubric.duplicate"]]);
  });

  test("a kind or a word that is missing is told as missing", () => {
    expect(problemsOf(changed(ceramic, { "1!B2": "" }))).toContainEqual([`${NAME}!B2`, "rubric.missing"]);
    expect(problemsOf(changed(ceramic, { "2!B2": "" }))).toContainEqual([
      "否定项 Vetoes!B2",
      "rubric.missing",
    ]);
  });

  test("a rubric without vetoes needs no sheet for them", () => {
    const { vetoes: _, ...bare } = ceramic;
    const read = importRubricTable(rubricToTable(ceramic).slice(HEAD, VETOES));
    expect(read).toEqual({ ok: true, value: { ...bare, vetoes: [] } });
  });
});

describe("what is wrong in a spreadsheet is told with its cell", () => {
  test.each<[string, Record<string, string | number>, [string, string][]]>([
    ["a mark that is no number", { "1!F2": "five" }, [[`${NAME}!F2`, "rubric.invalid"]]],
    ["a mark that is missing", { "1!F2": "" }, [[`${NAME}!F2`, "rubric.missing"]]],
    [
      "a deduction that is no multiple of the step",
      { "1!F3": 0.7 },
      [[`${NAME}!F3`, "rubric.not-a-multiple"]],
    ],
    ["a cap below its deduction", { "1!G3": 0.5 }, [[`${NAME}!G3`, "rubric.cap-below-amount"]]],
    ["marks that do not add up to 100", { "1!F2": 4 }, [[`${NAME}!F1`, "rubric.total"]]],
    ["a kind that nobody knows", { "1!B2": "抽查" }, [[`${NAME}!B2`, "rubric.unknown-kind"]]],
    ["a unit where nothing is measured", { "1!I2": "mm" }, [[`${NAME}!I2`, "rubric.unknown-key"]]],
    ["a level outside the ladder", { "0!B6": "六级" }, [["评分表 Rubric!B6", "rubric.invalid"]]],
    [
      "a label that nobody knows",
      { "0!A2": "版次" },
      [
        ["评分表 Rubric!A2", "rubric.unknown-key"],
        ["", "rubric.missing"],
      ],
    ],
    [
      "a label that is there twice",
      { "0!A2": "示例" },
      [
        ["评分表 Rubric!A3", "rubric.duplicate"],
        ["", "rubric.missing"],
        ["评分表 Rubric!B2", "rubric.invalid"],
      ],
    ],
    ["a yes or no that is neither", { "0!B3": "maybe" }, [["评分表 Rubric!B3", "rubric.invalid"]]],
    ["a yes or no that is not there", { "0!B3": "" }, [["评分表 Rubric!B3", "rubric.missing"]]],
    ["an effect that nobody knows", { "2!B2": "警告" }, [["否定项 Vetoes!B2", "rubric.invalid"]]],
    ["a veto that is there twice", { "2!A3": "V1" }, [["否定项 Vetoes!A3", "rubric.duplicate"]]],
  ])("%s", (_, cells, problems) => {
    expect(problemsOf(changed(ceramic, cells)).sort()).toEqual(problems.sort());
  });

  test("a part above the first item belongs to none", () => {
    expect(problemsOf(changed(ceramic, { "1!A2": "" }))).toContainEqual([
      `${NAME}!A2`,
      "rubric.row-without-item",
    ]);
  });

  test("a second row of checks, or of what is beyond the bands, is not taken for the first", () => {
    const at = (rows: readonly (readonly TableCell[])[], isIt: (row: readonly TableCell[]) => boolean) =>
      rows.findIndex(isIt);
    const sheet = rubricToTable(arch)[ITEMS];
    const rows = sheet?.rows ?? [];
    const check = at(rows, ([, kind]) => kind !== undefined && "text" in kind && kind.text.includes("CHECK"));
    const doubled = rows.flatMap((row, index) => (index === check + 1 ? [row, row] : [row]));
    const sheets = rubricToTable(arch).map((one, index) =>
      index === ITEMS ? { ...one, rows: doubled } : one,
    );
    expect(problemsOf(sheets)).toEqual([[`${NAME}!F${check + 3}`, "rubric.duplicate"]]);
    const measure = at(
      rows,
      ([, kind]) => kind !== undefined && "text" in kind && kind.text.includes("MEASURE"),
    );
    expect(problemsOf(changed(arch, { [`1!G${measure + 2}`]: "" }))).toContainEqual([
      `${NAME}!F${measure + 4}`,
      "rubric.duplicate",
    ]);
  });

  test("an empty sheet, a label without a value, a row of criteria too many are told", () => {
    const [head, items, vetoes] = rubricToTable(ceramic) as [TableSheet, TableSheet, TableSheet];
    expect(problemsOf([head, { ...items, rows: [] }, vetoes])).toContainEqual([
      `${NAME}!A1`,
      "rubric.column-missing",
    ]);
    const short = { ...head, rows: head.rows.map((row, at) => (at === 1 ? row.slice(0, 1) : row)) };
    expect(problemsOf([short, items, vetoes])).toEqual([["评分表 Rubric!B2", "rubric.missing"]]);
    const no = { text: "否" };
    const sample = { ...head, rows: head.rows.map((row, at) => (at === 2 ? [row[0] ?? no, no] : row)) };
    expect(importRubricTable([sample, items, vetoes])).toEqual({
      ok: true,
      value: { ...ceramic, illustrative: false },
    });
    const falsely = {
      ...head,
      rows: head.rows.map((row, at) => (at === 2 ? [row[0] ?? no, { text: "FALSE" }] : row)),
    };
    expect(importRubricTable([falsely, items, vetoes])).toEqual({
      ok: true,
      value: { ...ceramic, illustrative: false },
    });
  });

  test("a sheet or a column that is not there is named, and nothing else is guessed", () => {
    expect(importRubricTable([])).toEqual({
      ok: false,
      error: [
        { path: "", code: "rubric.sheet-missing", facts: { sheet: "评分表" } },
        { path: "", code: "rubric.sheet-missing", facts: { sheet: "考核要素" } },
      ],
    });
    expect(problemsOf(changed(ceramic, { "1!K1": "功能" }))).toContainEqual([
      `${NAME}!A1`,
      "rubric.column-missing",
    ]);
  });
});

const words = fc.record({ zh: fc.stringMatching(/^[一-龥]{1,6}$/), en: fc.stringMatching(/^[a-z]{1,9}$/) });
const steps = (min: number, max: number) => fc.integer({ min, max });
const measure = fc
  .record({
    groups: fc.array(
      fc.record({ points: steps(1, 4), bands: fc.uniqueArray(steps(1, 90), { minLength: 1, maxLength: 4 }) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    isNamed: fc.boolean(),
    text: words,
  })
  .map(({ groups, isNamed, text }) => ({
    kind: "MEASURE" as const,
    text,
    max: groups.reduce((sum, { points, bands }) => sum + points * bands.length, 0),
    unit: "mm",
    resolution: fraction(1, 20),
    groups: groups.map(({ points, bands }, at) => ({
      id: isNamed || groups.length > 1 ? `g${at}` : "points",
      points,
      bands: [...bands].sort((a, b) => a - b).map((upTo, rank) => ({ upTo, mark: bands.length - rank })),
      otherwise: 0,
    })),
  }));
const others = fc.oneof(
  fc.record({
    kind: fc.constant("DEDUCT" as const),
    text: words,
    max: steps(1, 40),
    lines: fc
      .array(fc.record({ text: words, amount: steps(1, 5), more: steps(0, 9) }), {
        minLength: 1,
        maxLength: 9,
      })
      .map((lines) =>
        lines.map(({ text, amount, more }, at) => ({
          code: "abcdefghi"[at] ?? "z",
          text,
          amount,
          cap: amount + more,
        })),
      ),
  }),
  fc.record({
    kind: fc.constant("JUDGE" as const),
    text: words,
    max: steps(1, 30),
    scale: fc.tuple(words, words, words, words),
  }),
  fc
    .record({
      kind: fc.constant("CHECK" as const),
      text: words,
      checks: steps(1, 9),
      each: steps(1, 4),
      mayNotApply: fc.boolean(),
    })
    .map((check) => ({ ...check, max: check.checks * check.each })),
  fc.record({
    kind: fc.constant("POINTS" as const),
    text: words,
    max: steps(1, 30),
    criteria: fc.option(words),
  }),
);
const rubric = fc
  .record({
    items: fc.array(fc.oneof(measure, others), { minLength: 1, maxLength: 6 }),
    vetoes: fc.array(fc.record({ effect: fc.constantFrom("FAIL_PART", "DISQUALIFY"), text: words }), {
      maxLength: 3,
    }),
    level: fc.constantFrom("L5", "L4", "L3", "L2", "L1"),
    specimen: fc.constantFrom("REPLICA", "SHERD", "MATERIAL", "RELIC"),
    direction: fc.option(fc.constantFrom("CERAMIC", "WOODWORK")),
    version: steps(1, 99),
    illustrative: fc.boolean(),
  })
  .map(({ items, vetoes, ...rest }) => {
    const used = items.reduce((sum, { max }) => sum + max, 0);
    const filler = {
      kind: "POINTS" as const,
      text: { zh: "其余", en: "rest" },
      max: 1000 - used,
      criteria: null,
    };
    return Rubric.parse({
      ...ceramic,
      ...rest,
      step: fraction(1, 10),
      overtime: { perMinutes: 3, mark: 7, maxMinutes: 15 },
      items: [...items, filler].map((item, at) => ({ ...item, no: at + 1, fn: "MAKE" })),
      vetoes: vetoes.map((veto, at) => ({ ...veto, code: `V${at + 1}` })),
    });
  });

property("[R32] any rubric is the same after a way through a spreadsheet", 40, [rubric], (one) => {
  expect(importRubricTable(rubricToTable(one))).toEqual({ ok: true, value: one });
});

property(
  "whatever stands in a cell, the rubric is read or refused with a cell that exists",
  60,
  [
    fc.nat(),
    fc.nat(),
    fc.nat(),
    fc.oneof(fc.string({ maxLength: 8 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  ],
  (sheetAt, rowAt, columnAt, value) => {
    const sheets = rubricToTable(arch).map(({ name, rows }) => ({ name, rows: rows.map((row) => [...row]) }));
    const rows = sheets[sheetAt % sheets.length]?.rows ?? [];
    const row = rows[rowAt % rows.length] ?? [];
    row[columnAt % row.length] = typeof value === "number" ? { number: value } : { text: value };
    const read = importRubricTable(sheets);
    for (const { path } of read.ok ? [] : read.error) {
      const [, name, cell] = /^(.*)!([A-Z]+\d+)$/.exec(path) ?? [];
      expect(path === "" || (sheets.some((sheet) => sheet.name === name) && cell !== undefined)).toBe(true);
    }
  },
);
