// The laptop's side of the public log: a receipt becomes anchored when a proof shows its leaf in the log, and a checkpoint
// is taken only when the log it speaks of begins with the one seen before. Two signed checkpoints that do not fit are
// kept, with the proof that failed: that is all the evidence there is (protocol 2.2).
import {
  base64ToBytes,
  bytesToBase64,
  hexToBytes,
  invariant,
  ok,
  refuse,
  utf8,
  type Bytes,
  type Refusal,
  type Result,
} from "#shared/base";
import {
  isConsistent,
  leafOfReceipt,
  originOf,
  verifyCheckpoint,
  verifyLogProof,
  type Checkpoint,
  type Included,
  type KeptCheckpoint,
  type KeysetRecord,
  type ReceiptRecord,
  type SeenCheckpoint,
} from "#shared/wire";

export type AnchorRefusal = Refusal<"anchor.other-leaf" | "anchor.invalid">;

/** The keys that may sign checkpoints: more than one only while one replaces another. */
export function logKeysOf({ keys }: Pick<KeysetRecord, "keys">): Bytes[] {
  return keys.filter(({ role }) => role === "log").map(({ pub }) => hexToBytes(pub));
}

// 1 does the receipt name the leaf of its own batch? · 2 the checkpoint signed by the log the receipt names · 3 the leaf
//   under its root
/** A receipt that is already verified, and the proof of its place in the log. */
export function verifyAnchor(
  proof: Bytes,
  receipt: ReceiptRecord,
  logKeys: readonly Bytes[],
): Result<Included, AnchorRefusal> {
  if (!leafOfReceipt(receipt)) return refuse({ code: "anchor.other-leaf" });
  return underAnyKey(logKeys, "anchor.invalid", (key) =>
    verifyLogProof(proof, receipt.leaf, receipt.log, key),
  );
}

/** The checkpoint inside a proof that verified, as it would be kept. */
export function checkpointOf({ checkpoint }: Included): KeptCheckpoint {
  return keptOf(checkpoint);
}

/**
 * What two signed checkpoints say of each other without any proof: two trees of one size are a split view, and where the
 * sizes differ the registry has to show that one is the beginning of the other.
 */
export function compareCheckpoints(
  kept: KeptCheckpoint,
  offered: KeptCheckpoint,
): "same" | "other-log" | "to-be-shown" | SplitView {
  if (kept.log !== offered.log) return "other-log";
  if (kept.size !== offered.size) return "to-be-shown";
  return kept.root === offered.root ? "same" : { kept: kept.note, offered: offered.note, proof: [] };
}

/** Kept for ever and exported: both as they were signed, and what was offered as a proof that they agree. */
export interface SplitView {
  readonly kept: string;
  readonly offered: string;
  readonly proof: readonly string[];
}

/** The two notes as they were signed, and what was offered as a proof: any tool that reads C2SP notes can judge them. */
export function evidenceFiles({ kept, offered, proof }: SplitView): Bytes[] {
  const notes = [kept, offered].map((note) => base64ToBytes(note));
  invariant(
    notes.every((note) => note !== undefined),
    "what was signed was kept as base64",
  );
  return [...notes, utf8(proof.map((line) => `${line}\n`).join(""))];
}

export type CheckpointRefusal =
  | Refusal<"checkpoint.unreadable">
  | (Refusal<"checkpoint.split-view" | "checkpoint.behind"> & { readonly evidence: SplitView });

/**
 * Takes the checkpoint that the registry shows now. `first` when none was kept, `other-log` when a new log was opened: the
 * old one stays evidence. `proof` is the answer to a consistency request from the kept size (base64 hashes).
 * `checkpoint.behind`: the log is shorter than it was; it was restored from a backup, or somebody cut it.
 */
export function takeCheckpoint(
  kept: KeptCheckpoint | null,
  note: Bytes,
  proof: readonly string[],
  logKeys: readonly Bytes[],
): Result<
  { readonly checkpoint: KeptCheckpoint; readonly change: "first" | "same" | "grown" | "other-log" },
  CheckpointRefusal
> {
  const offered = readCheckpoint(note, logKeys);
  if (!offered.ok) return offered;
  const checkpoint = keptOf(offered.value);
  if (!kept) return ok({ checkpoint, change: "first" });
  if (kept.log !== checkpoint.log) return ok({ checkpoint, change: "other-log" });
  const facts = { kept: kept.size, offered: checkpoint.size };
  const evidence = { kept: kept.note, offered: checkpoint.note, proof };
  if (checkpoint.size < kept.size) return refuse({ code: "checkpoint.behind", facts, evidence });
  if (!fits(kept, offered.value, proof)) return refuse({ code: "checkpoint.split-view", facts, evidence });
  return ok({ checkpoint, change: checkpoint.size === kept.size ? "same" : "grown" });
}

function fits(kept: SeenCheckpoint, { size, root }: Checkpoint, proof: readonly string[]): boolean {
  const before = base64ToBytes(kept.root);
  const hashes = proof.map(base64ToBytes);
  if (!before || !hashes.every((hash) => hash?.length === 32)) return false;
  return isConsistent(
    { size: kept.size, root: before },
    { size, root },
    hashes.flatMap((hash) => hash ?? []),
  );
}

function readCheckpoint(
  note: Bytes,
  logKeys: readonly Bytes[],
): Result<Checkpoint, Refusal<"checkpoint.unreadable">> {
  const log = originOf(note);
  if (!log) return refuse({ code: "checkpoint.unreadable" });
  return underAnyKey(logKeys, "checkpoint.unreadable", (key) => verifyCheckpoint(note, log, key));
}

function keptOf({ log, size, root, note }: Checkpoint): KeptCheckpoint {
  return { log, size, root: bytesToBase64(root), note: bytesToBase64(note) };
}

/** The first answer that is good; else refused with `code`, and why the last key did not open it. */
function underAnyKey<T, C extends string>(
  keys: readonly Bytes[],
  code: C,
  verify: (key: Bytes) => Result<T, Refusal>,
): Result<T, Refusal<C>> {
  let because = "key.none";
  for (const key of keys) {
    const tried = verify(key);
    if (tried.ok) return tried;
    because = tried.error.code;
  }
  return refuse({ code, facts: { because } });
}
