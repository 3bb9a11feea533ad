// How much of an object one call carries: little on a link that breaks, much on one that is quick (protocol A7, rulings 8)
// [SY18]. One pace for the link, not for each object: what was learned with one batch holds for the next.

export const FIRST_CHUNK = 8 * 1024;
export const MAX_CHUNK = 1024 * 1024;
const QUICK_MS = 3_000;
const QUICK_IN_A_ROW = 3;

export interface Pace {
  readonly chunk: number;
  /** Quick calls in a row at this chunk. */
  readonly quick: number;
}

export const FIRST_PACE: Pace = { chunk: FIRST_CHUNK, quick: 0 };

/** Twice as much after three whole chunks under three seconds, half as much after a failure. */
export function nextPace({ chunk, quick }: Pace, call: { readonly ms: number } | "failed"): Pace {
  if (call === "failed") return { chunk: Math.max(FIRST_CHUNK, Math.floor(chunk / 2)), quick: 0 };
  if (call.ms >= QUICK_MS) return { chunk, quick: 0 };
  return quick + 1 < QUICK_IN_A_ROW
    ? { chunk, quick: quick + 1 }
    : { chunk: Math.min(MAX_CHUNK, chunk * 2), quick: 0 };
}
