// Do severity estimates recover differences that were put there? Simulated panels of three by number of sheets: bias, error, the
// share of nominal 95 % intervals that hold the truth, and their width, beside two peers on the same marks: the percentile
// bootstrap and Student's interval, which assumes a normal spread.
import { createRandom, type Random } from "#shared/base";
import { apartFromOthers, estimateSeverity, RESAMPLES, type Interval } from "#shared/rules";
import { rounded, type Goal, type Measured } from "../support/measured.ts";
import { NOISES, simulatePanel, type Noise } from "../support/simulated-panel.ts";

const SIZES = [5, 10, 20, 50, 100];
/** From here on the interval has to hold; below nobody is judged. */
const LEAST = 20;
const [GOAL_LOW, GOAL_HIGH] = [0.93, 0.97];
/** Student's 97.5 % point with a degree of freedom fewer than sheets. */
const STUDENT: Readonly<Record<number, number>> = { 5: 2.776, 10: 2.262, 20: 2.093, 50: 2.01, 100: 1.984 };
const LIMITS = { severityPoints: 4, severityLeastSheets: LEAST };

export function severityBench({ count, seed }: { readonly count: number; readonly seed: number }): Measured {
  const figures: Record<string, number> = { seed, panels: count, resamples: RESAMPLES };
  const goals: Record<string, Goal> = {};
  for (const noise of NOISES)
    for (const sheets of SIZES) {
      const row = recover(sheets, noise, count, seed);
      for (const [name, value] of Object.entries(row))
        figures[`${noise} ${sheets} ${name}`] = rounded(value, 4);
      if (sheets < LEAST) continue;
      goals[`${noise} ${sheets}`] = {
        goal: `${sheets} sheets, ${noise}: ${GOAL_LOW} to ${GOAL_HIGH} of the intervals hold the truth: ${rounded(row.coverage, 3)}`,
        met: row.coverage >= GOAL_LOW && row.coverage <= GOAL_HIGH,
      };
      // A mean is on target where its bias is lost in the error of one estimate.
      goals[`${noise} ${sheets} bias`] = {
        goal: `${sheets} sheets, ${noise}: bias below a tenth of an estimate's error: ${rounded(Math.abs(row.bias) / row.error, 3)}`,
        met: Math.abs(row.bias) < row.error / 10,
      };
    }
  return { name: "severity", figures, goals };
}

function recover(sheets: number, noise: Noise, count: number, seed: number) {
  const random = createRandom(seed * 1_000 + sheets * 2 + NOISES.indexOf(noise));
  const sums = { bias: 0, squares: 0, coverage: 0, width: 0, none: 0, percentile: 0, student: 0, wrong: 0 };
  let asked = 0;
  for (let n = 0; n < count; n++) {
    const { marks, truth } = simulatePanel(sheets, noise, random);
    for (const { examiner, points, interval, verdict } of estimateSeverity(marks, LIMITS, n)) {
      const by = truth.get(examiner);
      if (by === undefined) throw new Error("every examiner has a severity");
      asked += 1;
      sums.squares += (points - by) ** 2;
      if (interval) sums.width += interval.high - interval.low;
      else sums.none += 1;
      sums.coverage += holds(interval, by);
      const isAllowed = Math.abs(by) <= LIMITS.severityPoints;
      if (isAllowed ? verdict === "milder" || verdict === "stricter" : verdict === "within") sums.wrong += 1;
      // What examiners of one panel are off by adds up to nothing: bias is asked of one of them, and so are the peers.
      if (examiner !== marks[0]?.examiner) continue;
      sums.bias += points - by;
      const apart = apartFromOthers(marks).flatMap((mark) =>
        mark.examiner === examiner ? [mark.apart] : [],
      );
      sums.percentile += holds(percentileInterval(apart, random), by);
      sums.student += holds(studentInterval(apart), by);
    }
  }
  return {
    bias: sums.bias / count,
    error: Math.sqrt(sums.squares / asked),
    coverage: sums.coverage / asked,
    width: sums.width / Math.max(1, asked - sums.none),
    noInterval: sums.none / asked,
    wrongVerdicts: sums.wrong / asked,
    "coverage percentile": sums.percentile / count,
    "coverage Student": sums.student / count,
  };
}

function holds(interval: Interval | null, value: number): number {
  return interval && interval.low <= value && value <= interval.high ? 1 : 0;
}

/** Efron & Tibshirani 1993, §13.3. */
function percentileInterval(values: readonly number[], random: Random): Interval {
  const means = new Float64Array(RESAMPLES).map(() => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] ?? 0;
    return sum / values.length;
  });
  means.sort();
  return { low: means[49] ?? Number.NaN, high: means[1949] ?? Number.NaN };
}

function studentInterval(values: readonly number[]): Interval {
  const n = values.length;
  const middle = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1);
  const half = (STUDENT[n] ?? Number.NaN) * Math.sqrt(variance / n);
  return { low: middle - half, high: middle + half };
}
