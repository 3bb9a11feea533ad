// Proofs of the public log that came on a stick. Each is matched with the receipt whose leaf it shows [SY29]; the
// checkpoints in them must not contradict the one that is kept, nor each other [SY31]. That one tree is the beginning of a
// longer one only the registry can show, at the next contact by wire.
import { invariant, type Bytes, type HashId } from "#shared/base";
import { anchorToBody, ONLY, type JournalView } from "#shared/journal";
import { checkpointOf, compareCheckpoints, evidenceFiles, verifyAnchor, type SplitView } from "#shared/sync";
import { peekRecord, type KeptCheckpoint, type ReceiptRecord } from "#shared/wire";
import type { EntryDraft, Journal } from "./ports.ts";

export interface WantedProof {
  readonly batch: HashId;
  /** Of the receipt's record. */
  readonly hash: HashId;
  readonly receipt: ReceiptRecord;
}

/** Each is tried against each receipt that waits for one. */
export const MAX_PROOFS = 500;

export interface TakenProofs {
  readonly drafts: readonly EntryDraft[];
  readonly proven: number;
  readonly refused: readonly string[];
}

export function takeProofs(
  proofs: readonly Bytes[],
  wanted: readonly WantedProof[],
  view: Pick<JournalView, "read">,
  logKeys: readonly Bytes[],
): TakenProofs {
  const drafts: EntryDraft[] = [];
  const refused: string[] = [];
  const open = [...wanted];
  let kept = view.read("chain", ONLY)?.checkpoint ?? null;
  const told = view.read("registry", ONLY)?.dispute;
  let disputed = told && !told.mended ? told.log : null;
  let proven = 0;
  for (const proof of proofs) {
    const found = findReceipt(proof, open, logKeys);
    if (!found) continue; // another laptop's, or one that is proven already
    const { at, one, included } = found;
    const offered = checkpointOf(included);
    const split = kept && compareCheckpoints(kept, offered);
    if (kept && split !== null && typeof split === "object") {
      drafts.push(disputeDraft(kept, offered, split));
      refused.push("checkpoint.split-view");
      disputed = kept.log;
      continue;
    }
    if (disputed === offered.log) {
      refused.push("anchor.invalid");
      continue;
    }
    if (!kept) {
      kept = offered;
      drafts.push({ body: { kind: "checkpoint.held", checkpoint: offered, change: "first" } });
    }
    open.splice(at, 1);
    proven += 1;
    drafts.push({ body: anchorToBody(one.batch, one.hash, included), attachments: [proof] });
  }
  return { drafts, proven, refused };
}

export async function receiptsWithoutProof(journal: Journal): Promise<WantedProof[]> {
  const wanted: WantedProof[] = [];
  for (const { id, receipt, anchored } of journal.view.rows("batches")) {
    if (!receipt || anchored) continue;
    const [record] = await journal.attachments(receipt.heldSeq);
    const read = record && peekRecord("receipt", record); // verified before it was held
    invariant(read?.ok, "a receipt that is held can be read");
    wanted.push({ batch: id, hash: receipt.hash, receipt: read.value.value });
  }
  return wanted;
}

function findReceipt(proof: Bytes, open: readonly WantedProof[], logKeys: readonly Bytes[]) {
  for (const [at, one] of open.entries()) {
    const included = verifyAnchor(proof, one.receipt, logKeys);
    if (included.ok) return { at, one, included: included.value };
  }
  return undefined;
}

function disputeDraft(kept: KeptCheckpoint, offered: KeptCheckpoint, evidence: SplitView): EntryDraft {
  return {
    body: {
      kind: "log.disputed",
      code: "checkpoint.split-view",
      log: kept.log,
      kept: kept.size,
      offered: offered.size,
    },
    attachments: evidenceFiles(evidence),
  };
}
