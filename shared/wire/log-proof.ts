// A proof that a leaf stands in a log (C2SP tlog-proof): its index, the hashes beside its way to the root, and the signed
// checkpoint. A file that anybody can check for ever with the log's key alone.
import {
  base64ToBytes,
  bytesToBase64,
  concatBytes,
  hashIdToDigest,
  ok,
  refuse,
  utf8,
  utf8ToText,
  type Bytes,
  type HashId,
  type LogOrigin,
  type Refusal,
  type Result,
} from "#shared/base";
import { verifyCheckpoint, type Checkpoint, type CheckpointError } from "./checkpoint.ts";
import { isIncluded } from "./merkle.ts";

export interface LogProof {
  readonly index: number;
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly Bytes[];
  /** The signed checkpoint, as the log published it. */
  readonly checkpoint: Bytes;
}

export type LogProofError = CheckpointError | Refusal<"proof.malformed" | "proof.not-included">;

const HEADER = "c2sp.org/tlog-proof@v1";
const MAX_PROOF_BYTES = 64 * 1024;
const MAX_HASHES = 63;

export function writeLogProof({ index, hashes, checkpoint }: LogProof): Bytes {
  const lines = [HEADER, `index ${index}`, ...hashes.map(bytesToBase64)];
  return concatBytes(utf8(`${lines.join("\n")}\n\n`), checkpoint);
}

/** Every line in its one spelling. An `extra` line is nothing we write, and nothing the signature covers: refused. */
export function readLogProof(proof: Bytes): Result<LogProof, LogProofError> {
  const end = proof.length <= MAX_PROOF_BYTES ? emptyLineOf(proof) : -1;
  if (end < 0) return refuse({ code: "proof.malformed" });
  const [header, place, ...lines] = asciiOf(proof.subarray(0, end)).split("\n");
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(place ?? "") ?? [];
  const hashes = lines.map((line) => base64ToBytes(line));
  const isRead =
    header === HEADER &&
    Number.isSafeInteger(Number(index)) &&
    hashes.length <= MAX_HASHES &&
    hashes.every((hash) => hash?.length === 32);
  if (!isRead) return refuse({ code: "proof.malformed" });
  return ok({
    index: Number(index),
    hashes: hashes.flatMap((hash) => hash ?? []),
    checkpoint: proof.subarray(end + 2),
  });
}

export interface Included {
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

// 1 readable? · 2 the checkpoint signed by this log · 3 the leaf under its root
export function verifyLogProof(
  proof: Bytes,
  leaf: HashId,
  log: LogOrigin,
  publicKey: Bytes,
): Result<Included, LogProofError> {
  const read = readLogProof(proof);
  if (!read.ok) return read;
  const { index, hashes } = read.value;
  const checkpoint = verifyCheckpoint(read.value.checkpoint, log, publicKey);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const hash = hashIdToDigest(leaf);
  if (!isIncluded({ index, size }, hash, hashes, root)) return refuse({ code: "proof.not-included" });
  return ok({ index, checkpoint: checkpoint.value });
}

function emptyLineOf(bytes: Bytes): number {
  for (let at = 1; at < bytes.length; at++) if (bytes[at] === 0x0a && bytes[at - 1] === 0x0a) return at - 1;
  return -1;
}

/** The lines above the checkpoint are ASCII; anything else becomes a character that no line may have. */
function asciiOf(bytes: Bytes): string {
  return bytes.some((byte) => byte > 0x7e) ? "" : utf8ToText(bytes);
}
