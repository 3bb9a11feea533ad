// The fire drill: begun and stopped by the office, signed for in main's window, and the page of a hidden window whose store
// the drill wipes.
import { z } from "zod";
import { HashId } from "#shared/base";
import { DrillResult, DrillStep } from "#shared/exam";
import { channel } from "./channel.ts";
import { journalChannels } from "./journal.ts";

export const DrillDescription = z.strictObject({
  /** `finished`: every step was tried and nobody has signed for it yet. */
  state: z.enum(["idle", "running", "stopped", "finished"]),
  /** What is being tried. */
  step: DrillStep.nullable(),
  results: z.array(DrillResult).max(20),
  /** How often the program will be killed, and where the copy is pulled: the centre's second medium, or this disk. */
  kills: z.int().min(1),
  hasStick: z.boolean(),
});
export type DrillDescription = z.infer<typeof DrillDescription>;

const OFFICE = ["session.none", "drill.not-office"] as const;

export const drillChannels = {
  "drill.describe": channel({ input: z.strictObject({}), output: DrillDescription, refusals: [] }),
  /** Begins and returns at once; how it goes is told by `drill.changed`. */
  "drill.start": channel({
    input: z.strictObject({}),
    output: z.strictObject({}),
    refusals: [...OFFICE, "drill.running", "drill.sitting-open"],
  }),
  "drill.stop": channel({ input: z.strictObject({}), output: z.strictObject({}), refusals: OFFICE }),
  "drill.sign": channel({
    input: z.strictObject({}),
    output: z.strictObject({ sheet: HashId }),
    refusals: [
      ...OFFICE,
      "drill.nothing",
      "permit.none",
      "keys.not-permitted",
      "person.declined",
      "person.busy",
      "keys.locked-out",
    ],
  }),
  /** What the window shows, as it is printed. */
  "drill.savePdf": channel({
    input: z.strictObject({}),
    output: z.strictObject({ outcome: z.enum(["saved", "cancelled"]), fileName: z.string().optional() }),
    refusals: [...OFFICE, "file.unwritable"],
  }),
} as const;

/** What the page of the hidden window may ask. */
export const drillPageChannels = {
  "drill.readEntries": channel({
    input: journalChannels["journal.read"].input,
    output: journalChannels["journal.read"].output,
    refusals: [],
  }),
  "drill.showRows": channel({
    input: z.strictObject({
      /** Why the store was made anew; null when it was only brought level. */
      account: z.string().max(64).nullable(),
      rows: z.record(z.string(), z.array(z.tuple([z.string(), z.unknown()]))),
    }),
    output: z.strictObject({}),
    refusals: [],
  }),
} as const;
