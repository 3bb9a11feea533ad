// Whether a sitting has something signed here that no batch covers yet: said the same at home and where a day is closed.
import type { Review, Sheet } from "#shared/exam";
import type { BatchRow, CandidateRow, IncidentRow, SittingRow } from "./tables.ts";

/** What may be signed here of one sitting, and the batches that cover it. */
export interface SignedOfSitting {
  readonly sitting: Pick<SittingRow, "visits" | "substitutions">;
  readonly batches: readonly Pick<BatchRow, "carried" | "range">[];
  readonly sheets: readonly Pick<Sheet, "signature" | "amendments" | "from">[];
  readonly candidates: readonly Pick<CandidateRow, "absence" | "changes" | "settlements">[];
  readonly reviews: readonly Pick<Review, "seq" | "from">[];
  readonly incidents: readonly Pick<IncidentRow, "seq">[];
}

export function hasUnsealed({ sitting, batches, sheets, candidates, reviews, incidents }: SignedOfSitting) {
  const sealedTo = sealedOf(batches);
  const isBeyond = ({ seq }: { readonly seq: number }) => seq > sealedTo;
  // The place of what came from another laptop is one of that laptop's chain.
  const isOpen = (signed: { readonly seq: number; readonly from: unknown } | null) =>
    signed?.from === null && isBeyond(signed);
  return (
    sheets.some(({ signature, from }) => signature && isOpen({ ...signature, from })) ||
    sheets.some(({ amendments }) => amendments.some(isOpen)) ||
    candidates.some(({ absence }) => isOpen(absence)) ||
    candidates.some(({ changes }) => changes.some(isOpen)) ||
    candidates.some(({ settlements }) => settlements.some(({ signed }) => isOpen(signed))) ||
    reviews.some(isOpen) ||
    incidents.some(isBeyond) ||
    sitting.substitutions.some(isBeyond) ||
    unsealedVisits(sitting, batches) > 0
  );
}

/** Visits to the room that no batch covers yet. */
export function unsealedVisits(
  { visits }: Pick<SittingRow, "visits">,
  batches: SignedOfSitting["batches"],
): number {
  const sealedTo = sealedOf(batches);
  return visits.filter((seq) => seq > sealedTo).length;
}

/** A carried batch is another laptop's chain. */
function sealedOf(batches: SignedOfSitting["batches"]): number {
  return Math.max(0, ...batches.filter(({ carried }) => !carried).map(({ range }) => range.last));
}
