// Whether a supervisor has dealt with a flag (R23, T7): nothing is written down for it, what was decided says it. The laptop and the
// registry ask the same, each of what lies there.
import type { HashId, SittingId } from "#shared/base";
import type { FlagStanding, Review, ReviewDecision, ReviewSubject } from "#shared/exam";
import { reviewEffect } from "./review-decision.ts";
import { standingReview } from "./review-standing.ts";

type Decided = Parameters<typeof standingReview>[0][number] & Pick<Review, "flags">;

export interface DecidedAbout {
  readonly sitting: SittingId;
  readonly reviews: readonly Decided[];
  /** Whether a decision about this looked at everything that the flag is about. */
  readonly covers: (subject: ReviewSubject) => boolean;
  /** What counts of it now, under one name; null where nothing does. */
  readonly basisOf: (subject: ReviewSubject) => HashId | null;
  /** Of a question that stands: whether everybody who was asked has answered. */
  readonly isAnswered: (subject: ReviewSubject) => boolean;
}

/**
 * By the newest decision that had this kind of flag in sight, is about everything the flag is about, and stands, or is about what counts
 * still. What is amended afterwards opens the flag again, and so does an answer: the matter is the supervisor's then.
 */
export function flagStandingBy(
  code: string,
  { sitting, reviews, covers, basisOf, isAnswered }: DecidedAbout,
): { readonly standing: FlagStanding; readonly decision: ReviewDecision | null } {
  const stands = ({ subject, hash }: Decided): boolean => {
    const basis = basisOf(subject);
    return basis !== null && standingReview(reviews, { sitting, subject, basis })?.hash === hash;
  };
  const [review] = reviews
    .filter(({ refused, flags, subject }) => refused === null && flags.includes(code) && covers(subject))
    .filter((one) => one.basis === basisOf(one.subject) || stands(one))
    .sort((a, b) => b.heldSeq - a.heldSeq);
  if (!review) return { standing: "open", decision: null };
  const { decision, subject } = review;
  const isQuestion = reviewEffect(decision).next === "examiner" && stands(review);
  if (!isQuestion) return { standing: "decided", decision };
  return { standing: isAnswered(subject) ? "open" : "asked", decision };
}
