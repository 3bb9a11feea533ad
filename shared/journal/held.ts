// What the registry answered and this laptop verified, as the entries that hold it: the same by wire and by stick [SY4].
import type { HashId } from "#shared/base";
import type { Included, VerifiedRecord } from "#shared/wire";
import type { BodyOf } from "./entry.ts";
import type { BatchRow } from "./tables.ts";

/** Something of it is still to be brought: a receipt to be had, or evidence that is owed. */
export function isOwing({ receipt, evidenceOwed }: Pick<BatchRow, "receipt" | "evidenceOwed">): boolean {
  return receipt === null || evidenceOwed > 0;
}

export function receiptToBody(batch: HashId, receipt: VerifiedRecord<"receipt">): BodyOf<"receipt.held"> {
  const { verdict, sheets, notes, regSeq, acceptedAt } = receipt.value;
  return { kind: "receipt.held", batch, receipt: receipt.hash, verdict, sheets, notes, regSeq, acceptedAt };
}

/** `receipt`: hash of the receipt whose leaf was shown [SY29]. */
export function anchorToBody(
  batch: HashId,
  receipt: HashId,
  { index, checkpoint: { log, size } }: Included,
): BodyOf<"batch.anchored"> {
  return { kind: "batch.anchored", batch, receipt, log, index, size };
}
