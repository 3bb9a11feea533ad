// What the QR of a blank score sheet says: for which sitting, rubric and candidate it was printed, and its serial. A candidate is a
// reference of the roster, so that a blank that is lost names nobody.
import { z } from "zod";
import { CandidateRef, HashId, ok, refuse, SheetId, SittingId, type Kid, type Result } from "#shared/base";
import type { Signer } from "#shared/crypto";
import { canonicalBytes, parseCanonical } from "./canonical.ts";
import { MAX_SQUARE_BYTES, openSquare, signSquare, type SquareError, type SquareKind } from "./square.ts";

export const BlankFigures = z.strictObject({
  v: z.literal(1),
  sitting: SittingId,
  /** Of exactly this version: the items on the paper are those. */
  rubric: HashId,
  /** Null on a blank whose line is filled in by hand. */
  candidate: CandidateRef.nullable(),
  /** Of this one sheet of paper; the sheet that comes of it has it as its id. */
  serial: SheetId,
});
export type BlankFigures = z.infer<typeof BlankFigures>;

const BLANK: SquareKind = { prefix: "JPB1:", type: "application/vnd.ert.blank.v1+json" };

export function signBlank(figures: BlankFigures, device: Signer): string {
  return signSquare(BLANK, canonicalBytes(BlankFigures.parse(figures)), device);
}

export function verifyBlank(
  text: string,
  isKnownDevice: (kid: Kid) => boolean,
): Result<{ readonly figures: BlankFigures; readonly device: Kid }, SquareError> {
  const opened = openSquare(BLANK, text, isKnownDevice);
  if (!opened.ok) return opened;
  const { device, said } = opened.value;
  const value = parseCanonical(said, MAX_SQUARE_BYTES);
  const figures = value.ok ? BlankFigures.safeParse(value.value) : undefined;
  return figures?.success ? ok({ figures: figures.data, device }) : refuse({ code: "paper.unreadable" });
}
