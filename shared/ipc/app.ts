// What the window may ask about the application itself.
import { z } from "zod";
import { ClockReading } from "#shared/base";
import { channel } from "./channel.ts";

export const Locale = z.enum(["zh-CN", "en"]);
export type Locale = z.infer<typeof Locale>;

export const AppDescription = z.strictObject({
  version: z.string(),
  build: z.string(),
  electron: z.string(),
  chromium: z.string(),
  dataFolder: z.string(),
  licence: z.string(),
  locale: Locale,
  /** A registry given to this start (npm start): offered as the demonstration's registry. */
  registryUrl: z.string().nullable(),
  /** Room is kept for a full disk. */
  hasReserve: z.boolean(),
});
export type AppDescription = z.infer<typeof AppDescription>;

const Saved = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("saved"), fileName: z.string() }),
  z.strictObject({ outcome: z.literal("cancelled") }),
]);

export const appChannels = {
  "app.describe": channel({ input: z.strictObject({}), output: AppDescription, refusals: [] }),
  /** Main's clocks, the one nobody sets among them: the window has only a wall clock, and one that may stand while it sleeps. */
  "app.readClock": channel({ input: z.strictObject({}), output: ClockReading, refusals: [] }),
  "app.chooseLocale": channel({
    input: z.strictObject({ locale: Locale }),
    output: z.strictObject({}),
    refusals: [],
  }),
  /** Counts, versions and codes; no name, no number, no mark. */
  "app.exportDiagnostics": channel({
    input: z.strictObject({}),
    output: Saved,
    refusals: ["file.unwritable"],
  }),
  /** Everything stored here, as sealed as it is, into a folder that a person chooses: for when nothing opens (S14, S15). */
  "app.exportStored": channel({
    input: z.strictObject({}),
    output: z.strictObject({ outcome: z.enum(["saved", "cancelled"]) }),
    refusals: ["file.unwritable"],
  }),
  /** After a copy was taken over: what was laid down is opened by the next start. */
  "app.restart": channel({ input: z.strictObject({}), output: z.strictObject({}), refusals: [] }),
  /** Files of the window's store that Chromium itself cannot open any more; the journal has all that was in them (P2). */
  "app.discardStore": channel({ input: z.strictObject({}), output: z.strictObject({}), refusals: [] }),
} as const;
