// A receipt as a registry signs it, for batches that no registry ever saw.
import { InstantMs, LogOrigin, NO_HASH } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { signRecord, type ReceiptRecord } from "#shared/wire";

export function aReceiptRecord(
  { batch, device, deviceSeq }: Pick<ReceiptRecord, "batch" | "device" | "deviceSeq">,
  signer: Signer,
  over: Partial<ReceiptRecord> = {},
) {
  const receipt: ReceiptRecord = {
    ...{ v: 1, batch, device, deviceSeq, verdict: "accepted", acceptedAt: InstantMs.parse(1), regSeq: 1 },
    sheets: { accepted: 1, quarantined: 0, rejected: 0 },
    notes: [],
    leaf: NO_HASH,
    log: LogOrigin.parse("registry.test/results/2026"),
    prevReceipt: NO_HASH,
    revocations: 0,
    by: { kid: signer.kid },
    ...over,
  };
  return signRecord("receipt", receipt, [signer]);
}
