// How long to wait after the n-th failure: full jitter, so that a hundred laptops that lost one link do not come back
// in one second (protocol A7) [SY8].

export const BASE_MS = 2_000;
export const CAP_MS = 15 * 60_000;
export const RETRY_AFTER_CAP_MS = 60 * 60_000;

/** random(0, min(15 min, 2 s x 2^n)); `chance` in [0, 1). A Retry-After is honoured up to an hour. */
export function backoffMs(failures: number, chance: number, retryAfterMs: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures, 30));
  return Math.max(Math.floor(ceiling * chance), Math.min(retryAfterMs, RETRY_AFTER_CAP_MS));
}

/** RFC 9110 §10.2.3, delay-seconds only: a date would need a laptop whose clock is right. */
export function retryAfterToMs(header: string | null): number {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) * 1000 : 0;
}
