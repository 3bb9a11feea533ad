// The tails that flags weigh chance with, beside tables that are older than this program.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "#shared/base";
import {
  betaBinomial,
  compoundPoissonTail,
  median,
  normalTail,
  robustSpread,
  studentTail,
} from "../../../shared/rules/flags/chance.ts";
import { normal } from "../../support/normal.ts";
import { property } from "../../support/property.ts";

const totals = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 2, maxLength: 40 });

test.each([
  [0, 0.5],
  [1, 0.158655254],
  [1.959963985, 0.025],
  [3, 1.349898032e-3],
  [5, 2.866515719e-7],
  [8, 6.220960574e-16],
  [-1, 0.841344746],
])("the normal tail beyond %d", (z, tail) => {
  expect(normalTail(z) / tail).toBeCloseTo(1, 6);
});

test.each([
  [1, 12.7062, 0.025],
  [2, 4.30265, 0.025],
  [3, 3.18245, 0.025],
  [4, 8.6103, 0.0005],
  [9, 3.24984, 0.005],
  [30, 2.04227, 0.025],
])("Student's tail with %i degrees of freedom beyond %d", (freedom, t, tail) => {
  expect(studentTail(t, freedom) / tail).toBeCloseTo(1, 4);
});

test("a sum of a Poisson number of normal steps is beyond nothing always, and beyond much by several steps", () => {
  expect(compoundPoissonTail(0, 0.3, 1.2)).toBe(1);
  // One, two and three steps of one: 0.2 (0.0027), 0.02 (0.0339) and 0.0013 (0.0833), with their Poisson weights.
  const byHand = Math.exp(-0.2) * (0.2 * 0.0027 + 0.02 * 0.03389 + (0.008 / 6) * 0.08326);
  expect(compoundPoissonTail(3, 0.2, 1) / byHand).toBeCloseTo(1, 1);
  expect(compoundPoissonTail(6, 0.2, 2)).toBeCloseTo(compoundPoissonTail(3, 0.2, 1), 12);
});

test("beta-binomial chances sum to one, keep their mean, and are the uniform's for equal weights of one", () => {
  const each = betaBinomial(30, 21, 9);
  expect(each.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10);
  expect(each.reduce((sum, chance, k) => sum + k * chance, 0)).toBeCloseTo(21, 8);
  for (const chance of betaBinomial(4, 1, 1)) expect(chance).toBeCloseTo(0.2, 12);
});

test("a quarter of all differences is the spread of a normal distribution, of three values and of many", () => {
  // Half of three is two: the first of their three differences.
  expect(robustSpread([10, 13, 20])).toBeCloseTo((2.21914 * 3 * 3) / 4.4, 9);
  const random = createRandom(7);
  const values = Array.from({ length: 3000 }, () => 5 + 2 * normal(random));
  expect(robustSpread(values)).toBeGreaterThan(1.9);
  expect(robustSpread(values)).toBeLessThan(2.1);
  expect(robustSpread([4, 4, 4, 4])).toBeCloseTo(0, 9);
});

property("[R43] the spread is what all differences listed and sorted give", 300, [totals], (values) => {
  const sorted = values
    .flatMap((a, at) => values.slice(at + 1).map((b) => Math.abs(a - b)))
    .sort((a, b) => a - b);
  const half = Math.floor(values.length / 2) + 1;
  expect(robustSpread(values)).toBeCloseTo(
    (2.21914 * (sorted[(half * (half - 1)) / 2 - 1] ?? NaN) * values.length) /
      (values.length + (values.length % 2 === 1 ? 1.4 : 3.8)),
    6,
  );
});

test("a wild value moves neither the median nor the robust spread by much", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(robustSpread([1, 2, 3, 4, 500])).toBeCloseTo(robustSpread([1, 2, 3, 4, 5]), 9);
});
