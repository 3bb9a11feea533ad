// The quality of this centre as far as this laptop holds it: to look at, and to publish.
import { z } from "zod";
import { CentreQuality } from "#shared/journal";
import { channel } from "./channel.ts";
import { PaperLanguages } from "./paper.ts";

const ASKED = ["session.none", "role.not-overseeing"] as const;

export const qualityChannels = {
  /** Of one year; null for the newest with a sitting. Only a supervisor is told which examiner a figure is about. */
  "quality.describe": channel({
    input: z.strictObject({ year: z.int().nullable() }),
    output: CentreQuality,
    refusals: ASKED,
  }),
  /** The report that may be published, written where a person says: nobody is named in it. */
  "quality.save": channel({
    input: z.strictObject({ year: z.int(), as: z.enum(["pdf", "csv"]), languages: PaperLanguages }),
    output: z.strictObject({ outcome: z.enum(["saved", "cancelled"]), fileName: z.string().optional() }),
    refusals: [...ASKED, "quality.none", "file.unwritable"],
  }),
} as const;
