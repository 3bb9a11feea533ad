// Whether a sitting has something signed here that no batch covers yet: said the same at home and where a day is closed.
import type { Review, Sheet } from "#shared/exam";
import type { BatchRow, CandidateRow, IncidentRow } from "./tables.ts";

/** A carried batch is another laptop's chain, and so is the place of what came from there. */
export function hasUnsealed(
  batches: readonly Pick<BatchRow, "carried" | "range">[],
  sheets: readonly Pick<Sheet, "signature" | "amendments" | "from">[],
  candidates: readonly Pick<CandidateRow, "absence" | "changes" | "settlements">[],
  reviews: readonly Pick<Review, "seq" | "from">[],
  incidents: readonly Pick<IncidentRow, "seq">[],
): boolean {
  const sealedTo = Math.max(0, ...batches.filter(({ carried }) => !carried).map(({ range }) => range.last));
  const isBeyond = (signed: { readonly seq: number } | null) => signed !== null && signed.seq > sealedTo;
  return (
    sheets.some(({ signature, from }) => from === null && isBeyond(signature)) ||
    sheets.some(({ amendments }) => amendments.some((one) => one.from === null && isBeyond(one))) ||
    candidates.some(({ absence }) => absence?.from === null && isBeyond(absence)) ||
    candidates.some(({ changes }) => changes.some((one) => one.from === null && isBeyond(one))) ||
    candidates.some(({ settlements }) =>
      settlements.some(({ signed }) => signed?.from === null && isBeyond(signed)),
    ) ||
    reviews.some((review) => review.from === null && isBeyond(review)) ||
    incidents.some(isBeyond)
  );
}
