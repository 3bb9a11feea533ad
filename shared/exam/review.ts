// What a quality supervisor decided about something that was signed (R23, R46, R76): which record counted then, what was in sight
// and why. A decision speaks of exactly that; what is amended since has to be looked at again. What takes a result away stands until
// a decision that follows it.
import { z } from "zod";
import { CandidateRef, ClockReading, HashId, Kid, PersonId, SittingId } from "#shared/base";
import { AmendmentOffice } from "./amendment.ts";

export const ReviewDecision = z.enum(["confirm", "return", "re-mark", "void", "escalate"]);
export type ReviewDecision = z.infer<typeof ReviewDecision>;

/** One sheet by the record that was signed first, all sheets of a candidate, or a whole sitting. */
export const ReviewSubject = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sheet"), candidate: CandidateRef, sheet: HashId }),
  z.strictObject({ kind: z.literal("candidate"), candidate: CandidateRef }),
  z.strictObject({ kind: z.literal("sitting") }),
]);
export type ReviewSubject = z.infer<typeof ReviewSubject>;

/** Which flag was in sight: its code, nothing of what it counted. */
export const FlagCode = z
  .string()
  .regex(/^[a-z]+(?:-[a-z]+)*$/)
  .max(64);
export const FLAG_STANDINGS = ["open", "asked", "decided"] as const;
/** `asked`: an examiner's answer is waited for. Once it is there the matter is the supervisor's again, and open. */
export type FlagStanding = (typeof FLAG_STANDINGS)[number];
export const MAX_REVIEW_FLAGS = 32;

export const Review = z.strictObject({
  /** Of the record: the decision's name. */
  hash: HashId,
  /** Place in the chain of the device that signed it. */
  seq: z.int().min(1),
  sitting: SittingId,
  subject: ReviewSubject,
  /** What counted when it was signed. */
  basis: HashId,
  /** The decision about the same that stood until then; null where none did. */
  follows: HashId.nullable(),
  flags: z.array(FlagCode).max(MAX_REVIEW_FLAGS),
  decision: ReviewDecision,
  reason: z.string().min(1).max(1000),
  question: z.string().min(1).max(1000).nullable(),
  person: PersonId,
  /** The second pair of eyes, and under which office. */
  second: z.strictObject({ person: PersonId, office: AmendmentOffice }).nullable(),
  at: ClockReading,
  /** Why the registry does not count it; null while it has said nothing against it. */
  refused: z.string().nullable(),
  /** The laptop it was signed on; null for this one. */
  from: Kid.nullable(),
  /** Journal sequence of the entry that brought it. */
  heldSeq: z.int().min(1),
});
export type Review = z.infer<typeof Review>;

export function isSameSubject(one: ReviewSubject, other: ReviewSubject): boolean {
  return subjectKey(one) === subjectKey(other);
}

function subjectKey(subject: ReviewSubject): string {
  if (subject.kind === "sitting") return subject.kind;
  return `${subject.kind} ${subject.kind === "sheet" ? subject.sheet : subject.candidate}`;
}
