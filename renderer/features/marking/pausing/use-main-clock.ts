// The time as main has it, second by second. The window's own clocks will not do: somebody may set the one, and the other stands
// still while a laptop sleeps; so main is asked again every few seconds, and whenever the window comes back.
import { useEffect, useState } from "react";
import { InstantMs, type ClockReading } from "#shared/base";
import { bridge } from "../../../bridge/index.ts";

const ASK_EVERY_MS = 10_000;

/** Null until main has answered. */
export function useMainClock(): ClockReading | null {
  const [now, setNow] = useState<ClockReading | null>(null);
  useEffect(() => {
    let answer: { readonly clock: ClockReading; readonly at: number } | null = null;
    let isGone = false;
    const tick = () => {
      if (!answer || isGone) return;
      const since = Math.round(performance.now() - answer.at);
      const { wall, mono, boot } = answer.clock;
      setNow({ wall: InstantMs.parse(wall + since), mono: mono + since, boot });
    };
    const ask = async () => {
      const read = await bridge.call("app.readClock", {});
      if (read.ok) answer = { clock: read.value, at: performance.now() };
      tick();
    };
    const onVisible = () => void ask();
    void ask();
    const ticking = setInterval(tick, 1000);
    const asking = setInterval(() => void ask(), ASK_EVERY_MS);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      isGone = true;
      clearInterval(ticking);
      clearInterval(asking);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
  return now;
}
