// Ed25519 with strict keys: the one signature of suite ERT-INT-1. A low-order key makes one signature valid for every
// message, so such a key is refused before anything is verified (protocol F10, 1.6). These rules stand in front of every
// implementation of the suite: OpenSSL and BoringSSL know none of them.
import { ed25519 } from "@noble/curves/ed25519.js";
import {
  bytesToHex,
  hexToBytes,
  refuse,
  ok,
  type Bytes,
  type Kid,
  type Refusal,
  type Result,
} from "#shared/base";
import { keyId } from "./digest.ts";
import { suite } from "./in-use.ts";
import type { Suite } from "./suite.ts";

/** Signs bytes with a key it does not show. Implemented by electron/keys and by the registry's key file. */
export interface Signer {
  readonly kid: Kid;
  readonly publicKey: Bytes;
  readonly sign: (bytes: Bytes) => Bytes;
}

export function createSigner(secretKey: Bytes): Signer {
  const { publicKey, sign } = suite().openSecretKey(secretKey);
  return { kid: keyId(publicKey), publicKey, sign };
}

export function newSecretKey(random: (length: number) => Bytes): Bytes {
  return random(32);
}

/** Strict RFC 8032 verification (no ZIP-215 leniency); false for any malformed key or signature. */
export function isSignatureValid(signature: Bytes, bytes: Bytes, publicKey: Bytes): boolean {
  return isSignatureValidBy(suite(), signature, bytes, publicKey);
}

/** The same by an implementation that is not in use: for who tries it. */
export function isSignatureValidBy(by: Suite, signature: Bytes, bytes: Bytes, publicKey: Bytes): boolean {
  if (signature.length !== 64 || !isBelow(signature.subarray(32), ORDER)) return false;
  return verifierOf(by, publicKey)?.(signature, bytes) ?? false;
}

/** The key rules of protocol 1.6: canonical y, not low-order, and torsion-free. */
export function checkPublicKey(
  publicKey: Bytes,
): Result<void, Refusal<"key.malformed" | "key.low-order" | "key.torsion">> {
  const point = pointOf(publicKey);
  if (!point) return refuse({ code: "key.malformed" });
  if (point.isSmallOrder()) return refuse({ code: "key.low-order" });
  if (!point.isTorsionFree()) return refuse({ code: "key.torsion" });
  return ok(undefined);
}

/** L = 2^252 + 27742317777372353535851937790883648493, little-endian (RFC 8032 §5.1). */
const ORDER = hexToBytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

/** S must be below L (RFC 8032 §5.1.7), or one signature has many spellings. */
function isBelow(number: Bytes, limit: Bytes): boolean {
  for (let i = limit.length - 1; i >= 0; i--) {
    const difference = (number[i] ?? 0) - (limit[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

type Verifier = ReturnType<Suite["openPublicKey"]>;

/**
 * Keys that were checked once: finding a torsion part costs ten times a verification, and the answer never changes. Null:
 * a key that is none.
 */
const known = new WeakMap<Suite, Map<string, Verifier | null>>();
/** More keys than a province has laptops and examiners at work on one day; past it the rest are checked anew. */
const KNOWN_KEYS = 20_000;

function verifierOf(by: Suite, publicKey: Bytes): Verifier | null {
  const keys = known.get(by) ?? new Map<string, Verifier | null>();
  known.set(by, keys);
  const name = String.fromCharCode(...publicKey);
  const found = keys.get(name);
  if (found !== undefined) return found;
  const verifier = checkPublicKey(publicKey).ok ? by.openPublicKey(publicKey) : null;
  if (keys.size >= KNOWN_KEYS) keys.clear();
  keys.set(name, verifier);
  return verifier;
}

function pointOf(publicKey: Bytes): ReturnType<typeof ed25519.Point.fromHex> | undefined {
  if (publicKey.length !== 32) return undefined;
  try {
    return ed25519.Point.fromHex(bytesToHex(publicKey));
  } catch {
    return undefined; // y not below p, or not on the curve
  }
}
