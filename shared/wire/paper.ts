// What the QR of a printed score sheet says: the figures that are printed beside it, signed by the laptop that printed them.
// A whole sheet and its signature are too large for a square that a printer holds at 30 mm, so the square names the record by
// its hash and repeats the figures.
import { z } from "zod";
import {
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
  type HashId,
  type Kid,
  type Result,
} from "#shared/base";
import type { Signer } from "#shared/crypto";
import { VetoCode } from "#shared/exam";
import { canonicalBytes, parseCanonical } from "./canonical.ts";
import { MAX_SQUARE_BYTES, openSquare, signSquare, type SquareError, type SquareKind } from "./square.ts";

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

const PAPER: SquareKind = { prefix: "JP1:", type: "application/vnd.ert.paper.v1+json" };
const HASH_BYTES = 32;

export function signPaper(record: HashId, figures: PaperFigures, device: Signer): string {
  const said = concatBytes(hashIdToDigest(record), canonicalBytes(PaperFigures.parse(figures)));
  return signSquare(PAPER, said, device);
}

/** Only of a square that verifies is read what it says. */
export function verifyPaper(
  text: string,
  isKnownDevice: (kid: Kid) => boolean,
): Result<CheckedPaper, SquareError> {
  const opened = openSquare(PAPER, text, isKnownDevice);
  if (!opened.ok) return opened;
  const { device, said } = opened.value;
  if (said.length <= HASH_BYTES) return refuse({ code: "paper.unreadable" });
  const value = parseCanonical(said.subarray(HASH_BYTES), MAX_SQUARE_BYTES);
  const figures = value.ok ? PaperFigures.safeParse(value.value) : undefined;
  if (!figures?.success) return refuse({ code: "paper.unreadable" });
  return ok({ figures: figures.data, record: digestToHashId(said.subarray(0, HASH_BYTES)), device });
}

/** Does the total that stands on the paper, as a person typed it, agree with the exact one? Two decimals are printed. */
export function isPrintedTotal(typed: string, total: Fraction): boolean {
  const value = textToFraction(typed.trim());
  return value !== undefined && compare(value, fraction(roundHalfUp(total, 2), 100)) === 0;
}
