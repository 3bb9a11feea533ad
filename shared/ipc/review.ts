// What a supervisor may ask about what was signed: to decide, by naming it and saying why, and to see what was decided. Main shows
// its own figures beside each PIN; the window hands over no marks (rulings 2).
import { z } from "zod";
import { HashId, PersonId, SittingId } from "#shared/base";
import {
  FlagCode,
  MAX_REVIEW_FLAGS,
  Review,
  ReviewDecision,
  ReviewSubject,
  SettlingWords,
} from "#shared/exam";
import { RECORD_WAYS, REVIEW_REFUSALS } from "#shared/journal";
import { channel } from "./channel.ts";

/** How far a decision is on its way; unknown where the laptop that signed it keeps that to itself. */
export const ReviewWay = z.enum([...RECORD_WAYS, "unknown"]);
export type ReviewWay = z.infer<typeof ReviewWay>;

export const ReviewLine = z.strictObject({
  review: Review,
  way: ReviewWay,
  /** About what counts now; what takes a result away stands until a decision that follows it. */
  stands: z.boolean(),
  /** A sheet that was returned, and amended since by its examiner. */
  answered: z.boolean(),
  /** Whose turn it is where it stands; null where nobody's. */
  next: z.enum(["examiner", "supervisor", "panel", "operator"]).nullable(),
  /** Who may mark again, where it sends that to another panel. */
  remarkers: z.array(PersonId),
});
export type ReviewLine = z.infer<typeof ReviewLine>;

export const reviewChannels = {
  /** The person who is signed in decides; a second person signs where the rule asks for four eyes (R23, R46). */
  "review.decide": channel({
    input: z
      .strictObject({
        sitting: SittingId,
        subject: ReviewSubject,
        decision: ReviewDecision,
        reason: SettlingWords,
        question: SettlingWords.nullable(),
        /** The flags that were in sight, by their codes. */
        flags: z.array(FlagCode).max(MAX_REVIEW_FLAGS),
        second: PersonId.nullable(),
      })
      .refine(({ flags }) => new Set(flags).size === flags.length, "a flag is named once"),
    output: z.strictObject({ hash: HashId }),
    refusals: [
      ...REVIEW_REFUSALS,
      "person.declined",
      "person.busy",
      "permit.none",
      "keys.locked-out",
      "keys.not-permitted",
      "review.second-not-permitted",
      "journal.full",
      "journal.failed",
    ],
  }),
  /** Every decision about a sitting that this person may read (R45), the newest first. */
  "review.list": channel({
    input: z.strictObject({ sitting: SittingId }),
    output: z.strictObject({ reviews: z.array(ReviewLine) }),
    refusals: ["session.none", "sitting.unknown", "role.not-supervising"],
  }),
} as const;
