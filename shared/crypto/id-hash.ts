// How a person's ID number travels inside a reference pack: a keyed hash, so that training records and relations can be
// compared with a roster without carrying numbers (HMAC-SHA-256, RFC 2104, first 16 bytes).
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, IdHash, utf8 } from "#shared/base";

/** `salt` is the pack's own, 16 bytes in hex; `idNumber` in its normal form (R72). */
export function idHash(salt: string, idNumber: string): IdHash {
  return IdHash.parse(bytesToHex(hmac(sha256, hexToBytes(salt), utf8(idNumber)).subarray(0, 16)));
}
