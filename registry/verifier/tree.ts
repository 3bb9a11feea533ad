// The Merkle trees of RFC 6962, the signed notes of C2SP, and the two files made of them: checkpoint and tlog-proof.
import { isSigned, sha256 } from "./key.ts";
import type { Wrong } from "./record.ts";

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** RFC 6962 §2.1. */
export function rootOf(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length < 2) return leaves[0] ? leafHash(leaves[0]) : sha256();
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(NODE, rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

export function leafHash(leaf: Uint8Array): Buffer {
  return sha256(LEAF, leaf);
}

/** RFC 9162 §2.1.3.2. */
function isIncluded(
  index: number,
  size: number,
  leaf: Buffer,
  way: readonly Buffer[],
  root: Buffer,
): boolean {
  let [node, last, hash] = [index, size - 1, leaf];
  if (index >= size) return false;
  for (const beside of way) {
    if (last === 0) return false;
    const isRight = node % 2 === 1 || node === last;
    hash = isRight ? sha256(NODE, beside, hash) : sha256(NODE, hash, beside);
    if (isRight)
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.equals(root);
}

export interface LogKey {
  readonly publicKey: Buffer;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** Three lines, an empty one, and a line of the log's own key under the log's own name (C2SP tlog-checkpoint). */
export function readCheckpoint(file: Buffer, keys: readonly LogKey[]): Checkpoint | Wrong {
  const text = file.toString("utf8");
  const end = text.lastIndexOf("\n\n");
  const body = text.slice(0, end + 1);
  const [, origin = "", size, root] = /^(\S+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(body) ?? [];
  if (end < 0 || root === undefined || !text.endsWith("\n")) return { wrong: "checkpoint-form" };
  const lines = text.slice(end + 2, -1).split("\n");
  const signed = lines.map((line) => /^— (\S+) (\S+)$/u.exec(line));
  const bytesOf = (line: RegExpExecArray | null) => unspelled(line?.[2] ?? "");
  const rootBytes = unspelled(root);
  if (!rootBytes || !signed.every(bytesOf)) return { wrong: "checkpoint-form" };
  const ours = keys.flatMap(({ publicKey }) => {
    const id = sha256(Buffer.from(`${origin}\n\x01`), publicKey).subarray(0, 4);
    return signed.flatMap((line) => {
      const bytes = bytesOf(line);
      return bytes && line?.[1] === origin && bytes.subarray(0, 4).equals(id)
        ? [{ publicKey, sig: bytes.subarray(4) }]
        : [];
    });
  });
  if (ours.length === 0) return { wrong: "checkpoint-key" };
  if (!ours.every(({ publicKey, sig }) => isSigned(Buffer.from(body), sig, publicKey)))
    return { wrong: "checkpoint-signature" };
  return { origin, size: Number(size), root: rootBytes };
}

export interface Proof {
  readonly index: number;
  readonly checkpoint: Checkpoint;
  /** Does the leaf with this hash stand there? */
  readonly includes: (leaf: Buffer) => boolean;
}

export const PROOF_HEADER = "c2sp.org/tlog-proof@v1\n";

/** Header, `index N`, the hashes beside the way up, an empty line, the checkpoint (C2SP tlog-proof). */
export function readProof(file: Buffer, keys: readonly LogKey[]): Proof | Wrong {
  const text = file.toString("latin1");
  const end = text.indexOf("\n\n");
  const [place = "", ...hashes] = text.slice(PROOF_HEADER.length, Math.max(end, 0)).split("\n");
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(place) ?? [];
  const way = hashes.flatMap((hash) => unspelled(hash) ?? []);
  const isProof =
    text.startsWith(PROOF_HEADER) && end >= 0 && index !== undefined && way.length === hashes.length;
  if (!isProof || way.some(({ length }) => length !== 32)) return { wrong: "proof-form" };
  const checkpoint = readCheckpoint(file.subarray(end + 2), keys);
  if ("wrong" in checkpoint) return checkpoint;
  return {
    index: Number(index),
    checkpoint,
    includes: (leaf) => isIncluded(Number(index), checkpoint.size, leaf, way, checkpoint.root),
  };
}

/** Bytes of base64 in its one spelling (RFC 4648 §3.5): undefined for every other. */
function unspelled(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.length > 0 && bytes.toString("base64") === text ? bytes : undefined;
}
