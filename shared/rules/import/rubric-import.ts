// The rubric as people write it (decimals, domain part D) into the canonical one that is hashed (rulings 14). Exact or
// not at all: a mark that is no whole number of steps is refused, never rounded. All problems are told at once, because
// whoever repairs a rubric does so in another program.
import { z } from "zod";
import {
  add,
  compare,
  divide,
  fraction,
  fractionToText,
  multiply,
  ok,
  refuse,
  textToFraction,
  ZERO,
  type Fraction,
  type Result,
} from "#shared/base";
import type { JudgeItem } from "#shared/exam";
import {
  CheckItem,
  DeductionLine,
  DeductItem,
  GroupId,
  MeasureGroup,
  MeasureItem,
  Rubric,
  Rung,
  Veto,
  Words,
  type RubricItem,
} from "#shared/exam";
import { checkExamined } from "../ladder/rungs.ts";

export type RubricProblemCode =
  | "rubric.not-json"
  | "rubric.too-large"
  | "rubric.unreadable"
  | "rubric.sheet-missing"
  | "rubric.column-missing"
  | "rubric.row-without-item"
  | "rubric.missing"
  | "rubric.invalid"
  | "rubric.unknown-key"
  | "rubric.unknown-kind"
  | "rubric.number"
  | "rubric.out-of-range"
  | "rubric.not-a-multiple"
  | "rubric.duplicate"
  | "rubric.cap-below-amount"
  | "rubric.bands-not-ascending"
  | "rubric.band-marks-ascending"
  | "rubric.measure-total"
  | "rubric.judge-scale"
  | "rubric.position-not-examinable"
  | "rubric.check-total"
  | "rubric.total";

export interface RubricProblem {
  /** Where in the file: `items[5].bands[0].mark`, of a spreadsheet `考核要素!F12`; empty for the file as a whole. */
  readonly path: string;
  readonly code: RubricProblemCode;
  readonly facts: Readonly<Record<string, string | number>>;
}

export function importRubric(json: unknown): Result<Rubric, RubricProblem[]> {
  const reading = startReading(json);
  const rubric = readRubric(reading);
  const problems = reading.problems();
  if (problems.length > 0) return refuse(problems);
  // Whatever the schema refuses was reported while reading: anything else is a bug of this file.
  return ok(Rubric.parse(rubric));
}

const RUBRIC_POINTS = 100; // R32
const MAX_ITEMS = 60;
const MAX_VETOES = 20;

function readRubric(reading: Reading): Rubric | undefined {
  const head = reading.parse(RubricForm, [], reading.json);
  if (head === undefined) {
    readPartsAlone(reading);
    return undefined;
  }
  const step = reading.decimal(head.step, ["step"], UNIT_LIMITS);
  const items = readItems(reading, head.items, step);
  const vetoes = readVetoes(reading, head.vetoes);
  if (step === undefined) return undefined;
  const mark = reading.wholeUnits(head.overtime.mark, ["overtime", "mark"], step, MARK_LIMITS);
  if (mark === undefined || reading.problems().length > 0) return undefined;
  return { ...head, step, overtime: { ...head.overtime, mark }, items, vetoes };
}

/** The frame is broken; what can be judged without it is judged all the same. */
function readPartsAlone(reading: Reading): void {
  const part = z.unknown().optional();
  const parts = z.object({ step: part, items: part, vetoes: part, level: part }).safeParse(reading.json);
  if (!parts.success) return;
  const { step, items, vetoes, level } = parts.data;
  const rung = Rung.safeParse(level);
  if (rung.success && !checkExamined(rung.data).allowed) {
    reading.report(["level"], "rubric.position-not-examinable", { rung: rung.data });
  }
  const unit = typeof step === "number" ? reading.decimal(step, ["step"], UNIT_LIMITS) : undefined;
  if (Array.isArray(items)) readItems(reading, items.slice(0, MAX_ITEMS), unit);
  if (Array.isArray(vetoes)) readVetoes(reading, vetoes.slice(0, MAX_VETOES));
}

function readItems(reading: Reading, forms: readonly unknown[], step: Fraction | undefined): RubricItem[] {
  const read = forms.map((form, at) => readItem(reading, form, ["items", at], step));
  const items = read.filter((item) => item !== undefined);
  if (step !== undefined && items.length === read.length) checkTotal(reading, items, step);
  reading.unique(
    read.map((item) => item?.no),
    (at) => ["items", at, "no"],
  );
  return items;
}

/** R32: The items of a rubric add up to 100 marks exactly, or it is not taken. */
function checkTotal(reading: Reading, items: readonly RubricItem[], step: Fraction): void {
  const total = multiply(
    items.reduce((sum, item) => add(sum, fraction(item.max)), ZERO),
    step,
  );
  if (compare(total, fraction(RUBRIC_POINTS)) === 0) return;
  reading.report(["items"], "rubric.total", { total: fractionToText(total, 3), expected: RUBRIC_POINTS });
}

function readVetoes(reading: Reading, forms: readonly unknown[]): Veto[] {
  const read = forms.map((form, at) => reading.parse(VetoForm, ["vetoes", at], form));
  reading.unique(
    read.map((veto) => veto?.code),
    (at) => ["vetoes", at, "code"],
  );
  return read
    .filter((veto) => veto !== undefined)
    .map(({ code, effect, zh, en }) => ({ code, effect, text: { zh, en } }));
}

/** Undefined when a problem was reported. Without a step only the shape can be judged. */
function readItem(
  reading: Reading,
  form: unknown,
  path: Path,
  step: Fraction | undefined,
): RubricItem | undefined {
  const kind = z.object({ kind: z.enum(["DEDUCT", "MEASURE", "JUDGE", "CHECK", "POINTS"]) }).safeParse(form);
  if (!kind.success) {
    const isItem = z.object({ kind: z.string() }).safeParse(form).success;
    if (isItem) reading.report([...path, "kind"], "rubric.unknown-kind");
    else reading.parse(z.object({ kind: z.string() }), path, form);
    return undefined;
  }
  switch (kind.data.kind) {
    case "DEDUCT":
      return readDeduct(reading, form, path, step);
    case "MEASURE":
      return readMeasure(reading, form, path, step);
    case "JUDGE":
      return readJudge(reading, form, path, step);
    case "CHECK":
      return readCheck(reading, form, path, step);
    case "POINTS":
      return readPoints(reading, form, path, step);
  }
}

function readDeduct(reading: Reading, form: unknown, path: Path, step: Fraction | undefined) {
  const item = reading.parse(DeductForm, path, form);
  if (item === undefined || step === undefined) return undefined;
  const max = reading.wholeUnits(item.max, [...path, "max"], step, POSITIVE_MARK_LIMITS);
  const read = item.lines.map((line, at) => {
    const where = [...path, "lines", at];
    const amount = reading.wholeUnits(line.amount, [...where, "amount"], step, POSITIVE_MARK_LIMITS);
    const cap = reading.wholeUnits(line.cap, [...where, "cap"], step, POSITIVE_MARK_LIMITS);
    if (amount === undefined || cap === undefined) return undefined;
    if (cap < amount) reading.report([...where, "cap"], "rubric.cap-below-amount");
    return { code: line.c, text: { zh: line.zh, en: line.en }, amount, cap };
  });
  reading.unique(
    item.lines.map((line) => line.c),
    (at) => [...path, "lines", at, "c"],
  );
  const lines = read.filter((line) => line !== undefined);
  return max === undefined || lines.length < read.length
    ? undefined
    : { ...baseOf(item, max), kind: "DEDUCT" as const, lines };
}

function readMeasure(reading: Reading, form: unknown, path: Path, step: Fraction | undefined) {
  const grouped = z.object({ groups: z.unknown() }).safeParse(form);
  const hasGroups = grouped.success && grouped.data.groups !== undefined;
  const item = hasGroups
    ? reading.parse(GroupedMeasureForm, path, form)
    : withOneGroup(reading.parse(PlainMeasureForm, path, form));
  if (item === undefined || step === undefined) return undefined;
  const max = reading.wholeUnits(item.max, [...path, "max"], step, POSITIVE_MARK_LIMITS);
  const resolution = reading.decimal(item.resolution, [...path, "resolution"], UNIT_LIMITS);
  if (resolution === undefined) return undefined;
  const read = item.groups.map((group, at) => {
    const where = hasGroups ? [...path, "groups", at] : path;
    return readGroup(reading, group, where, step, resolution);
  });
  reading.unique(
    item.groups.map((group) => group.id),
    (at) => [...path, "groups", at, "id"],
  );
  const groups = read.filter((group) => group !== undefined);
  if (max === undefined || groups.length < read.length) return undefined;
  const best = groups.reduce((sum, group) => sum + group.points * bestMark(group), 0);
  if (best !== max) {
    const facts = { best: stepsToText(best, step), max: stepsToText(max, step) };
    reading.report([...path, "max"], "rubric.measure-total", facts);
  }
  return { ...baseOf(item, max), kind: "MEASURE" as const, unit: item.unit, resolution, groups };
}

/** The id that readings carry when an item has one kind of point and the file gives it no name. */
export const ONLY_GROUP = "points";

function withOneGroup(item: z.output<typeof PlainMeasureForm> | undefined) {
  if (item === undefined) return undefined;
  const { points, bands, else: otherwise, ...rest } = item;
  return { ...rest, groups: [{ id: ONLY_GROUP, points, bands, else: otherwise }] };
}

function readGroup(
  reading: Reading,
  form: z.output<typeof GroupForm>,
  path: Path,
  step: Fraction,
  resolution: Fraction,
): MeasureGroup | undefined {
  const read = form.bands.map((band, at) => {
    const upTo = reading.wholeUnits(band.upTo, [...path, "bands", at, "upTo"], resolution, READING_LIMITS);
    const mark = reading.wholeUnits(band.mark, [...path, "bands", at, "mark"], step, MARK_LIMITS);
    return upTo === undefined || mark === undefined ? undefined : { upTo, mark };
  });
  const otherwise = reading.wholeUnits(form.else, [...path, "else"], step, MARK_LIMITS);
  const bands = read.filter((band) => band !== undefined);
  if (bands.length < read.length || otherwise === undefined) return undefined;
  for (const [at, band] of bands.entries()) {
    const before = bands[at - 1];
    if (before === undefined) continue;
    if (band.upTo <= before.upTo)
      reading.report([...path, "bands", at, "upTo"], "rubric.bands-not-ascending");
    if (band.mark > before.mark)
      reading.report([...path, "bands", at, "mark"], "rubric.band-marks-ascending");
  }
  const last = bands[bands.length - 1];
  if (last !== undefined && otherwise > last.mark)
    reading.report([...path, "else"], "rubric.band-marks-ascending");
  return { id: form.id, points: form.points, bands, otherwise };
}

function bestMark(group: MeasureGroup): number {
  return Math.max(group.otherwise, ...group.bands.map((band) => band.mark));
}

function readJudge(reading: Reading, form: unknown, path: Path, step: Fraction | undefined) {
  const item = reading.parse(JudgeForm, path, form);
  if (item === undefined || step === undefined) return undefined;
  const max = reading.wholeUnits(item.max, [...path, "max"], step, POSITIVE_MARK_LIMITS);
  const [none, one, two, three, ...more] = [...item.scale].sort((a, b) => a.s - b.s);
  if (
    !none ||
    !one ||
    !two ||
    !three ||
    more.length > 0 ||
    [none, one, two, three].some(({ s }, at) => s !== at)
  ) {
    reading.report([...path, "scale"], "rubric.judge-scale");
    return undefined;
  }
  if (max === undefined) return undefined;
  const scale: JudgeItem["scale"] = [wordsOf(none), wordsOf(one), wordsOf(two), wordsOf(three)];
  return { ...baseOf(item, max), kind: "JUDGE" as const, scale };
}

function readCheck(reading: Reading, form: unknown, path: Path, step: Fraction | undefined) {
  const item = reading.parse(CheckForm, path, form);
  if (item === undefined || step === undefined) return undefined;
  const max = reading.wholeUnits(item.max, [...path, "max"], step, POSITIVE_MARK_LIMITS);
  const each = reading.wholeUnits(item.each, [...path, "each"], step, POSITIVE_MARK_LIMITS);
  if (max === undefined || each === undefined) return undefined;
  if (item.checks * each !== max) {
    const facts = { best: stepsToText(item.checks * each, step), max: stepsToText(max, step) };
    reading.report([...path, "max"], "rubric.check-total", facts);
  }
  const { checks, mayNotApply } = item;
  return { ...baseOf(item, max), kind: "CHECK" as const, checks, each, mayNotApply };
}

function readPoints(reading: Reading, form: unknown, path: Path, step: Fraction | undefined) {
  const item = reading.parse(PointsForm, path, form);
  if (item === undefined || step === undefined) return undefined;
  const max = reading.wholeUnits(item.max, [...path, "max"], step, POSITIVE_MARK_LIMITS);
  if (max === undefined) return undefined;
  return { ...baseOf(item, max), kind: "POINTS" as const, criteria: item.criteria };
}

function baseOf(item: { no: number; fn: string; zh: string; en: string }, max: number) {
  return { no: item.no, max, fn: item.fn, text: wordsOf(item) };
}

function wordsOf({ zh, en }: Words): Words {
  return { zh, en };
}

function stepsToText(steps: number, step: Fraction): string {
  return fractionToText(multiply(fraction(steps), step), 3);
}

// The shape of the file, as strict as the canonical form; what the numbers mean together is judged above.

const words = Words.shape;
const itemBase = { no: DeductItem.shape.no, max: z.number(), fn: DeductItem.shape.fn, ...words };
const bandForm = z.strictObject({ upTo: z.number(), mark: z.number() });
const tolerance = {
  points: MeasureGroup.shape.points,
  bands: z.array(bandForm).min(1).max(10),
  else: z.number(),
};

const DeductForm = z.strictObject({
  ...itemBase,
  kind: z.literal("DEDUCT"),
  lines: z
    .array(z.strictObject({ c: DeductionLine.shape.code, ...words, amount: z.number(), cap: z.number() }))
    .min(1)
    .max(9),
});
const measureBase = {
  ...itemBase,
  kind: z.literal("MEASURE"),
  unit: MeasureItem.shape.unit,
  resolution: z.number(),
};
const PlainMeasureForm = z.strictObject({ ...measureBase, ...tolerance });
const GroupForm = z.strictObject({ id: GroupId, ...tolerance });
const GroupedMeasureForm = z.strictObject({ ...measureBase, groups: z.array(GroupForm).min(1).max(10) });
const JudgeForm = z.strictObject({
  ...itemBase,
  kind: z.literal("JUDGE"),
  scale: z.array(z.strictObject({ s: z.int(), ...words })).max(20),
});
const CheckForm = z.strictObject({
  ...itemBase,
  kind: z.literal("CHECK"),
  checks: CheckItem.shape.checks,
  each: z.number(),
  mayNotApply: z.boolean().default(false),
});
const PointsForm = z.strictObject({
  ...itemBase,
  kind: z.literal("POINTS"),
  criteria: Words.nullable().default(null),
});
const VetoForm = z.strictObject({ code: Veto.shape.code, effect: Veto.shape.effect, ...words });

/** The frame: items and vetoes are judged one by one, so that a broken one does not hide the next. */
const RubricForm = z.strictObject({
  ...Rubric.shape,
  step: z.number(),
  overtime: z.strictObject({ ...Rubric.shape.overtime.shape, mark: z.number() }),
  items: z.array(z.unknown()).min(1).max(MAX_ITEMS),
  vetoes: z.array(z.unknown()).max(MAX_VETOES),
});

type Path = readonly PropertyKey[];
interface Limits {
  readonly min: number;
  readonly max: number;
}

// Small enough that every intermediate product stays a safe integer.
const UNIT_LIMITS: Limits = { min: 0.001, max: 100 };
const MARK_LIMITS: Limits = { min: 0, max: 1000 };
const POSITIVE_MARK_LIMITS: Limits = { min: 0.001, max: 1000 };
const READING_LIMITS: Limits = { min: 0, max: 1_000_000 };
const UNIT_DECIMALS = 3;

type Reading = ReturnType<typeof startReading>;

/** One pass over one file: what was found wrong so far, and the ways of finding it. */
function startReading(json: unknown) {
  /** By place and code: the same problem is told once. */
  const found = new Map<string, RubricProblem>();

  function report(path: Path, code: RubricProblemCode, facts: RubricProblem["facts"] = {}): void {
    const where = pathToText(path);
    found.set(`${where} ${code}`, { path: where, code, facts });
  }

  function parse<T extends z.ZodType>(schema: T, path: Path, value: unknown): z.output<T> | undefined {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const where = [...path, ...issue.path];
      if (issue.code === "unrecognized_keys") {
        for (const key of issue.keys) report([...where, key], "rubric.unknown-key");
      } else if (valueAt(value, issue.path) === undefined) {
        report(where, "rubric.missing");
      } else {
        report(where, "rubric.invalid", { expected: issue.code });
      }
    }
    return undefined;
  }

  /** The exact value of a JSON number: the shortest text that names it is the one that was typed. */
  function decimal(value: number, path: Path, limits: Limits): Fraction | undefined {
    if (value < limits.min || value > limits.max) {
      report(path, "rubric.out-of-range", { value: String(value), min: limits.min, max: limits.max });
      return undefined;
    }
    const exact = textToFraction(String(value));
    const tooFine = exact !== undefined && limits === UNIT_LIMITS && 10 ** UNIT_DECIMALS % exact.d !== 0;
    if (exact !== undefined && !tooFine) return exact;
    report(path, "rubric.number", { value: String(value) });
    return undefined;
  }

  /** A whole number of units (steps of a mark, resolutions of a reading), or a problem. */
  function wholeUnits(value: number, path: Path, unit: Fraction, limits: Limits): number | undefined {
    const exact = decimal(value, path, limits);
    if (exact === undefined) return undefined;
    const count = divide(exact, unit);
    if (count.d === 1) return count.n;
    report(path, "rubric.not-a-multiple", {
      value: String(value),
      unit: fractionToText(unit, UNIT_DECIMALS),
    });
    return undefined;
  }

  function unique(values: readonly (string | number | undefined)[], pathOf: (at: number) => Path): void {
    const seen = new Set<string | number>();
    for (const [at, value] of values.entries()) {
      if (value === undefined) continue;
      if (seen.has(value)) report(pathOf(at), "rubric.duplicate", { value });
      seen.add(value);
    }
  }

  const problems = () => [...found.values()];
  return { json, problems, report, parse, decimal, wholeUnits, unique };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

function pathToText(path: Path): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text.replace(/^\./, "");
}
