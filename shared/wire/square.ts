// What a QR on paper says, signed by the laptop that printed it: the laptop's key, its Ed25519 signature with the type of what is said,
// and the bytes that are said. Base32, because a QR packs capitals and digits tightly and a person can paste them.
import {
  base32ToBytes,
  bytesToBase32,
  concatBytes,
  ok,
  refuse,
  type Bytes,
  type Kid,
  type Refusal,
  type Result,
} from "#shared/base";
import { isSignatureValid, keyId, type Signer } from "#shared/crypto";
import { preAuthEncoding } from "./envelope.ts";

export interface SquareKind {
  /** First thing of its text: what it is, before anything is known of it. */
  readonly prefix: string;
  readonly type: string;
}

export type SquareError = Refusal<"paper.unreadable" | "paper.key-unknown" | "paper.signature-invalid">;

/** The laptop that printed it, and what it says: nothing is known of that yet but that it is unchanged. */
export interface OpenedSquare {
  readonly device: Kid;
  readonly said: Bytes;
}

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
export const MAX_SQUARE_BYTES = 2048;

export function signSquare({ prefix, type }: SquareKind, said: Bytes, device: Signer): string {
  const signature = device.sign(preAuthEncoding(type, said));
  return prefix + bytesToBase32(concatBytes(device.publicKey, signature, said));
}

/** Reads like the verification of a record: whose key, and does it stand over these bytes. */
export function openSquare(
  { prefix, type }: SquareKind,
  text: string,
  isKnownDevice: (kid: Kid) => boolean,
): Result<OpenedSquare, SquareError> {
  const parts = readParts(prefix, text);
  if (!parts) return refuse({ code: "paper.unreadable" });
  const { key, signature, said } = parts;
  const device = keyId(key);
  if (!isKnownDevice(device)) return refuse({ code: "paper.key-unknown" });
  if (!isSignatureValid(signature, preAuthEncoding(type, said), key))
    return refuse({ code: "paper.signature-invalid" });
  return ok({ device, said });
}

function readParts(
  prefix: string,
  text: string,
): { readonly key: Bytes; readonly signature: Bytes; readonly said: Bytes } | undefined {
  const bare = text.replace(/\s/g, "").toUpperCase();
  if (!bare.startsWith(prefix) || bare.length > 2 * MAX_SQUARE_BYTES) return undefined;
  const bytes = base32ToBytes(bare.slice(prefix.length));
  if (!bytes || bytes.length <= KEY_BYTES + SIGNATURE_BYTES) return undefined;
  return {
    key: bytes.subarray(0, KEY_BYTES),
    signature: bytes.subarray(KEY_BYTES, KEY_BYTES + SIGNATURE_BYTES),
    said: bytes.subarray(KEY_BYTES + SIGNATURE_BYTES),
  };
}
