// How sure a mean of few values is, without saying how they are spread: the symmetric bootstrap-t interval (Efron & Tibshirani,
// An Introduction to the Bootstrap, 1993, §12.5; Hall, On Symmetric Bootstrap Confidence Intervals, 1988). The plain percentile
// interval is too narrow for the few sheets of an examiner (npm run bench -- severity shows both).
import type { Random } from "#shared/base";
import { mean } from "../flags/chance.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** So many, because (resamples + 1) x 5 % is whole (Davison & Hinkley 1997, §5.2). */
export const RESAMPLES = 1999;

/** 95 % around the mean; null where the values do not vary, or too few resamples do. The same values and seed give the same. */
export function meanInterval(values: readonly number[], random: Random): Interval | null {
  const { length } = values;
  const middle = mean(values);
  // In order, so that nothing rests on how the values came in.
  const apart = Float64Array.from(values, (value) => value - middle).sort();
  const error = errorOf(
    0,
    apart.reduce((sum, one) => sum + one * one, 0),
    length,
  );
  if (length < 2 || error === 0) return null;
  const ratios = new Float64Array(RESAMPLES).map(() => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < length; i++) {
      const one = apart[Math.floor(random() * length)] as number;
      sum += one;
      squares += one * one;
    }
    // A resample without spread lies infinitely many of its own errors away.
    return sum === 0 ? 0 : Math.abs(sum) / length / errorOf(sum, squares, length);
  });
  ratios.sort();
  const half = (ratios[0.95 * (RESAMPLES + 1) - 1] as number) * error;
  return Number.isFinite(half) ? { low: middle - half, high: middle + half } : null;
}

/** The standard error of a mean from sum and sum of squares; none where values differ by no more than thirds are inexact. */
function errorOf(sum: number, squares: number, count: number): number {
  const variance = (squares - (sum * sum) / count) / (count - 1);
  return variance < 1e-12 ? 0 : Math.sqrt(variance / count);
}
