// The reading half of supervision: which flags a sitting raises, and the story of one sheet. Nothing here changes anything.
import { z } from "zod";
import { SheetId, SittingId } from "#shared/base";
import { ReviewDecision } from "#shared/exam";
import { FLAG_STANDINGS, JournalEntry, RaisedFlag, SheetTimeline } from "#shared/journal";
import { channel } from "./channel.ts";

const ASKED = ["session.none", "sitting.unknown", "role.not-supervising"] as const;

/** An entry that a flag points to and that stands in no sheet's story: what it was, without what it says. */
export const Moment = JournalEntry.pick({ seq: true, at: true, actor: true }).extend({ kind: z.string() });
export type Moment = z.infer<typeof Moment>;

export const supervisionChannels = {
  /**
   * As far as whoever asks may see them; facts first, then the least likely. `standing`: by the decisions that they may see. `withheld`: flags about sheets that are closed to them.
   */
  "supervision.flags": channel({
    input: z.strictObject({ sitting: SittingId }),
    output: z.strictObject({
      flags: z.array(
        RaisedFlag.extend({
          moments: z.array(Moment),
          standing: z.enum(FLAG_STANDINGS),
          decision: ReviewDecision.nullable(),
        }),
      ),
      withheld: z.int().min(0),
    }),
    refusals: ASKED,
  }),
  /** How many of which kind, and how many of those nobody has dealt with, for whoever closes the day. */
  "supervision.count": channel({
    input: z.strictObject({ sitting: SittingId }),
    output: z.strictObject({
      counts: z.array(
        z.strictObject({ code: RaisedFlag.shape.code, count: z.int().min(1), open: z.int().min(0) }),
      ),
    }),
    refusals: ASKED,
  }),
  /** Every entry of a sheet's story, with its actor and clock. */
  "supervision.timeline": channel({
    input: z.strictObject({ sheet: SheetId }),
    output: SheetTimeline,
    refusals: ["session.none", "sheet.unknown", "role.not-supervising", "supervision.hidden"],
  }),
} as const;
