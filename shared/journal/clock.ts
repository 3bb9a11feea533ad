// How far the wall clock can be believed. It orders nothing (architecture, Time): a wrong one costs a label, never a mark
// (P16). Compared with the monotonic clock of the same boot, with the newest entry, and with the registry's last time.
import type { ClockReading } from "#shared/base";

/** Up to here a clock is as good as its last setting. */
export const TRUSTED_MS = 5_000;
/** From here on somebody, or something, has set it. */
export const CHANGED_MS = 120_000;

export interface ClockJump {
  readonly state: "drifted" | "changed";
  /** What it was compared with: the monotonic clock, an earlier entry's wall clock, the registry's. */
  readonly against: "monotonic" | "journal" | "registry";
  /** Milliseconds; positive when the clock shows later than it should. */
  readonly byMs: number;
}

/** Null while the clock agrees with everything it can be compared with. `earlier` is the newest reading there is. */
export function compareClock(
  earlier: ClockReading | null,
  now: ClockReading,
  lastRegistryTime: number,
): ClockJump | null {
  if (earlier?.boot === now.boot) {
    const byMs = now.wall - earlier.wall - (now.mono - earlier.mono);
    return jump(byMs, "monotonic") ?? behindRegistry(now, lastRegistryTime);
  }
  // Over a restart of the computer nothing says how long it was off: the clock can only be seen to stand too early.
  const behind = earlier ? Math.min(0, now.wall - earlier.wall) : 0;
  return jump(behind, "journal") ?? behindRegistry(now, lastRegistryTime);
}

function behindRegistry(now: ClockReading, lastRegistryTime: number): ClockJump | null {
  const byMs = Math.min(0, now.wall - lastRegistryTime);
  return byMs <= -CHANGED_MS ? { state: "changed", against: "registry", byMs } : null;
}

function jump(byMs: number, against: ClockJump["against"]): ClockJump | null {
  const size = Math.abs(byMs);
  if (size < TRUSTED_MS) return null;
  return { state: size < CHANGED_MS ? "drifted" : "changed", against, byMs };
}
