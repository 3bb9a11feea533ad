// The seal on one picture's file: AES-256-GCM in chunks of 64 KiB (STREAM), under a key of that file alone, which comes
// from the laptop's data key. Bound to the picture's hash, so that one file never passes for another, and to each chunk's
// place, so that none can be cut off, moved or repeated (README.md has the layout).
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import {
  concatBytes,
  hashIdToDigest,
  invariant,
  isEqualBytes,
  utf8,
  type Bytes,
  type HashId,
} from "#shared/base";
import { OBJECT_CHUNK_BYTES } from "#shared/crypto";

const MAGIC = utf8("JPEV");
const VERSION = 1;
const SALT_BYTES = 16;
export const HEADER_BYTES = MAGIC.length + 1 + 4 + SALT_BYTES;
/** As the registry's objects: one stream goes into the other piece by piece. */
export const CHUNK_BYTES = OBJECT_CHUNK_BYTES;
const TAG_BYTES = 16;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

export interface ChunkSeal {
  seal(chunk: Bytes, index: number, isLast: boolean): Bytes;
  /** Undefined: not what was sealed at this place. */
  open(sealed: Bytes, index: number, isLast: boolean): Bytes | undefined;
}

export interface PictureCipher {
  /** What stands before the chunks of a new file, and what seals them. */
  start(picture: HashId): { readonly header: Bytes; readonly chunks: ChunkSeal };
  /** `other-key`: sealed under another data key. Undefined: no header of ours. */
  resume(header: Bytes, picture: HashId): ChunkSeal | "other-key" | undefined;
}

/** `dataKey`: 32 bytes, uniform. */
export function createPictureCipher(dataKey: Bytes, random: (length: number) => Bytes): PictureCipher {
  invariant(dataKey.length === 32, "a data key has 32 bytes");
  const own = expand(dataKey, new Uint8Array(0), utf8("ERT evidence key"));
  const id = expand(dataKey, new Uint8Array(0), utf8("ERT evidence key id")).slice(0, 4);
  const chunksOf = (header: Bytes, picture: HashId): ChunkSeal => {
    const about = concatBytes(header, hashIdToDigest(picture));
    // A key for each file: a nonce is used once under it, whatever other files there are.
    return createChunkSeal(expand(own, header.subarray(-SALT_BYTES), about), about);
  };
  return {
    start: (picture) => {
      const header = concatBytes(MAGIC, Uint8Array.of(VERSION), id, random(SALT_BYTES));
      return { header, chunks: chunksOf(header, picture) };
    },
    resume: (header, picture) => {
      if (header.length !== HEADER_BYTES || header[MAGIC.length] !== VERSION) return undefined;
      if (!isEqualBytes(header.subarray(0, MAGIC.length), MAGIC)) return undefined;
      if (!isEqualBytes(header.subarray(MAGIC.length + 1, MAGIC.length + 5), id)) return "other-key";
      return chunksOf(header, picture);
    },
  };
}

export function chunkCount(length: number, chunkBytes: number): number {
  return Math.max(1, Math.ceil(length / chunkBytes));
}

function createChunkSeal(key: Bytes, about: Bytes): ChunkSeal {
  return {
    seal: (chunk, index, isLast) => {
      const cipher = createCipheriv("aes-256-gcm", key, nonceOf(index, isLast)).setAAD(about);
      return concatBytes(cipher.update(chunk), cipher.final(), cipher.getAuthTag());
    },
    open: (sealed, index, isLast) => {
      if (sealed.length < TAG_BYTES) return undefined;
      const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(index, isLast), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(about)
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        return concatBytes(decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final());
      } catch {
        return undefined; // the tag does not fit: nothing else can fail here
      }
    },
  };
}

/** Zeros || u32 index || u8 last: a stream that was cut off or put in another order does not open. */
function nonceOf(index: number, isLast: boolean): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, index);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** HKDF-SHA-256 (RFC 5869). */
function expand(key: Bytes, salt: Bytes, info: Bytes): Bytes {
  return new Uint8Array(hkdfSync("sha256", key, salt, info, 32));
}
