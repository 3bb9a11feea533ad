// What the QR of a printed score sheet says: the figures that are printed beside it, signed by the laptop that printed them.
// A whole sheet and its signature are too large for a square that a printer holds at 30 mm, so the square names the record by
// its hash and repeats the figures; base32, because a QR packs capitals and digits tightly and a person can paste them.
import { z } from "zod";
import {
  base32ToBytes,
  bytesToBase32,
  compare,
  concatBytes,
  Day,
  digestToHashId,
  fraction,
  Fraction,
  hashIdToDigest,
  ok,
  refuse,
  roundHalfUp,
  textToFraction,
  type Bytes,
  type HashId,
  type Kid,
  type Refusal,
  type Result,
} from "#shared/base";
import { isSignatureValid, keyId, type Signer } from "#shared/crypto";
import { VetoCode } from "#shared/exam";
import { canonicalBytes, parseCanonical } from "./canonical.ts";
import { preAuthEncoding } from "./envelope.ts";

/** As printed: of a blind panel's sheet `name` is a number. */
export const PaperFigures = z.strictObject({
  v: z.literal(1),
  day: Day,
  rubric: z.string().min(1).max(80),
  no: z.int().min(1),
  name: z.string().min(1).max(60),
  ticket: z.string().min(1).max(32),
  examiner: z.string().min(1).max(60),
  /** Each item's mark in hundredths of a point, as it is printed, in the rubric's order. */
  marks: z.array(z.int().min(0)).min(1).max(60),
  vetoes: z.array(VetoCode).max(20),
  /** Exact points. */
  total: Fraction,
});
export type PaperFigures = z.infer<typeof PaperFigures>;

export interface CheckedPaper {
  readonly figures: PaperFigures;
  /** The record that counted when it was printed: the sheet, or an amendment of it. */
  readonly record: HashId;
  /** The laptop that printed it. */
  readonly device: Kid;
}

export type PaperError = Refusal<"paper.unreadable" | "paper.key-unknown" | "paper.signature-invalid">;

const PREFIX = "JP1:";
const TYPE = "application/vnd.ert.paper.v1+json";
const KEY_BYTES = 32;
const HASH_BYTES = 32;
const SIGNATURE_BYTES = 64;
const MAX_BYTES = 2048;

export function signPaper(record: HashId, figures: PaperFigures, device: Signer): string {
  const said = concatBytes(hashIdToDigest(record), canonicalBytes(PaperFigures.parse(figures)));
  const signature = device.sign(preAuthEncoding(TYPE, said));
  return PREFIX + bytesToBase32(concatBytes(device.publicKey, signature, said));
}

/** Reads like the verification of a record: whose key, does it stand over these bytes, and only then what they say. */
export function verifyPaper(
  text: string,
  isKnownDevice: (kid: Kid) => boolean,
): Result<CheckedPaper, PaperError> {
  const parts = readParts(text);
  if (!parts) return refuse({ code: "paper.unreadable" });
  const { key, signature, said } = parts;
  const device = keyId(key);
  if (!isKnownDevice(device)) return refuse({ code: "paper.key-unknown" });
  if (!isSignatureValid(signature, preAuthEncoding(TYPE, said), key))
    return refuse({ code: "paper.signature-invalid" });
  const value = parseCanonical(said.subarray(HASH_BYTES), MAX_BYTES);
  const figures = value.ok ? PaperFigures.safeParse(value.value) : undefined;
  if (!figures?.success) return refuse({ code: "paper.unreadable" });
  const record = digestToHashId(said.subarray(0, HASH_BYTES));
  return ok({ figures: figures.data, record, device });
}

/** Does the total that stands on the paper, as a person typed it, agree with the exact one? Two decimals are printed. */
export function isPrintedTotal(typed: string, total: Fraction): boolean {
  const value = textToFraction(typed.trim());
  return value !== undefined && compare(value, fraction(roundHalfUp(total, 2), 100)) === 0;
}

function readParts(text: string): { key: Bytes; signature: Bytes; said: Bytes } | undefined {
  const bare = text.replace(/\s/g, "").toUpperCase();
  if (!bare.startsWith(PREFIX) || bare.length > 2 * MAX_BYTES) return undefined;
  const bytes = base32ToBytes(bare.slice(PREFIX.length));
  if (!bytes || bytes.length <= KEY_BYTES + SIGNATURE_BYTES + HASH_BYTES) return undefined;
  return {
    key: bytes.subarray(0, KEY_BYTES),
    signature: bytes.subarray(KEY_BYTES, KEY_BYTES + SIGNATURE_BYTES),
    said: bytes.subarray(KEY_BYTES + SIGNATURE_BYTES),
  };
}
