// Ed25519 with strict keys: the one signature of suite ERT-INT-1. A low-order key makes one signature valid for every
// message, so such a key is refused before anything is verified (protocol F10, 1.6).
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, refuse, ok, type Bytes, type Kid, type Refusal, type Result } from "#shared/base";
import { keyId } from "./digest.ts";

/** Signs bytes with a key it does not show. Implemented by electron/keys and by the registry's key file. */
export interface Signer {
  readonly kid: Kid;
  readonly publicKey: Bytes;
  readonly sign: (bytes: Bytes) => Bytes;
}

export function createSigner(secretKey: Bytes): Signer {
  const publicKey = ed25519.getPublicKey(secretKey);
  return { kid: keyId(publicKey), publicKey, sign: (bytes) => ed25519.sign(bytes, secretKey) };
}

export function newSecretKey(random: (length: number) => Bytes): Bytes {
  return random(32);
}

/** Strict RFC 8032 verification (no ZIP-215 leniency); false for any malformed key or signature. */
export function isSignatureValid(signature: Bytes, bytes: Bytes, publicKey: Bytes): boolean {
  if (signature.length !== 64 || !checkPublicKey(publicKey).ok) return false;
  try {
    return ed25519.verify(signature, bytes, publicKey, { zip215: false });
  } catch {
    return false; // noble throws on an encoding that is no point: not a valid signature, nothing else to say
  }
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

function pointOf(publicKey: Bytes): ReturnType<typeof ed25519.Point.fromHex> | undefined {
  if (publicKey.length !== 32) return undefined;
  try {
    return ed25519.Point.fromHex(bytesToHex(publicKey));
  } catch {
    return undefined; // y not below p, or not on the curve
  }
}
