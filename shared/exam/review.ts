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
export const MAX_REVIEW_FLAGS = 32;

export const ReviewWords = z.string().trim().min(1).max(1000);

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

type Standing = Pick<
  Review,
  "sitting" | "subject" | "basis" | "hash" | "follows" | "refused" | "heldSeq" | "decision"
>;

/**
 * The decision that stands about what counts now. A later one takes the place of an earlier one only by naming it (`follows`), so
 * that two laptops come to the same whichever stick came first; of two that name the same, the one that was here first stands
 * until the registry says otherwise. One that rests on another basis stands no more, unless it `lasts`: what was taken away comes
 * back by a decision that follows it, and not because something was signed or amended meanwhile.
 */
export function standingReview<R extends Standing>(
  reviews: readonly R[],
  about: Pick<Review, "sitting" | "subject" | "basis">,
  lasts: (decision: ReviewDecision) => boolean,
): R | null {
  const own = reviews.filter(
    (one) =>
      one.refused === null && one.sitting === about.sitting && isSameSubject(one.subject, about.subject),
  );
  const here = headOver(own, about.basis);
  if (here) return here;
  const isFollowed = ({ hash }: R) => own.some(({ follows }) => follows === hash);
  const heads = [...new Set(own.map(({ basis }) => basis))].flatMap((basis) => headOver(own, basis) ?? []);
  const lasting = heads.filter((one) => lasts(one.decision) && !isFollowed(one));
  return lasting.sort((a, b) => b.heldSeq - a.heldSeq)[0] ?? null;
}

/** The end of the chain over one basis. It begins with a decision that follows none, or one over another basis. */
function headOver<R extends Standing>(reviews: readonly R[], basis: HashId): R | null {
  const own = reviews.filter((one) => one.basis === basis);
  const isElsewhere = (name: HashId) => reviews.some((one) => one.hash === name && one.basis !== basis);
  const begins = own.filter(({ follows }) => follows === null || isElsewhere(follows));
  let head: R | null = null;
  for (let next = firstOf(begins); next; next = nextOf(own, next.hash)) head = next;
  return head;
}

/** A record cannot name one that names it, so this comes to an end. */
function nextOf<R extends Standing>(reviews: readonly R[], hash: HashId): R | undefined {
  return firstOf(reviews.filter(({ follows }) => follows === hash));
}

function firstOf<R extends Standing>(reviews: readonly R[]): R | undefined {
  return [...reviews].sort((a, b) => a.heldSeq - b.heldSeq)[0];
}
