// Instants are integer milliseconds since 1970 UTC; dates people mean are days in Asia/Shanghai (rulings 1, 23). The
// core never asks for the time: it is passed in.
import { z } from "zod";
import { BootId } from "./ids.ts";

export const InstantMs = z.int().min(0).brand("InstantMs");
export type InstantMs = z.infer<typeof InstantMs>;

/** A day, `YYYY-MM-DD`, in Asia/Shanghai. */
export const Day = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
  .brand("Day");
export type Day = z.infer<typeof Day>;

/** Wall clock, monotonic milliseconds and the boot they count from: none of them orders anything (architecture, Time). */
export const ClockReading = z.strictObject({ wall: InstantMs, mono: z.int().min(0), boot: BootId });
export type ClockReading = z.infer<typeof ClockReading>;

/** By the clock that nobody sets where both readings are of one boot; else by the wall's, and never less than nothing. */
export function elapsedMs(from: ClockReading, to: ClockReading): number {
  return Math.max(0, from.boot === to.boot ? to.mono - from.mono : to.wall - from.wall);
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000; // no daylight saving since 1991

export function instantToDay(instant: InstantMs): Day {
  return Day.parse(new Date(instant + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10));
}
