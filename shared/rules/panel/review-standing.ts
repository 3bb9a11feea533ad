// Which of several decisions about the same stands (R23, R46, R76): one follows another by its name, and none by the clock.
import type { HashId } from "#shared/base";
import { isSameSubject, type Review } from "#shared/exam";
import { reviewEffect } from "./review-decision.ts";

type Standing = Pick<
  Review,
  "sitting" | "subject" | "basis" | "hash" | "follows" | "refused" | "heldSeq" | "decision"
>;

/**
 * The decision that stands about what counts now. A later one takes the place of an earlier one only by naming it (`follows`), so
 * that two laptops come to the same whichever stick came first; of two that name the same, the one that was here first stands
 * until the registry says otherwise. One that rests on another basis stands no more, unless it withholds: what was taken away comes
 * back by a decision that follows it, and not because something was signed or amended meanwhile.
 */
export function standingReview<R extends Standing>(
  reviews: readonly R[],
  about: Pick<Review, "sitting" | "subject" | "basis">,
): R | null {
  const own = reviews.filter(
    (one) =>
      one.refused === null && one.sitting === about.sitting && isSameSubject(one.subject, about.subject),
  );
  const here = headOver(own, about.basis);
  if (here) return here;
  const isFollowed = ({ hash }: R) => own.some(({ follows }) => follows === hash);
  const heads = [...new Set(own.map(({ basis }) => basis))].flatMap((basis) => headOver(own, basis) ?? []);
  const lasting = heads.filter((one) => reviewEffect(one.decision).withholds && !isFollowed(one));
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
