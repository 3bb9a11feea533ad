// Suite ERT-INT-1 by the noble family: plain JavaScript, so the one implementation that every process has, the sandboxed
// window included, and the one that Node's is held against at start.
import { gcm } from "@noble/ciphers/aes.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, isEqualBytes, type Bytes } from "#shared/base";
import type { Suite } from "./suite.ts";

export const nobleSuite: Suite = {
  by: "noble",
  hash: (bytes) => sha256(bytes),
  createHash: () => {
    const state = sha256.create();
    return { update: (bytes) => void state.update(bytes), digest: () => state.digest() };
  },
  openSecretKey: (secretKey) => ({
    publicKey: ed25519.getPublicKey(secretKey),
    sign: (bytes) => ed25519.sign(bytes, secretKey),
  }),
  openPublicKey: (publicKey) => (signature, bytes) => verify(signature, bytes, publicKey),
  encrypt: ({ key, nonce, aad }, plain) => gcm(key, nonce, aad).encrypt(plain),
  decrypt: ({ key, nonce, aad }, sealed) => {
    try {
      return gcm(key, nonce, aad).decrypt(sealed);
    } catch {
      return undefined; // the library throws for a bad tag and for bytes that are none alike
    }
  },
};

/**
 * [S]B - [k]A must be R, byte for byte, as OpenSSL and BoringSSL have it. noble's own `verify` multiplies by the cofactor
 * first: it takes some signatures that they refuse, and a registry and a laptop would then disagree about a record.
 */
function verify(signature: Bytes, bytes: Bytes, publicKey: Bytes): boolean {
  if (signature.length !== 64) return false;
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
  const { Point } = ed25519;
  try {
    const k = Point.Fn.create(littleEndian(sha512(concatBytes(r, publicKey, bytes))));
    const kA = Point.fromBytes(publicKey).multiplyUnsafe(k);
    return isEqualBytes(Point.BASE.multiplyUnsafe(littleEndian(s)).subtract(kA).toBytes(), r);
  } catch {
    return false; // no point, or an S that is not below the order: not a signature, nothing else to say
  }
}

function littleEndian(bytes: Bytes): bigint {
  return BigInt(`0x${bytesToHex(bytes.slice().reverse())}`);
}
