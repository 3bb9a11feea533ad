// SHA-256 and what is spelled with it: hash ids, key ids, stamps' raw material.
import { bytesToHex, concatBytes, digestToHashId, Kid, utf8, type Bytes, type HashId } from "#shared/base";
import { suite } from "./in-use.ts";
import type { RunningHash } from "./suite.ts";

export function digest(bytes: Bytes): Bytes {
  return suite().hash(bytes);
}

/** For bytes that do not fit into memory at once. */
export function createDigest(): RunningHash {
  return suite().createHash();
}

export function hashId(bytes: Bytes): HashId {
  return digestToHashId(digest(bytes));
}

/** kid = alg "." first 16 bytes of H(alg || 0x00 || public key), hex (protocol 1.4). */
export function keyId(publicKey: Bytes): Kid {
  const hashed = digest(concatBytes(utf8("ed25519"), Uint8Array.of(0), publicKey));
  return Kid.parse(`ed25519.${bytesToHex(hashed.subarray(0, 16))}`);
}
