// Final marks worked out a second time, from what was typed and the rubric alone: whole numbers over a common denominator, and no
// line shared with the application's own rules. What the screens say is held against this.
import type { ItemInput, Rubric, RubricItem } from "#shared/exam";

/** A sum of points as `n` over `d`. */
interface Points {
  readonly n: bigint;
  readonly d: bigint;
}

export interface Recomputed {
  /** Total of each sheet, points. */
  readonly totals: readonly Points[];
  /** Lies further apart than the panel may without settling it. */
  readonly isDivergent: boolean;
  /** The panel's mean, half up to one decimal: `71.6`. */
  readonly mark: string;
}

const ALLOWED_POINTS = 10n;
const ALLOWED_LEVELS = 1;

export function recompute(rubric: Rubric, sheets: readonly ReadonlyMap<number, ItemInput>[]): Recomputed {
  const totals = sheets.map((inputs) => totalOf(rubric, inputs));
  const mean = over(totals.reduce(plus), BigInt(totals.length));
  const isApart = totals.some((one) =>
    totals.some((other) => one.n * other.d - other.n * one.d > ALLOWED_POINTS * one.d * other.d),
  );
  const levelsApart = rubric.items.some(({ no }) => {
    const levels = sheets.flatMap((inputs) => {
      const input = inputs.get(no);
      return input?.kind === "JUDGE" ? [input.level] : [];
    });
    return levels.length > 0 && Math.max(...levels) - Math.min(...levels) > ALLOWED_LEVELS;
  });
  return { totals, isDivergent: isApart || levelsApart, mark: toTenths(mean) };
}

function totalOf(rubric: Rubric, inputs: ReadonlyMap<number, ItemInput>): Points {
  const steps = rubric.items.map((item) => stepsOf(item, inputs.get(item.no))).reduce(plus);
  return { n: steps.n * BigInt(rubric.step.n), d: steps.d * BigInt(rubric.step.d) };
}

function stepsOf(item: RubricItem, input: ItemInput | undefined): Points {
  if (item.kind === "DEDUCT" && input?.kind === "DEDUCT") {
    let left = item.max;
    for (const line of item.lines) {
      const picked = input.picked.filter(({ code }) => code === line.code);
      left -= Math.min(line.cap, line.amount * picked.reduce((sum, { count }) => sum + count, 0));
    }
    return whole(left < 0 ? 0 : left);
  }
  if (item.kind === "MEASURE" && input?.kind === "MEASURE") {
    let earned = 0;
    for (const { group: id, values } of input.readings) {
      const group = item.groups.find((one) => one.id === id);
      for (const value of values) {
        let mark = group?.otherwise ?? 0;
        for (const band of [...(group?.bands ?? [])].reverse())
          if ((value ?? Infinity) <= band.upTo) mark = band.mark;
        earned += mark;
      }
    }
    return whole(Math.min(earned, item.max));
  }
  if (item.kind === "JUDGE" && input?.kind === "JUDGE") return { n: BigInt(input.level * item.max), d: 3n };
  if (item.kind === "CHECK" && input?.kind === "CHECK") {
    const asked = input.checks.filter((check) => check !== "na").length;
    const met = input.checks.filter((check) => check === "yes").length;
    return asked === 0 ? whole(item.max) : { n: BigInt(met * item.max), d: BigInt(asked) };
  }
  if (item.kind === "POINTS" && input?.kind === "POINTS") return whole(input.steps);
  throw new Error(`item ${String(item.no)} was not marked`);
}

function whole(n: number): Points {
  return { n: BigInt(n), d: 1n };
}

function plus(a: Points, b: Points): Points {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

function over({ n, d }: Points, by: bigint): Points {
  return { n, d: d * by };
}

function toTenths({ n, d }: Points): string {
  const tenths = (n * 20n + d) / (d * 2n);
  return `${String(tenths / 10n)}.${String(tenths % 10n)}`;
}
