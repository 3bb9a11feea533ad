// The time as main has it, for whoever draws with it: one clock, however many lines read it.
import type { ReactNode } from "react";
import type { ClockReading } from "#shared/base";
import { useMainClock } from "./use-main-clock.ts";

/** Null until main has answered. */
export function MainClock({ children }: { readonly children: (now: ClockReading | null) => ReactNode }) {
  return children(useMainClock());
}
