// A rubric as the spreadsheet that `importRubricTable` reads back: what a centre starts its own from.
import { fraction, fractionToText, multiply, type Fraction } from "#shared/base";
import type { MeasureGroup, Rubric, RubricItem, Words } from "#shared/exam";
import { ONLY_GROUP } from "./rubric-import.ts";
import {
  codeToCell,
  EFFECTS,
  HEAD,
  ITEM_COLUMNS,
  KINDS,
  LEVELS,
  SHEETS,
  SPECIMENS,
  VETO_COLUMNS,
  wordsToCell,
  YES,
  type HeadKey,
  type ItemColumn,
} from "./rubric-layout.ts";
import type { TableCell, TableSheet } from "./table.ts";

export function rubricToTable(rubric: Rubric): TableSheet[] {
  return [
    { name: wordsToCell(SHEETS.head), rows: headRows(rubric) },
    { name: wordsToCell(SHEETS.items), rows: itemRows(rubric) },
    { name: wordsToCell(SHEETS.vetoes), rows: vetoRows(rubric) },
  ];
}

type Value = string | number | undefined;

function headRows(rubric: Rubric): TableCell[][] {
  const values: Readonly<Record<HeadKey, Value>> = {
    code: rubric.code,
    version: rubric.version,
    illustrative: yesToCell(rubric.illustrative),
    occupation: rubric.occupation,
    direction: rubric.direction ?? undefined,
    level: codeToCell(LEVELS, rubric.level),
    titleZh: rubric.title.zh,
    titleEn: rubric.title.en,
    minutes: rubric.minutes,
    step: unitsToNumber(1, rubric.step),
    overtimePer: rubric.overtime.perMinutes,
    overtimeMark: unitsToNumber(rubric.overtime.mark, rubric.step),
    overtimeMax: rubric.overtime.maxMinutes,
    specimen: codeToCell(SPECIMENS, rubric.specimen),
  };
  return (Object.keys(HEAD) as HeadKey[]).map((key) => [
    { text: wordsToCell(HEAD[key]) },
    valueToCell(values[key]),
  ]);
}

type RowValues = Partial<Readonly<Record<ItemColumn, Value>>>;

function itemRows(rubric: Rubric): TableCell[][] {
  const rows = rubric.items.flatMap((item) => [ownRow(item, rubric.step), ...partRows(item, rubric.step)]);
  const columns = Object.keys(ITEM_COLUMNS) as ItemColumn[];
  return [headings(ITEM_COLUMNS), ...rows.map((row) => columns.map((column) => valueToCell(row[column])))];
}

function ownRow(item: RubricItem, step: Fraction): RowValues {
  return {
    no: item.no,
    kind: codeToCell(KINDS, item.kind),
    ...item.text,
    mark: unitsToNumber(item.max, step),
    fn: item.fn,
    ...(item.kind === "MEASURE" ? { unit: item.unit, resolution: unitsToNumber(1, item.resolution) } : {}),
  };
}

function partRows(item: RubricItem, step: Fraction): RowValues[] {
  const marks = (steps: number) => unitsToNumber(steps, step);
  switch (item.kind) {
    case "DEDUCT":
      return item.lines.map(({ code, text, amount, cap }) => ({
        code,
        ...text,
        mark: marks(amount),
        limit: marks(cap),
      }));
    case "JUDGE":
      return item.scale.map((text, level) => ({ code: level, ...text }));
    case "MEASURE":
      return item.groups.flatMap((group) =>
        groupRows(group, item.groups.length === 1 && group.id === ONLY_GROUP, item.resolution, marks),
      );
    case "CHECK":
      return [{ count: item.checks, mark: marks(item.each), mayNotApply: yesToCell(item.mayNotApply) }];
    case "POINTS":
      return item.criteria === null ? [] : [{ ...item.criteria }];
  }
}

function groupRows(
  group: MeasureGroup,
  isUnnamed: boolean,
  resolution: Fraction,
  marks: (steps: number) => number,
): RowValues[] {
  const rows: RowValues[] = [
    ...group.bands.map(({ upTo, mark }) => ({ limit: unitsToNumber(upTo, resolution), mark: marks(mark) })),
    { mark: marks(group.otherwise) },
  ];
  const name = { count: group.points, ...(isUnnamed ? {} : { code: group.id }) };
  return rows.map((row, at) => (at === 0 ? { ...name, ...row } : row));
}

function vetoRows({ vetoes }: Rubric): TableCell[][] {
  return [
    headings(VETO_COLUMNS),
    ...vetoes.map(({ code, effect, text }) =>
      [code, codeToCell(EFFECTS, effect), text.zh, text.en].map(valueToCell),
    ),
  ];
}

function headings(columns: Readonly<Record<string, Words>>): TableCell[] {
  return Object.values(columns).map((words) => ({ text: wordsToCell(words) }));
}

function yesToCell(yes: boolean): string {
  return wordsToCell(yes ? YES.yes : YES.no);
}

function valueToCell(value: Value): TableCell {
  return typeof value === "number" ? { number: value } : { text: value ?? "" };
}

/** Three decimals are all that a step or a resolution may have. */
function unitsToNumber(units: number, unit: Fraction): number {
  return Number(fractionToText(multiply(fraction(units), unit), 3));
}
