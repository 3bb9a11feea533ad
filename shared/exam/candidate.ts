// A candidate as the store and the screens know them. The full ID number is in the signed roster alone (rulings 4, 17).
import { z } from "zod";
import { CandidateRef, SittingId } from "#shared/base";
import { PersonName } from "./person.ts";

/** `990000********0017` (R78). */
export const MaskedId = z.string().regex(/^[0-9A-Z]{1,6}\*+[0-9A-Z]{1,4}$/);

export const Candidate = z.strictObject({
  ref: CandidateRef,
  sitting: SittingId,
  /** Place in the roster, from 1; also the seat until a draw gives another. */
  no: z.int().min(1),
  /** Rotation group, from 1: who is on the bench at the same time. */
  rotation: z.int().min(1),
  name: PersonName,
  idMasked: MaskedId,
  ticketNo: z.string().min(1).max(32),
});
/** Of one sitting. */
export const MOST_CANDIDATES = 10_000;
export type Candidate = z.infer<typeof Candidate>;
