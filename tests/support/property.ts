// A property test says in its name how often it ran, so that a report of names is a report of what was tried.
import fc from "fast-check";
import { test } from "vitest";

/** `check` asserts on values drawn from the arbitraries; a failure prints the seed and the smallest counterexample. */
export function property<T extends [unknown, ...unknown[]]>(
  name: string,
  runs: number,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...values: T) => void,
): void {
  test(`${name} (property, ${String(runs)} runs)`, () => {
    fc.assert(
      fc.property(...(arbitraries as unknown as [fc.Arbitrary<unknown>]), (...values) => {
        check(...(values as unknown as T));
      }),
      { numRuns: runs },
    );
  });
}
