// One entry as it lies in a segment: u32 length | payload | SHA-256(payload), all numbers big-endian. The payload names
// the hash of the frame before, so the chain runs over stored bytes and verifies while they are locked (rulings 5). The
// body is sealed; what the chain says about a frame is bound into the seal.
import { createHash } from "node:crypto";
import {
  concatBytes,
  digestToHashId,
  hashIdToDigest,
  invariant,
  isEqualBytes,
  type Bytes,
  type HashId,
} from "#shared/base";
import { SEAL_BYTES } from "./cipher.ts";

export interface Frame {
  /** How the body is stored: 1 sealed with AES-256-GCM. 0 was clear, in journals that nobody was ever given. */
  readonly form: number;
  /** The next frame belongs to the same group: a group is there as a whole or not at all. */
  readonly more: boolean;
  readonly seq: number;
  /** Last sequence known to be flushed when this frame was written. [Note: What a torn tail may look like] */
  readonly flushed: number;
  readonly prev: HashId;
  /** Sealed. */
  readonly body: Bytes;
  /** Form, place and chain as stored: what the seal is bound to. */
  readonly head: Bytes;
  readonly hash: HashId;
  /** Of the whole frame. */
  readonly length: number;
}

export const SEALED = 1;

const HEAD_BYTES = 1 + 1 + 8 + 8 + 32;
const LENGTH_BYTES = 4;
const HASH_BYTES = 32;
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;

/** `seal` gets what it has to bind: the frame's head. */
export function encodeFrame(
  frame: Pick<Frame, "more" | "seq" | "flushed" | "prev"> & { readonly clear: Bytes },
  seal: (clear: Bytes, head: Bytes) => Bytes,
): { bytes: Bytes; hash: HashId } {
  const payloadLength = HEAD_BYTES + SEAL_BYTES + frame.clear.length;
  invariant(payloadLength <= MAX_PAYLOAD_BYTES, `entry ${frame.seq} is larger than a frame may be`);
  const head = new DataView(new ArrayBuffer(LENGTH_BYTES + 18));
  head.setUint32(0, payloadLength);
  head.setUint8(4, SEALED);
  head.setUint8(5, frame.more ? 1 : 0);
  head.setBigUint64(6, BigInt(frame.seq));
  head.setBigUint64(14, BigInt(frame.flushed));
  const known = concatBytes(new Uint8Array(head.buffer), hashIdToDigest(frame.prev));
  const body = seal(frame.clear, known.subarray(LENGTH_BYTES));
  invariant(body.length === SEAL_BYTES + frame.clear.length, "a seal has one size");
  const before = concatBytes(known, body);
  const hash = sha256(before.subarray(LENGTH_BYTES));
  return { bytes: concatBytes(before, hash), hash: digestToHashId(hash) };
}

/** The frame at `at`; undefined when no whole and unharmed frame begins there. */
export function decodeFrame(bytes: Bytes, at: number): Frame | undefined {
  const head = readHead(bytes, at);
  if (!head) return undefined;
  const end = at + LENGTH_BYTES + head.payloadLength;
  const payload = bytes.subarray(at + LENGTH_BYTES, end);
  const hash = sha256(payload);
  if (!isEqualBytes(hash, bytes.subarray(end, end + HASH_BYTES))) return undefined;
  return {
    form: head.form,
    more: head.more === 1,
    seq: head.seq,
    flushed: head.flushed,
    prev: digestToHashId(payload.subarray(18, HEAD_BYTES)),
    body: payload.subarray(HEAD_BYTES),
    head: payload.subarray(0, HEAD_BYTES),
    hash: digestToHashId(hash),
    length: LENGTH_BYTES + head.payloadLength + HASH_BYTES,
  };
}

/** True when a frame written after `seq` was known to be flushed begins at `at`. Cheap unless it nearly is one. */
export function isLaterFrame(bytes: Bytes, at: number, seq: number): boolean {
  const head = readHead(bytes, at);
  if (!head || head.flushed < seq || head.seq <= head.flushed) return false;
  return decodeFrame(bytes, at) !== undefined;
}

function readHead(bytes: Bytes, at: number) {
  if (bytes.length - at < LENGTH_BYTES + HEAD_BYTES + HASH_BYTES) return undefined;
  const numbers = new DataView(bytes.buffer, bytes.byteOffset + at, LENGTH_BYTES + HEAD_BYTES);
  const payloadLength = numbers.getUint32(0);
  const form = numbers.getUint8(4);
  const more = numbers.getUint8(5);
  if (payloadLength < HEAD_BYTES || payloadLength > MAX_PAYLOAD_BYTES) return undefined;
  if (bytes.length - at < LENGTH_BYTES + payloadLength + HASH_BYTES) return undefined;
  if (form > SEALED || more > 1) return undefined;
  const seq = Number(numbers.getBigUint64(6));
  const flushed = Number(numbers.getBigUint64(14));
  return { payloadLength, form, more, seq, flushed };
}

function sha256(bytes: Bytes): Bytes {
  return createHash("sha256").update(bytes).digest();
}
