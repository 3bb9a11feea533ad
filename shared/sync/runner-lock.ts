// One runner at a time, and no runner for ever: who holds the lock says until when, and renews it before each call. A
// runner that hangs past its own deadline is taken over, and what it brings home later no longer counts [SY7].

export interface RunnerLock {
  readonly runner: number;
  readonly until: number;
}

/** The lock for a new runner, or undefined while another one holds it. */
export function takeLock(
  held: RunnerLock | null,
  lastRunner: number,
  now: number,
  forMs: number,
): RunnerLock | undefined {
  if (held && now < held.until) return undefined;
  return { runner: lastRunner + 1, until: now + forMs };
}

/** The same lock, longer; undefined when it is no longer this runner's. */
export function renewLock(
  held: RunnerLock | null,
  runner: number,
  now: number,
  forMs: number,
): RunnerLock | undefined {
  return held?.runner === runner ? { runner, until: now + forMs } : undefined;
}
