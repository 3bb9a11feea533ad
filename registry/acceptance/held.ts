// Sheets that were held because their key was vouched for and not enrolled: once it is, they count, and a later receipt of
// their batch says so. The first receipt stays what it was, and what a repeat gets [SY2].
import { invariant, type HashId } from "#shared/base";
import {
  batchLeaf,
  leafBytes,
  leafId,
  recordToText,
  signRecord,
  type PeekedRecord,
  type ReceiptRecord,
} from "#shared/wire";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { PublicLog } from "../log/public-log.ts";
import type { Index, IndexedHeldSheet } from "../store/index-of-journal.ts";
import { ownRecord } from "../store/stored.ts";
import type { WriteEntry } from "./write-entry.ts";

export interface HeldDeps {
  readonly write: WriteEntry;
  readonly index: Index;
  readonly keys: Pick<RegistryKeys, "receipts">;
  readonly log: Pick<PublicLog, "origin">;
}

export async function acceptHeld({ write, index, keys, log }: HeldDeps): Promise<void> {
  const due = await index.heldOfEnrolled();
  for (const batch of new Set(due.map((sheet) => sheet.batch))) {
    const sheets = due.filter((sheet) => sheet.batch === batch);
    const former = await newestReceipt(batch, index);
    const receipt = signRecord("receipt", laterReceipt(former, sheets, keys, log), [keys.receipts]);
    await write({
      kind: "held.accepted",
      batch,
      receipt: { hash: receipt.hash, record: recordToText(receipt.record) },
      sheets: sheets.map(({ seq, hash, sitting, candidate, examiner, figures }) => ({
        ...{ seq, hash, sitting, candidate, examiner },
        ...(figures ? { figures } : {}),
      })),
    });
  }
}

async function newestReceipt(batch: HashId, index: Index): Promise<PeekedRecord<"receipt">> {
  const later = (await index.laterReceipts(batch)).at(-1)?.record;
  const record = later ?? (await index.batch(batch))?.receipt;
  invariant(record, "a batch with held sheets was judged");
  return ownRecord("receipt", record);
}

/** Names the receipt it follows, so that both stand; the device's chain of first receipts is not touched. */
function laterReceipt(
  { hash, value }: PeekedRecord<"receipt">,
  accepted: readonly IndexedHeldSheet[],
  { receipts }: HeldDeps["keys"],
  log: HeldDeps["log"],
): ReceiptRecord {
  const seqs = new Set(accepted.map(({ seq }) => seq));
  const later: ReceiptRecord = {
    ...value,
    verdict: "accepted",
    sheets: {
      ...value.sheets,
      accepted: value.sheets.accepted + accepted.length,
      quarantined: value.sheets.quarantined - accepted.length,
    },
    notes: value.notes.filter(({ seq, code }) => code !== "enrolment-pending" || !seqs.has(seq)),
    prevReceipt: hash,
    log: log.origin(), // a new year or a restore may have come between: its leaf is in the log of today
    by: { kid: receipts.kid },
  };
  return { ...later, leaf: leafId(leafBytes(batchLeaf(later, "batch"))) };
}
