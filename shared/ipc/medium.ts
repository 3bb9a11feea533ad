// The second medium and the recovery code, for the administrator. The window never names a folder and never sees a code.
import { z } from "zod";
import { channel } from "./channel.ts";

export const MediumDescription = z.strictObject({
  /** Where the copy is kept; null while there is none. */
  folder: z.string().nullable(),
  state: z.enum(["none", "checking", "copying", "current", "troubled"]),
  trouble: z.enum(["medium.missing", "medium.full", "medium.unwritable", "medium.other"]).nullable(),
  /** Entries that are flushed there, of `seq` that are flushed here. */
  copied: z.int().min(0),
  seq: z.int().min(0),
  isSameDisk: z.boolean(),
});
export type MediumDescription = z.infer<typeof MediumDescription>;

const OFFICE = ["session.none", "role.not-administrator"] as const;
const MAKING = ["person.declined", "person.busy", "journal.failed"] as const;

export const mediumChannels = {
  "medium.describe": channel({ input: z.strictObject({}), output: MediumDescription, refusals: [] }),
  /** Asks for a folder in main's dialog; makes a recovery code first when there is none. */
  "medium.choose": channel({
    input: z.strictObject({}),
    output: z.strictObject({ outcome: z.enum(["copied", "cancelled"]) }),
    refusals: [
      ...OFFICE,
      ...MAKING,
      "medium.own-folder",
      "medium.missing",
      "medium.full",
      "medium.unwritable",
      "medium.other",
    ],
  }),
  "medium.forget": channel({ input: z.strictObject({}), output: z.strictObject({}), refusals: OFFICE }),
  "recovery.make": channel({
    input: z.strictObject({}),
    output: z.strictObject({}),
    refusals: [...OFFICE, ...MAKING],
  }),
} as const;
