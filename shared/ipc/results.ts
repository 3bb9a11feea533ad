// After the marking: two people sign for the totals, one decides on the results, and a recheck is carried out and kept.
import { z } from "zod";
import { CandidateRef, Day, PersonId, SittingId } from "#shared/base";
import { Finding, Recheck, SettlingWords, SignOffRole } from "#shared/exam";
import { channel } from "./channel.ts";

const PERSON = [
  "person.declined",
  "person.busy",
  "keys.locked-out",
  "keys.not-permitted",
  "permit.none",
] as const;
const JOURNAL = ["journal.full", "journal.failed"] as const;

export const resultChannels = {
  /** Each signs with their own PIN for what main computed again (R48, R80). */
  "results.signOff": channel({
    input: z.strictObject({ sitting: SittingId, as: SignOffRole, person: PersonId }),
    output: z.strictObject({}),
    refusals: [
      "session.none",
      "sitting.unknown",
      "person.unknown",
      "results.incomplete",
      "results.blocked",
      ...PERSON,
      ...JOURNAL,
    ],
  }),
  /** A member of a divergent panel signs that they keep their own sheet, and why (R43, R46). */
  "divergence.uphold": channel({
    input: z.strictObject({ candidate: CandidateRef, reason: SettlingWords }),
    output: z.strictObject({}),
    refusals: [
      "session.none",
      "person.ended",
      "candidate.unknown",
      "sitting.not-on-panel",
      "divergence.not-revealed",
      "divergence.none",
      "divergence.settled",
      ...PERSON,
      ...JOURNAL,
    ],
  }),
  /** The leader of a divergent panel signs that its mark stands, once every member looked again (R35, R43). */
  "divergence.settle": channel({
    input: z.strictObject({ candidate: CandidateRef, reason: SettlingWords }),
    output: z.strictObject({}),
    refusals: [
      "session.none",
      "candidate.unknown",
      "divergence.not-revealed",
      "divergence.none",
      "divergence.settled",
      "divergence.not-reviewed",
      ...PERSON,
      ...JOURNAL,
    ],
  }),
  /** What the rules say about a recheck before anybody signs it (R54, R55). */
  "recheck.review": channel({
    input: z.strictObject({
      candidate: CandidateRef,
      submittedOn: Day,
      checkers: z.tuple([PersonId, PersonId]),
    }),
    output: z.strictObject({ findings: z.array(Finding), result: Recheck.nullable() }),
    refusals: ["session.none", "candidate.unknown", "results.unpublished"],
  }),
  /** Both checkers sign; sums are computed again, what was judged is not judged again. */
  "recheck.record": channel({
    input: z.strictObject({
      candidate: CandidateRef,
      submittedOn: Day,
      checkers: z.tuple([PersonId, PersonId]),
    }),
    output: z.strictObject({ result: Recheck }),
    refusals: [
      "session.none",
      "candidate.unknown",
      "results.unpublished",
      "results.blocked",
      ...PERSON,
      ...JOURNAL,
    ],
  }),
} as const;
