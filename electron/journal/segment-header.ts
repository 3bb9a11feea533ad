// The first bytes of a segment: which journal it belongs to and where it continues the chain.
import { createHash } from "node:crypto";
import {
  concatBytes,
  digestToHashId,
  hashIdToDigest,
  isEqualBytes,
  ok,
  refuse,
  type Bytes,
  type HashId,
  type Result,
} from "#shared/base";

export interface SegmentHeader {
  /** 16 random bytes, the same in all segments of a journal. */
  readonly journal: Bytes;
  readonly firstSeq: number;
  /** Hash of the last frame of the segment before. */
  readonly prev: HashId;
}

/** 0x89 and line ends as in PNG: a transfer that changes bytes is noticed at once. */
const MAGIC = Uint8Array.of(0x89, 0x4a, 0x50, 0x4a, 0x0d, 0x0a, 0x1a, 0x0a);
/** 1 had bodies in clear and was never given to anybody. */
const VERSION = 2;
const CHECKED_BYTES = 8 + 2 + 16 + 8 + 32;
export const HEADER_BYTES = CHECKED_BYTES + 32;

export function encodeHeader({ journal, firstSeq, prev }: SegmentHeader): Bytes {
  const numbers = new DataView(new ArrayBuffer(10));
  numbers.setUint16(0, VERSION);
  numbers.setBigUint64(2, BigInt(firstSeq));
  const version = new Uint8Array(numbers.buffer, 0, 2);
  const first = new Uint8Array(numbers.buffer, 2, 8);
  const checked = concatBytes(MAGIC, version, journal, first, hashIdToDigest(prev));
  return concatBytes(checked, createHash("sha256").update(checked).digest());
}

export function decodeHeader(bytes: Bytes): Result<SegmentHeader, "damaged" | "newer"> {
  if (bytes.length < HEADER_BYTES) return refuse("damaged");
  const checked = bytes.subarray(0, CHECKED_BYTES);
  const hash = createHash("sha256").update(checked).digest();
  if (!isEqualBytes(hash, bytes.subarray(CHECKED_BYTES, HEADER_BYTES))) return refuse("damaged");
  if (!isEqualBytes(checked.subarray(0, MAGIC.length), MAGIC)) return refuse("damaged");
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const version = numbers.getUint16(8);
  if (version !== VERSION) return refuse(version > VERSION ? "newer" : "damaged");
  return ok({
    journal: bytes.slice(10, 26),
    firstSeq: Number(numbers.getBigUint64(26)),
    prev: digestToHashId(bytes.subarray(34, 66)),
  });
}
