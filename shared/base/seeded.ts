// Random numbers that come again with their seed, for demonstrations, benchmarks and fault rigs. xorshift32 (Marsaglia,
// "Xorshift RNGs", 2003): what is wanted is repeatability, not secrecy.
import { invariant } from "./invariant.ts";

/** Uniform in [0, 1). */
export type Random = () => number;

export function createRandom(seed: number): Random {
  // In a typed array, because a number in a closure beyond 31 bits is a new object every time.
  const state = Uint32Array.of((seed ^ 0x9e3779b9) >>> 0 || 1);
  return () => {
    let next = state[0] as number;
    next ^= next << 13;
    next ^= next >>> 17;
    next ^= next << 5;
    state[0] = next;
    return (next >>> 0) / 2 ** 32;
  };
}

export function pick<T>(all: readonly T[], random: Random): T {
  const one = all[Math.floor(random() * all.length)];
  invariant(one !== undefined, "something to pick from");
  return one;
}

/** From `least` to `most`, both included. */
export function pickInt(least: number, most: number, random: Random): number {
  return least + Math.floor(random() * (most - least + 1));
}
