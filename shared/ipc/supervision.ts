// Supervision: which flags a sitting raises, the story of one sheet, and visits to its room. Only a visit's signature changes anything.
import { z } from "zod";
import { HashId, SheetId, SittingId } from "#shared/base";
import { FLAG_STANDINGS, ReviewDecision, VisitNotes } from "#shared/exam";
import {
  JournalEntry,
  NotAskedFlag,
  RaisedFlag,
  RECORD_WAYS,
  SheetTimeline,
  SignedVisit,
  VISIT_REFUSALS,
} from "#shared/journal";
import { channel } from "./channel.ts";

const ASKED = ["session.none", "sitting.unknown", "role.not-supervising"] as const;

/** An entry that a flag points to and that stands in no sheet's story: what it was, without what it says. */
export const Moment = JournalEntry.pick({ seq: true, at: true, actor: true }).extend({ kind: z.string() });
export type Moment = z.infer<typeof Moment>;

export const VisitLine = z.strictObject({
  visit: SignedVisit,
  /** How far it is on its way to the registry. */
  way: z.enum(RECORD_WAYS),
  /** Why the registry does not count it. */
  refusal: z.string().nullable(),
});
export type VisitLine = z.infer<typeof VisitLine>;

export const supervisionChannels = {
  /** One's own notes of a room, and every visit that was signed, the newest first. An administrator has no notes. */
  "visit.list": channel({
    input: z.strictObject({ sitting: SittingId }),
    output: z.strictObject({ notes: VisitNotes.nullable(), visits: z.array(VisitLine) }),
    refusals: ASKED,
  }),
  /** The notes as they stand are signed with the room as main counts it (R23). */
  "visit.sign": channel({
    input: z.strictObject({ sitting: SittingId }),
    output: z.strictObject({ hash: HashId }),
    refusals: [
      ...VISIT_REFUSALS,
      "person.declined",
      "person.busy",
      "permit.none",
      "keys.locked-out",
      "keys.not-permitted",
      "journal.full",
      "journal.failed",
    ],
  }),
  /**
   * As far as whoever asks may see them; facts first, then the least likely. `standing`: by the decisions that they may see. `withheld`:
   * flags about sheets that are closed to them. `notAsked`: flags that were not asked of so many signed sheets, because what they would
   * need is not known on this laptop.
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
      notAsked: z.array(NotAskedFlag),
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
