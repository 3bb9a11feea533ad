// Exact marks. A mark is a rational number of points until a person reads it: 214/3 is not 71.33 (rulings 1, R44).
import { z } from "zod";
import { invariant } from "./invariant.ts";

/** Lowest terms, `d` at least 1. Both parts are safe integers. */
export const Fraction = z
  .strictObject({ n: z.int(), d: z.int().min(1) })
  .refine(({ n, d }) => gcd(Math.abs(n), d) === 1, "fraction not in lowest terms");
export type Fraction = z.infer<typeof Fraction>;

export function fraction(n: number, d = 1): Fraction {
  invariant(
    Number.isSafeInteger(n) && Number.isSafeInteger(d) && d !== 0,
    `fraction of safe integers, got ${n}/${d}`,
  );
  const divisor = gcd(Math.abs(n), Math.abs(d)) * Math.sign(d);
  return { n: n / divisor || 0, d: d / divisor };
}

export const ZERO: Fraction = { n: 0, d: 1 };

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d);
}

export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n);
}

/** Negative, zero or positive, as a sort function wants it. */
export function compare(a: Fraction, b: Fraction): number {
  return a.n * b.d - b.n * a.d;
}

export function smaller(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) <= 0 ? a : b;
}

export function larger(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) >= 0 ? a : b;
}

/** Half-up at the given number of decimals, as an integer count of that decimal: 214/3, 1 decimal -> 713 (R44). */
export function roundHalfUp(value: Fraction, decimals: number): number {
  const scale = 10 ** decimals;
  const doubled = 2 * value.n * scale + value.d;
  return Math.floor(doubled / (2 * value.d));
}

/** For a person's eyes: at most `decimals` places, no trailing zeros (71.33, 7.5, 8). Never parsed back. */
export function fractionToText(value: Fraction, decimals = 2): string {
  const text = fractionToFixed(value, decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Rounded half up, with every decimal written: marks in a column stand under one another. */
export function fractionToFixed(value: Fraction, decimals: number): string {
  const units = roundHalfUp(value, decimals);
  const digits = String(Math.abs(units)).padStart(decimals + 1, "0");
  const whole = (units < 0 ? "-" : "") + digits.slice(0, digits.length - decimals);
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}

/** Reads a plain decimal literal such as `0.5` or `12` exactly; undefined for anything else. */
export function textToFraction(text: string): Fraction | undefined {
  const found = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text);
  if (!found) return undefined;
  const [, sign = "", whole = "0", decimals = ""] = found;
  const value = fraction(Number(whole + decimals), 10 ** decimals.length);
  return sign === "-" ? fraction(-value.n, value.d) : value;
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a === 0 ? 1 : a;
}
