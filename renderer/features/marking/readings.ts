// Typed figures: a reading in the item's resolution, a mark in the rubric's step. Text in, exact integers out; an empty
// field is blank and never 0.
import { divide, textToFraction, type Fraction } from "#shared/base";
import type { ItemInput, MeasureGroup, MeasureItem } from "#shared/exam";
import { decimalsOf } from "../../i18n/index.ts";

export type TypedFigure =
  | { readonly kind: "blank" }
  | { readonly kind: "value"; readonly units: number }
  | { readonly kind: "bad"; readonly why: "number" | "multiple" };

export function textToUnits(text: string, unit: Fraction): TypedFigure {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "blank" };
  const value = textToFraction(trimmed.replace(/^\./, "0."));
  if (!value || value.n < 0) return { kind: "bad", why: "number" };
  const units = divide(value, unit);
  return units.d === 1 ? { kind: "value", units: units.n } : { kind: "bad", why: "multiple" };
}

/**
 * A reading typed to its last decimal, and what follows it: no figure has two points, so the second one begins the next
 * reading. Before the last decimal it does not: it may be a slip.
 */
export function splitAtPoint(text: string, unit: Fraction): { whole: string; rest: string } | null {
  const [, whole = "", rest = ""] = /^(\d*\.\d+)(\..*)$/.exec(text) ?? [];
  const decimals = whole.split(".")[1]?.length ?? 0;
  return whole !== "" && decimals === decimalsOf(unit) ? { whole, rest } : null;
}

/** One point of a MEASURE item: which group, and which place in the item from 0. */
export interface Point {
  readonly group: MeasureGroup;
  readonly place: number;
  readonly at: number;
}

export function pointsOf(item: MeasureItem): Point[] {
  const points = item.groups.flatMap((group) =>
    Array.from({ length: group.points }, (_, place) => ({ group, place })),
  );
  return points.map((point, at) => ({ ...point, at }));
}

export function readingAt(input: ItemInput | undefined, { group, place }: Point): number | null {
  if (input?.kind !== "MEASURE") return null;
  return input.readings.find((reading) => reading.group === group.id)?.values[place] ?? null;
}

/** The item with one reading changed; null when no reading is left. */
export function withReading(
  item: MeasureItem,
  input: ItemInput | undefined,
  changed: Point,
  units: number | null,
): ItemInput | null {
  const readings = item.groups.map((group) => ({
    group: group.id,
    values: Array.from({ length: group.points }, (_, place) =>
      group.id === changed.group.id && place === changed.place
        ? units
        : readingAt(input, { group, place, at: 0 }),
    ),
  }));
  return readings.every(({ values }) => values.every((value) => value === null))
    ? null
    : { kind: "MEASURE", readings };
}

/** The first band that holds the reading (R34), in steps. */
export function bandMark(group: MeasureGroup, units: number): number {
  return group.bands.find((band) => units <= band.upTo)?.mark ?? group.otherwise;
}
