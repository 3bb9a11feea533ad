// A receipt that verified, as the entry that holds it: the same by wire and by stick [SY4].
import type { HashId } from "#shared/base";
import type { VerifiedRecord } from "#shared/wire";
import type { BodyOf } from "./entry.ts";

export function receiptToBody(batch: HashId, receipt: VerifiedRecord<"receipt">): BodyOf<"receipt.held"> {
  const { verdict, sheets, notes, regSeq, acceptedAt } = receipt.value;
  return { kind: "receipt.held", batch, receipt: receipt.hash, verdict, sheets, notes, regSeq, acceptedAt };
}
