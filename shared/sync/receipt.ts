// The only acknowledgement there is: a receipt that verifies under the pinned keyset and speaks of this very batch
// [SY4].
import { refuse, type Bytes, type HashId, type Kid, type Refusal, type Result } from "#shared/base";
import { verifyRecord, type KeyLookup, type VerifiedRecord } from "#shared/wire";

export type ReceiptRefusal = Refusal<
  "send.receipt-invalid" | "send.receipt-other-batch" | "send.evidence-invalid"
>;

export function verifyReceipt(
  record: Bytes,
  expected: { readonly batch: HashId; readonly device: Kid; readonly deviceSeq: number },
  registryKeys: KeyLookup,
): Result<VerifiedRecord<"receipt">, ReceiptRefusal> {
  const receipt = verifyRecord("receipt", record, registryKeys);
  if (!receipt.ok) return refuse({ code: "send.receipt-invalid", facts: { because: receipt.error.code } });
  const { batch, device, deviceSeq } = receipt.value.value;
  const isOurs = batch === expected.batch && device === expected.device && deviceSeq === expected.deviceSeq;
  return isOurs ? receipt : refuse({ code: "send.receipt-other-batch" });
}

/** The statement that every evidence object of this very batch is stored [SY20]. */
export function verifyEvidence(
  record: Bytes,
  expected: { readonly batch: HashId; readonly device: Kid; readonly evidence: number },
  registryKeys: KeyLookup,
): Result<VerifiedRecord<"evidence">, ReceiptRefusal> {
  const statement = verifyRecord("evidence", record, registryKeys);
  if (!statement.ok)
    return refuse({ code: "send.evidence-invalid", facts: { because: statement.error.code } });
  const { batch, device, objects } = statement.value.value;
  const isOurs = batch === expected.batch && device === expected.device && objects === expected.evidence;
  return isOurs ? statement : refuse({ code: "send.evidence-invalid" });
}
