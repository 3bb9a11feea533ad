// Events go one way, main to window, and carry ids, not state.
import { z } from "zod";
import { StickProgress } from "./carrier.ts";
import { SendProgress } from "./day.ts";

export const appEvents = {
  /** `hasReserve`: room is kept for a full disk; without it the disk is full or was at the start. */
  "journal.appended": z.strictObject({ seq: z.int().min(1), hasReserve: z.boolean() }),
  "session.changed": z.strictObject({}),
  "medium.changed": z.strictObject({}),
  "drill.changed": z.strictObject({}),
  "outbox.progress": SendProgress,
  "stick.progress": StickProgress,
  /** A contact began or ended, or sending was halted: ask again. */
  "outbox.link": z.strictObject({}),
} as const;
export type AppEvents = typeof appEvents;

export const confirmEvents = {
  "confirm.requested": z.strictObject({ id: z.int() }),
  "confirm.closed": z.strictObject({ id: z.int() }),
} as const;
export type ConfirmEvents = typeof confirmEvents;
