// Looks at the clock while people work and at every start, and writes down when it was set or slipped (P16, T15). The
// newest reading before is the journal's own, so that a clock set while the app was closed is noticed too.
import type { ClockReading } from "#shared/base";
import { compareClock, ONLY } from "#shared/journal";
import type { Environment, Journal } from "./ports.ts";

export interface ClockWatch {
  stop(): void;
}

const EVERY_MS = 5_000;

export async function watchClock(
  journal: Journal,
  env: Pick<Environment, "clock">,
  after: (ms: number, act: () => void) => () => void,
): Promise<ClockWatch> {
  const [last] = await journal.read(Math.max(0, journal.head().seq - 1), 1);
  let earlier: ClockReading | null = last?.entry.at ?? null;
  let stopTimer: (() => void) | null = null;
  let isStopped = false;

  const look = async () => {
    const now = env.clock();
    const chain = journal.view.read("chain", ONLY);
    if (chain) {
      const jump = compareClock(earlier, now, chain.lastRegistryTime);
      // Standing before the registry's time is said once; it stays so until somebody sets the clock.
      const isKnown = jump?.against === "registry" && chain.clock.state === "changed";
      if (jump && !isKnown) await journal.append(null, [{ body: { kind: "clock.changed", ...jump } }]);
      if (jump || earlier?.boot !== now.boot) earlier = now;
    }
    if (!isStopped) stopTimer = after(EVERY_MS, () => void look());
  };
  await look();
  return {
    stop: () => {
      isStopped = true;
      stopTimer?.();
    },
  };
}
