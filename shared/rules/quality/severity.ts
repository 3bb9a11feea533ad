// How strict or mild an examiner is, beside the people they sat with: the mean of own total minus the mean of the others of the
// same candidate, with an interval. It says nothing about who is right, and compares nobody with examiners they never sat with:
// that would need a model over linked panels (many-facet Rasch; Linacre 1989), which few small panels cannot carry.
import { createRandom, type PersonId } from "#shared/base";
import type { QualityLimitValues } from "#shared/exam";
import { mean } from "../flags/chance.ts";
import { groupBy } from "#shared/base";
import { meanInterval, type Interval } from "./bootstrap.ts";

/** A total as it was signed before anybody's was seen. */
export interface SignedTotal {
  readonly candidate: string;
  readonly examiner: PersonId;
  readonly points: number;
}

/**
 * `too-few`: nothing is said. `within`: the whole interval lies within what is allowed. `milder` and `stricter`: the whole of
 * it lies beyond. `unclear`: neither.
 */
export type SeverityVerdict = "too-few" | "within" | "milder" | "stricter" | "unclear";

export interface Severity {
  readonly examiner: PersonId;
  /** Those that at least two others marked too. */
  readonly sheets: number;
  /** Above nothing: gives more than the others. */
  readonly points: number;
  readonly interval: Interval | null;
  readonly verdict: SeverityVerdict;
}

type Limits = Pick<QualityLimitValues, "severityPoints" | "severityLeastSheets">;

/** One an examiner, the mildest first. Whoever has the marks and the seed gets the same intervals. */
export function estimateSeverity(marks: readonly SignedTotal[], limits: Limits, seed: number): Severity[] {
  return [...groupBy(apartFromOthers(marks), ({ examiner }) => examiner)]
    .map(([examiner, rows]) => {
      const apart = rows.map((row) => row.apart);
      const interval = meanInterval(apart, createRandom(seed));
      const verdict = verdictOf(apart.length, interval, limits);
      return { examiner, sheets: apart.length, points: mean(apart), interval, verdict };
    })
    .sort((a, b) => b.points - a.points);
}

/** Every mark that at least two others stand beside, with how far it lies from their mean: one of two cannot be told apart. */
export function apartFromOthers<M extends Pick<SignedTotal, "candidate" | "points">>(
  marks: readonly M[],
): (M & { readonly apart: number })[] {
  return [...groupBy(marks, ({ candidate }) => candidate).values()].flatMap((panel) =>
    panel.length < 3
      ? []
      : panel.map((one) => {
          const others = panel.filter((other) => other !== one);
          return { ...one, apart: one.points - mean(others.map(({ points }) => points)) };
        }),
  );
}

function verdictOf(sheets: number, interval: Interval | null, limits: Limits): SeverityVerdict {
  const { severityPoints: allowed, severityLeastSheets: least } = limits;
  if (sheets < least) return "too-few";
  if (!interval) return "unclear";
  if (interval.low > allowed) return "milder";
  if (interval.high < -allowed) return "stricter";
  return interval.low >= -allowed && interval.high <= allowed ? "within" : "unclear";
}
