// Which counts of a table are not published, so that nobody is recognised in them (secondary suppression: Hundepool et al.,
// Statistical Disclosure Control, 2012, ch. 4). A small count tells of single people, and so does a count that leaves only few
// out; either could be worked out again from a total, so others are withheld with it, or the total is.
import type { Share } from "#shared/exam";

export interface Withheld {
  /** By place in the column. */
  readonly of: ReadonlySet<number>;
  readonly hits: ReadonlySet<number>;
  readonly totalOf: boolean;
  readonly totalHits: boolean;
}

/** Nothing and all of it are published: they tell of everybody alike. */
export function withholdIn(column: readonly Share[], least: number): Withheld {
  const isSmall = (count: number) => count > 0 && count < least;
  const of = coverAll(
    column.map((share) => ({ sides: [share.of], isTelling: isSmall(share.of) })),
    least,
  );
  const hits = coverAll(
    column.map((share, place) => {
      const sides = [share.hits, share.of - share.hits];
      return { sides, isTelling: of.places.has(place) || sides.some(isSmall) };
    }),
    least,
  );
  return {
    of: of.places,
    hits: hits.places,
    totalOf: !of.isCovered,
    // Without the number it is out of, a total's rest cannot be told either.
    totalHits: !hits.isCovered || !of.isCovered,
  };
}

/** A share is so many of so many; a rate counts what may come more than once to one of them. */
export type FigureKind = "share" | "rate";

/** It is out of few, it is few itself, or it leaves only few out. */
export type WithheldWhy = "few" | "small" | "rest";

/** A figure that is published by itself, in no column: nothing could be worked out from a total. */
export function whyWithheld({ hits, of }: Share, least: number, per: FigureKind): WithheldWhy | null {
  const isSmall = (count: number) => count > 0 && count < least;
  if (isSmall(of)) return "few";
  if (isSmall(hits)) return "small";
  return per === "share" && isSmall(of - hits) ? "rest" : null;
}

interface Cell {
  /** The count, and what it leaves out. */
  readonly sides: readonly number[];
  readonly isTelling: boolean;
}

/**
 * Two cells at least, and the smallest others with them, until each side adds up to so much that every one of them could be
 * `least - 1` numbers. A reader knows that none of them is nothing, so that each further cell takes one away from the sum.
 */
function coverAll(cells: readonly Cell[], least: number) {
  const rows = cells.map((cell, place) => ({ ...cell, place }));
  const covered = rows.filter(({ isTelling }) => isTelling);
  const isCovered = () =>
    covered.length === 0 ||
    (covered.length > 1 &&
      sumOf(covered.map(({ sides }) => sides)).every((sum) => sum - covered.length + 2 >= least));
  const others = rows
    .filter(({ isTelling, sides }) => !isTelling && sides.every((count) => count > 0))
    .sort((a, b) => total(a.sides) - total(b.sides));
  for (const other of others) {
    if (isCovered()) break;
    covered.push(other);
  }
  return { places: new Set(covered.map(({ place }) => place)), isCovered: isCovered() };
}

/** Side by side. */
function sumOf(lists: readonly (readonly number[])[]): number[] {
  return lists.reduce<readonly number[]>(
    (sums, sides) => sides.map((count, at) => count + (sums[at] as number)),
    [0, 0],
  ) as number[];
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
