// Tails of the distributions that flags weigh chance with, each from its textbook series. Tails below a million-millionth are not
// needed and not exact.

/** P(Z >= z), standard normal: the power series near the middle (Marsaglia 2004), Laplace's continued fraction in the tail. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 3; term > 1e-17; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let below = z;
  for (let k = 60; k > 0; k--) below = z + k / below;
  return density / below;
}

/** P(T >= t), Student's t with whole degrees of freedom: the finite sums of Abramowitz & Stegun 26.7.3 and 26.7.4. */
export function studentTail(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return (1 - within) / 2;
}

/** P(|S| >= least), least above nothing, of a sum of so many normal steps around nothing as a Poisson count says. */
export function compoundPoissonTail(least: number, rate: number, step: number): number {
  if (least <= 0) return 1;
  let count = Math.exp(-rate);
  let sum = 0;
  // Beyond fifty more than expected there is nothing left to add.
  for (let k = 1; k < rate + 50; k++) {
    count *= rate / k;
    sum += count * 2 * normalTail(least / (step * Math.sqrt(k)));
  }
  return sum;
}

/** P(X = 0), P(X = 1) … of so many trials whose common chance is itself drawn, from a beta distribution of weights a and b. */
export function betaBinomial(trials: number, a: number, b: number): number[] {
  let term = 1;
  for (let i = 0; i < trials; i++) term *= (b + i) / (a + b + i);
  return Array.from({ length: trials + 1 }, (_, k) => {
    const here = term;
    term *= ((trials - k) / (k + 1)) * ((a + k) / (b + trials - k - 1));
    return here;
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}

/** 1 / (√2 Φ⁻¹(5/8)): what makes a quarter of all differences a normal distribution's standard deviation. */
const QN = 2.21914;
/** So good is Qn beside the ordinary standard deviation where nothing is wild: it is worth that many values of a hundred. */
export const QN_EFFICIENCY = 0.82;

/**
 * A standard deviation that wild values do not move, up to nearly half of them: the first quartile of the differences of all pairs (Qn:
 * Rousseeuw & Croux 1993, "Alternatives to the median absolute deviation"), with their correction for few values. The quartile is
 * found by halving, because the pairs of a large sitting are too many to list.
 */
export function robustSpread(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2) + 1;
  const rank = (half * (half - 1)) / 2;
  let [low, high] = [0, (sorted.at(-1) as number) - (sorted[0] as number)];
  for (let n = 0; n < 50; n++) {
    const middle = (low + high) / 2;
    if (pairsWithin(middle, sorted) < rank) low = middle;
    else high = middle;
  }
  const isOdd = sorted.length % 2 === 1;
  return (QN * high * sorted.length) / (sorted.length + (isOdd ? 1.4 : 3.8));
}

function pairsWithin(distance: number, sorted: readonly number[]): number {
  let [count, from] = [0, 0];
  for (const [at, value] of sorted.entries()) {
    while (value - (sorted[from] as number) > distance) from += 1;
    count += at - from;
  }
  return count;
}
