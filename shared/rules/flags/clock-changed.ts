// Somebody, or something, set the clock while the sitting was marked (P16, S11): no mark depends on it, but times of it do not
// say when. A clock that drifts is not flagged. A fact.
import { aFlag, type FlagRule } from "./flag.ts";

export const clockChanged: FlagRule = ({ clocks }) => {
  const changed = clocks.filter(({ state }) => state === "changed");
  if (changed.length === 0) return [];
  const seconds = Math.round(Math.max(...changed.map(({ byMs }) => Math.abs(byMs))) / 1000);
  return [
    aFlag("clock-changed", {
      entries: changed.map(({ entry }) => entry),
      facts: { count: changed.length, seconds },
    }),
  ];
};
