// Whether supervisors have dealt with a flag (decision 027): by the newest decision that had its kind in sight, is about all its
// sheets, and stands or is about what counts still. As on the laptop, but for an examiner's answer in words: those are not sent, so a
// question stays one here until a sheet is amended or somebody decides again.
import type { HashId } from "#shared/base";
import type { ReviewDecision, ReviewSubject } from "#shared/exam";
import { reviewEffect, standingReview, type Flag, type SittingHistory } from "#shared/rules";
import { isLookedAt, isOfSubject } from "#shared/wire";
import { basisOfCounted, inOrder } from "../acceptance/judge.ts";
import { countedSittings } from "../acceptance/known.ts";
import type { TakenSitting } from "./taken.ts";

export interface Standing {
  readonly state: "open" | "asked" | "decided";
  readonly decision: ReviewDecision | null;
}

type About = Pick<Flag, "code" | "candidates" | "sheets">;

export async function standingOf(
  taken: TakenSitting,
  { sheets }: Pick<SittingHistory, "sheets">,
): Promise<(flag: About) => Standing> {
  const { sitting, institution } = taken;
  const all = inOrder(taken.reviews);
  const counted = (await countedSittings(institution, [sitting], rowsOf(taken))).get(sitting);
  const basisOf = (subject: ReviewSubject) => counted && basisOfCounted(sitting, subject, counted);
  const stands = ({ subject, hash }: (typeof all)[number]) => {
    const basis = basisOf(subject);
    return basis !== undefined && standingReview(all, { sitting, subject, basis })?.hash === hash;
  };
  const records = new Map(sheets.map(({ sheet }) => [sheet.id, sheet]));
  const covers = (subject: ReviewSubject, flag: About): boolean => {
    if (subject.kind === "sitting") return true;
    if (flag.sheets.length === 0)
      return flag.candidates.length > 0 && flag.candidates.every((ref) => isOfSubject(subject, ref));
    return flag.sheets.every((id) => {
      const { candidate, signature } = records.get(id) ?? {};
      return candidate && signature ? isLookedAt(subject, { candidate, hash: signature.hash }) : false;
    });
  };
  return (flag) => {
    const review = all
      .filter((one) => one.flags.includes(flag.code) && covers(one.subject, flag))
      .filter((one) => one.basis === basisOf(one.subject) || stands(one))
      .at(-1);
    if (!review) return { state: "open", decision: null };
    const { decision } = review;
    const isAsked = stands(review) && reviewEffect(decision).next === "examiner";
    return { state: isAsked ? "asked" : "decided", decision };
  };
}

/** What the index would answer of this sitting, out of the journal. */
function rowsOf(taken: TakenSitting): Parameters<typeof countedSittings>[2] {
  const { sitting, sheets, held, amendments, absences, deltas, reviews, roster } = taken;
  const marked = <T extends { readonly figures?: F | undefined }, F>(one: T) => ({
    ...one,
    figures: one.figures ?? null,
  });
  const of = (targets: readonly HashId[]) =>
    amendments
      .filter(({ target }) => targets.includes(target))
      .map((one) => ({ ...marked(one), reason: one.reason ?? null }));
  const isFollowed = (hash: HashId) => amendments.some(({ basis }) => basis === hash);
  const answer = <T>(rows: readonly T[]): Promise<T[]> => Promise.resolve([...rows]);
  return {
    sheets: () => answer(sheets.map(marked)),
    heldSheets: () => answer(held.map(marked)),
    amendmentsOf: (targets) => answer(of(targets).filter(({ hash }) => !isFollowed(hash))),
    everyAmendmentOf: (targets) => answer(of(targets)),
    absences: () => answer(absences),
    deltas: () =>
      answer(
        deltas.flatMap(({ candidates, ...one }) => candidates.map((candidate) => ({ ...one, candidate }))),
      ),
    reviewsOf: () => answer(reviews),
    panelSizes: () => answer([{ sitting, members: roster.panel }]),
  };
}
