// SHA-256 and what is spelled with it: hash ids, key ids, stamps' raw material.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, HashId, Kid, utf8, type Bytes } from "#shared/base";

export function digest(bytes: Bytes): Bytes {
  return sha256(bytes);
}

/** For bytes that do not fit into memory at once. */
export function createDigest(): { update(bytes: Bytes): void; digest(): Bytes } {
  const state = sha256.create();
  return { update: (bytes) => void state.update(bytes), digest: () => state.digest() };
}

export function hashId(bytes: Bytes): HashId {
  return HashId.parse(`sha256:${bytesToHex(sha256(bytes))}`);
}

/** kid = alg "." first 16 bytes of H(alg || 0x00 || public key), hex (protocol 1.4). */
export function keyId(publicKey: Bytes): Kid {
  const hashed = sha256(concatBytes(utf8("ed25519"), Uint8Array.of(0), publicKey));
  return Kid.parse(`ed25519.${bytesToHex(hashed.subarray(0, 16))}`);
}
