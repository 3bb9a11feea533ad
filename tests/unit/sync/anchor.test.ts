// The laptop's side of the public log [SY29]-[SY31]: what makes a receipt anchored, which checkpoint is taken, and what is
// kept when two of them do not fit.
import { describe, expect, test } from "vitest";
import { bytesToBase64, InstantMs, LogOrigin, NO_HASH, utf8, type Bytes } from "#shared/base";
import { hashId } from "#shared/crypto";
import { logKeysOf, takeCheckpoint, verifyAnchor } from "#shared/sync";
import {
  batchLeaf,
  leafBytes,
  leafId,
  signCheckpoint,
  writeLogProof,
  type ReceiptRecord,
  type KeptCheckpoint,
} from "#shared/wire";
import { consistencyOf, pathOf, rootOf } from "../../support/reference-tree.ts";
import { aSigner, publicKeyHex } from "../../support/wire-builders.ts";

const log = LogOrigin.parse("registry.test/results/2026");
const signer = aSigner(51);
const keys = [signer.publicKey];

const judged = {
  v: 1 as const,
  batch: hashId(utf8("manifest")),
  device: aSigner(3).kid,
  deviceSeq: 1,
  verdict: "accepted" as const,
  acceptedAt: InstantMs.parse(5),
  regSeq: 1,
  sheets: { accepted: 2, quarantined: 0, rejected: 0 },
  notes: [],
  log,
  prevReceipt: NO_HASH,
  revocations: 0,
  by: { kid: aSigner(1).kid },
};
const leaf = leafBytes(batchLeaf(judged, "batch"));
const receipt: ReceiptRecord = { ...judged, leaf: leafId(leaf) };

const leavesOf = (size: number) =>
  Array.from({ length: size }, (_, i) => (i === 4 ? leaf : utf8(`leaf ${i}`)));
const noteOf = (leaves: readonly Bytes[], by = signer, name = log) =>
  signCheckpoint(name, { size: leaves.length, root: rootOf(leaves) }, by);
const proofOf = (leaves: readonly Bytes[], index = 4, by = signer) =>
  writeLogProof({ index, hashes: pathOf(index, leaves), checkpoint: noteOf(leaves, by) });

function kept(size: number): KeptCheckpoint {
  const taken = takeCheckpoint(null, noteOf(leavesOf(size)), [], keys);
  if (!taken.ok) throw new Error(taken.error.code);
  return taken.value.checkpoint;
}
const linesOf = (hashes: readonly Bytes[]) => hashes.map(bytesToBase64);

describe("[SY29] a receipt is anchored by a proof", () => {
  test("that shows the receipt's own leaf under a pinned log key", () => {
    expect(verifyAnchor(proofOf(leavesOf(9)), receipt, keys)).toMatchObject({
      ok: true,
      value: { index: 4, checkpoint: { size: 9 } },
    });
  });

  test("and not by one of another leaf, log, key or receipt", () => {
    const proof = proofOf(leavesOf(9));
    const invalid = { ok: false, error: { code: "anchor.invalid" } };
    expect(verifyAnchor(proofOf(leavesOf(9), 5), receipt, keys)).toMatchObject(invalid);
    expect(verifyAnchor(proofOf(leavesOf(9), 4, aSigner(52)), receipt, keys)).toMatchObject(invalid);
    expect(verifyAnchor(proof, receipt, [])).toMatchObject(invalid);
    const elsewhere = { ...receipt, log: LogOrigin.parse("registry.test/results/2027") };
    expect(verifyAnchor(proof, elsewhere, keys)).toMatchObject(invalid);
    const changed = { ...receipt, sheets: { accepted: 1, quarantined: 1, rejected: 0 } };
    expect(verifyAnchor(proof, changed, keys)).toMatchObject({
      ok: false,
      error: { code: "anchor.other-leaf" },
    });
  });

  test("[SY29] only the keyset's log keys count", () => {
    const of = (role: "log" | "receipts") => ({ kid: signer.kid, pub: publicKeyHex(signer), role });
    expect(logKeysOf({ keys: [of("receipts")] })).toEqual([]);
    expect(logKeysOf({ keys: [of("receipts"), of("log")] })).toEqual(keys);
  });
});

describe("[SY30] a checkpoint is taken", () => {
  test("when it is the first, the same again, or grown from the one kept", () => {
    expect(takeCheckpoint(null, noteOf(leavesOf(5)), [], keys)).toMatchObject({
      value: { change: "first", checkpoint: { size: 5, log } },
    });
    expect(takeCheckpoint(kept(5), noteOf(leavesOf(5)), [], keys)).toMatchObject({
      value: { change: "same" },
    });
    const grown = takeCheckpoint(kept(5), noteOf(leavesOf(9)), linesOf(consistencyOf(5, leavesOf(9))), keys);
    expect(grown).toMatchObject({ value: { change: "grown", checkpoint: { size: 9 } } });
  });

  test("not when it is unsigned, signed by a stranger, or no checkpoint", () => {
    for (const wrong of [utf8("<html>"), noteOf(leavesOf(6), aSigner(52)), new Uint8Array()]) {
      expect(takeCheckpoint(kept(5), wrong, [], keys)).toMatchObject({
        ok: false,
        error: { code: "checkpoint.unreadable" },
      });
    }
  });

  test("[SY31] not when the log became shorter, and both are kept", () => {
    const taken = takeCheckpoint(kept(9), noteOf(leavesOf(5)), [], keys);
    const evidence = { kept: kept(9).note, offered: bytesToBase64(noteOf(leavesOf(5))) };
    expect(taken).toMatchObject({ ok: false, error: { code: "checkpoint.behind", evidence } });
  });

  test("[SY31] not when the one before is no beginning of it, and both are kept with the proof that failed", () => {
    const rewritten = leavesOf(9).map((one, i) => (i === 2 ? utf8("another decision") : one));
    const lines = linesOf(consistencyOf(5, rewritten));
    const taken = takeCheckpoint(kept(5), noteOf(rewritten), lines, keys);
    expect(taken).toMatchObject({
      ok: false,
      error: {
        code: "checkpoint.split-view",
        evidence: { kept: kept(5).note, offered: bytesToBase64(noteOf(rewritten)), proof: lines },
      },
    });
    const sameSize = takeCheckpoint(kept(9), noteOf(rewritten), [], keys);
    expect(sameSize).toMatchObject({ ok: false, error: { code: "checkpoint.split-view" } });
  });
});
