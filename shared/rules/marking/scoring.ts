// What an item and a sheet are worth, exactly (R33 to R37, R39). Main, the window and the registry all compute marks
// here, from inputs and the hashed rubric, and nobody ever stores a rounded one (rulings 1).
import {
  add,
  fraction,
  invariant,
  larger,
  multiply,
  ok,
  refuse,
  smaller,
  subtract,
  unreachable,
  ZERO,
  type Fraction,
  type Refusal,
  type Result,
} from "#shared/base";
import type {
  CheckItem,
  DeductItem,
  ItemInput,
  MeasureGroup,
  MeasureItem,
  Rubric,
  RubricItem,
} from "#shared/exam";

type InputOf<K extends ItemInput["kind"]> = Extract<ItemInput, { kind: K }>;

/** An item's mark in steps; null while it is blank or incomplete, and blank is not zero. */
export function scoreItem(item: RubricItem, input: ItemInput | undefined): Fraction | null {
  if (input === undefined) return null;
  switch (item.kind) {
    case "DEDUCT":
      return scoreDeduct(item, inputOf("DEDUCT", input));
    case "MEASURE":
      return scoreMeasure(item, inputOf("MEASURE", input));
    case "JUDGE":
      return fraction(inputOf("JUDGE", input).level * item.max, 3);
    case "CHECK":
      return scoreCheck(item, inputOf("CHECK", input));
    case "POINTS":
      return scorePoints(item.max, inputOf("POINTS", input).steps);
    default:
      return unreachable(item);
  }
}

export interface SheetTotal {
  /** Points, exact, overtime already deducted, never below zero. */
  readonly total: Fraction;
  /** Points the overtime cost by R39, before "never below zero". */
  readonly overtime: Fraction;
  readonly marked: number;
  readonly items: number;
}

/** The sum of what is marked so far. A sheet is complete when `marked` equals `items`. */
export function totalOf(
  rubric: Pick<Rubric, "items" | "step" | "overtime">,
  inputs: Readonly<Record<string, ItemInput>>,
  overtimeMs: number,
): SheetTotal {
  for (const no of Object.keys(inputs)) invariant(findItem(rubric, no), `item ${no} is in the rubric`);
  const marks = rubric.items
    .map((item) => scoreItem(item, inputs[String(item.no)]))
    .filter((mark) => mark !== null);
  const deduction = fraction(overtimeSteps(rubric.overtime, overtimeMs));
  const steps = larger(ZERO, subtract(marks.reduce(add, ZERO), deduction));
  return {
    total: multiply(steps, rubric.step),
    overtime: multiply(deduction, rubric.step),
    marked: marks.length,
    items: rubric.items.length,
  };
}

const MINUTE_MS = 60_000;

/** R39: a mark per started `perMinutes`. Work stops at `maxMinutes`, so time beyond it costs no more. */
export function overtimeSteps(rule: Rubric["overtime"], overtimeMs: number): number {
  invariant(Number.isSafeInteger(overtimeMs) && overtimeMs >= 0, "overtime in whole milliseconds");
  const counted = Math.min(overtimeMs, rule.maxMinutes * MINUTE_MS);
  return Math.ceil(counted / (rule.perMinutes * MINUTE_MS)) * rule.mark;
}

export type MarkRefusal = Refusal<
  | "mark.kind-mismatch"
  | "item.unknown"
  | "mark.unknown-line"
  | "mark.repeated-line"
  | "mark.unknown-group"
  | "mark.count-mismatch"
  | "mark.na-not-allowed"
  | "mark.above-max"
  | "mark.incomplete"
>;

/** May this input stand in a draft, or, when `complete`, in a signed sheet? */
export function checkInput(
  item: RubricItem,
  input: ItemInput,
  { complete }: { complete: boolean },
): Result<void, MarkRefusal> {
  const refused = refusalOf(item, input) ?? (complete ? incompleteness(item, input) : undefined);
  return refused ? refuse({ code: refused.code, facts: { item: item.no, ...refused.facts } }) : ok(undefined);
}

/** The same for all items of a sheet: nothing that the rubric does not know, and when `complete` nothing missing. */
export function checkItems(
  rubric: Pick<Rubric, "items">,
  inputs: Readonly<Record<string, ItemInput>>,
  { complete }: { complete: boolean },
): Result<void, MarkRefusal> {
  for (const no of Object.keys(inputs)) {
    if (!findItem(rubric, no)) return refuse({ code: "item.unknown", facts: { item: no } });
  }
  for (const item of rubric.items) {
    const input = inputs[String(item.no)];
    if (input === undefined) {
      if (complete) return refuse({ code: "mark.incomplete", facts: { item: item.no } });
      continue;
    }
    const checked = checkInput(item, input, { complete });
    if (!checked.ok) return checked;
  }
  return ok(undefined);
}

/** `01` is no spelling of item 1: a record has one key per item. */
function findItem(rubric: Pick<Rubric, "items">, no: string): RubricItem | undefined {
  return rubric.items.find((item) => String(item.no) === no);
}

function inputOf<K extends ItemInput["kind"]>(kind: K, input: ItemInput): InputOf<K> {
  invariant(isInputOf(kind, input), `a ${kind} item has ${kind} input, got ${input.kind}`);
  return input;
}

function isInputOf<K extends ItemInput["kind"]>(kind: K, input: ItemInput): input is InputOf<K> {
  return input.kind === kind;
}

/** R33: deduct until zero, never below; a line stops at its cap. */
function scoreDeduct(item: DeductItem, input: InputOf<"DEDUCT">): Fraction {
  const codes = item.lines.map((line) => line.code);
  invariant(
    input.picked.every((pick) => codes.includes(pick.code)),
    "picked lines are in the rubric",
  );
  const deducted = item.lines.reduce((sum, line) => {
    const picks = input.picked.filter((pick) => pick.code === line.code);
    const count = picks.reduce((all, pick) => all + pick.count, 0);
    return sum + Math.min(count * line.amount, line.cap);
  }, 0);
  return fraction(Math.max(0, item.max - deducted));
}

/** R34: the first band that holds the reading, its bound included; several points are summed. */
function scoreMeasure(item: MeasureItem, input: InputOf<"MEASURE">): Fraction | null {
  let sum = 0;
  for (const group of item.groups) {
    const values = input.readings.find((reading) => reading.group === group.id)?.values ?? [];
    invariant(values.length <= group.points, `at most ${group.points} readings in group ${group.id}`);
    for (let point = 0; point < group.points; point++) {
      const reading = values[point] ?? null;
      if (reading === null) return null;
      sum += markOfReading(group, reading);
    }
  }
  return smaller(fraction(sum), fraction(item.max));
}

function markOfReading(group: MeasureGroup, reading: number): number {
  return group.bands.find((band) => reading <= band.upTo)?.mark ?? group.otherwise;
}

/** R36: what does not apply gives its marks to the rest in proportion; when nothing applies nothing was lost. */
function scoreCheck(item: CheckItem, input: InputOf<"CHECK">): Fraction | null {
  invariant(input.checks.length <= item.checks, `at most ${item.checks} checks`);
  if (input.checks.length < item.checks || input.checks.includes(null)) return null;
  const applicable = input.checks.filter((check) => check !== "na").length;
  invariant(item.mayNotApply || applicable === item.checks, "the rubric allows `not applicable`");
  if (applicable === 0) return fraction(item.max);
  return fraction(input.checks.filter((check) => check === "yes").length * item.max, applicable);
}

/** R37: A mark that is typed is a whole number of steps. */
function scorePoints(max: number, steps: number): Fraction {
  invariant(steps <= max, `at most ${max} steps, got ${steps}`);
  return fraction(steps);
}

function refusalOf(item: RubricItem, input: ItemInput): MarkRefusal | undefined {
  switch (item.kind) {
    case "DEDUCT":
      return isInputOf("DEDUCT", input) ? refusedPick(item, input) : mismatch(item, input);
    case "MEASURE":
      return isInputOf("MEASURE", input) ? refusedReading(item, input) : mismatch(item, input);
    case "JUDGE":
      return isInputOf("JUDGE", input) ? undefined : mismatch(item, input);
    case "CHECK":
      return isInputOf("CHECK", input) ? refusedCheck(item, input) : mismatch(item, input);
    case "POINTS":
      if (!isInputOf("POINTS", input)) return mismatch(item, input);
      return input.steps > item.max
        ? { code: "mark.above-max", facts: { steps: input.steps, max: item.max } }
        : undefined;
    default:
      return unreachable(item);
  }
}

function mismatch(item: RubricItem, input: ItemInput): MarkRefusal {
  return { code: "mark.kind-mismatch", facts: { expected: item.kind, got: input.kind } };
}

function refusedPick(item: DeductItem, input: InputOf<"DEDUCT">): MarkRefusal | undefined {
  const seen = new Set<string>();
  for (const { code } of input.picked) {
    if (!item.lines.some((line) => line.code === code))
      return { code: "mark.unknown-line", facts: { line: code } };
    if (seen.has(code)) return { code: "mark.repeated-line", facts: { line: code } };
    seen.add(code);
  }
  return undefined;
}

function refusedReading(item: MeasureItem, input: InputOf<"MEASURE">): MarkRefusal | undefined {
  for (const [at, { group: id }] of input.readings.entries()) {
    if (at < item.groups.length && item.groups[at]?.id !== id) {
      return { code: "mark.unknown-group", facts: { group: id } };
    }
  }
  const expected = item.groups.map((group) => group.points);
  const got = input.readings.map((reading) => reading.values.length);
  return expected.join() === got.join() ? undefined : countMismatch(sum(expected), sum(got));
}

function refusedCheck(item: CheckItem, input: InputOf<"CHECK">): MarkRefusal | undefined {
  if (input.checks.length !== item.checks) return countMismatch(item.checks, input.checks.length);
  if (!item.mayNotApply && input.checks.includes("na")) return { code: "mark.na-not-allowed" };
  return undefined;
}

function countMismatch(expected: number, got: number): MarkRefusal {
  return { code: "mark.count-mismatch", facts: { expected, got } };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

function incompleteness(item: RubricItem, input: ItemInput): MarkRefusal | undefined {
  return scoreItem(item, input) === null ? { code: "mark.incomplete" } : undefined;
}
