// The fire drill and its readiness sheet: what a laptop was put through before the day, and whether it still counts.
// A laptop is ready when every step of its newest drill held, with the program that runs now, not too long ago.
import { z } from "zod";
import { ClockReading, HashId, Kid, PersonId } from "#shared/base";

/** In the order they are tried. */
export const DRILL_STEPS = ["killed", "full", "wiped", "clock", "network", "stick"] as const;
export const DrillStep = z.enum(DRILL_STEPS);
export type DrillStep = z.infer<typeof DrillStep>;

/** Why a step fell short, or was not tried. */
export const DrillTrouble = z.enum([
  "marks-lost",
  "not-flushed",
  "nothing-acknowledged",
  "no-reserve",
  "not-finished",
  "false-save",
  "disk-low",
  "store-differs",
  "not-rebuilt",
  "verdict-differs",
  "clock-unnoticed",
  "false-acknowledgement",
  "trouble-untold",
  "pull-unnoticed",
  "not-resumed",
  "copy-differs",
  "part-died",
  "cancelled",
]);
export type DrillTrouble = z.infer<typeof DrillTrouble>;

export const DrillResult = z.strictObject({
  step: DrillStep,
  result: z.enum(["held", "short", "not-tried"]),
  /** Null when it held. */
  trouble: DrillTrouble.nullable(),
  /** How often the mishap was made. */
  tried: z.int().min(0).max(10_000),
  /** What was at stake, by step: marks, rows, verdicts, answers or entries, and how many of them were lost or wrong. */
  stakes: z.int().min(0),
  wrong: z.int().min(0),
  /** True where the mishap itself was played and not real: nobody fills a centre's disk or pulls its stick for a drill. */
  modelled: z.boolean(),
  durationMs: z.int().min(0),
});
export type DrillResult = z.infer<typeof DrillResult>;

/** All steps, each once, in order. */
export const DrillResults = z
  .array(DrillResult)
  .refine((results) => results.map(({ step }) => step).join() === DRILL_STEPS.join(), "every step, once");

/** The newest drill of a device. */
export const Readiness = z.strictObject({
  device: Kid,
  /** Of the signed readiness sheet. */
  sheet: HashId,
  build: HashId,
  person: PersonId,
  results: DrillResults,
  at: ClockReading,
});
export type Readiness = z.infer<typeof Readiness>;

/** `old`: it held once, and another program or too many days have come between. */
export interface ReadinessState {
  readonly state: "none" | "green" | "old" | "red";
  readonly because: "never" | "held" | "build" | "days" | "short";
}

export function isHeld(results: readonly DrillResult[]): boolean {
  return results.every(({ result }) => result === "held");
}

/** A wrong clock can turn green into old and back: a colour, never a gate on a mark. */
export function readinessOf(
  drill: Readiness | null | undefined,
  now: { readonly build: string; readonly wall: number; readonly validDays: number },
): ReadinessState {
  if (!drill) return { state: "none", because: "never" };
  if (!isHeld(drill.results)) return { state: "red", because: "short" };
  if (drill.build !== now.build) return { state: "old", because: "build" };
  const days = Math.abs(now.wall - drill.at.wall) / DAY_MS;
  return days > now.validDays ? { state: "old", because: "days" } : { state: "green", because: "held" };
}

const DAY_MS = 24 * 60 * 60 * 1000;
