// Check-in (签到): whoever leads the room compares a candidate's document with the roster (R79: by eye, which is always possible), and
// in which workplace of their rotation each candidate was drawn.
import { z } from "zod";
import { CandidateRef, ClockReading, HashId, PersonId } from "#shared/base";
import { StaffReason } from "./stated.ts";

/** What was shown. The number that is compared is the roster's, by its last digits: whatever else is shown needs a word beside it. */
export const IdDocument = z.enum(["idCard", "temporaryIdCard", "passport", "other"]);
export type IdDocument = z.infer<typeof IdDocument>;

export const IdCheckSaid = z.strictObject({
  document: IdDocument,
  /** Name, number and face are those of the roster. Only then is the candidate checked in. */
  matches: z.boolean(),
  /** Null where the document says everything. */
  note: StaffReason.nullable(),
});
export type IdCheckSaid = z.infer<typeof IdCheckSaid>;

/** Why it does not match, and which other document it was, is said in words. */
export function isWholeCheck({ document, matches, note }: IdCheckSaid): boolean {
  return note !== null || (matches && document !== "other");
}

/** Undone when it was pressed by mistake; it stays, and says so. */
export const IdCheck = z.strictObject({
  ...IdCheckSaid.shape,
  by: PersonId,
  at: ClockReading,
  undone: z.strictObject({ by: PersonId, at: ClockReading }).nullable(),
});
export type IdCheck = z.infer<typeof IdCheck>;

/** One candidate at a sitting's check-in counts by this. */
export interface Checked {
  /** Oldest first; not there before anybody looked. */
  readonly checks?: readonly IdCheck[] | undefined;
}

/** The newest that nobody took back. */
export function standingCheck({ checks = [] }: Checked): IdCheck | null {
  return checks.filter(({ undone }) => undone === null).at(-1) ?? null;
}

export function isCheckedIn(candidate: Checked): boolean {
  return standingCheck(candidate)?.matches === true;
}

/** 工位: one of those of a rotation, from 1. */
const Workplace = z.int().min(1).max(10_000);

/** Where a candidate was drawn, and in which rotation: whoever was moved to another since has no drawn place. */
export const DrawnPlace = z.strictObject({ rotation: z.int().min(1), no: Workplace });
export type DrawnPlace = z.infer<typeof DrawnPlace>;

/** 32 random bytes in hexadecimal, kept in main until the draw. */
export const DrawSecret = z.string().regex(/^[0-9a-f]{64}$/);

/** What somebody in the room names after the commitment is known: thrown dice, a candidate's word. One line. */
export const DrawValue = z
  .string()
  .max(64)
  .regex(/^\S(?:[^\n\r]*\S)?$/u);

/** The draw of a sitting's workplaces: committed to, then drawn with a value that nobody knew before, once. */
export const SeatDraw = z.strictObject({
  commitment: HashId,
  committed: z.strictObject({ by: PersonId, at: ClockReading, entry: z.int().min(1) }),
  drawn: z.strictObject({ secret: DrawSecret, value: DrawValue, by: PersonId, at: ClockReading }).nullable(),
});
export type SeatDraw = z.infer<typeof SeatDraw>;

export const DrawnSeat = z.strictObject({ candidate: CandidateRef, rotation: z.int().min(1), no: Workplace });
export type DrawnSeat = z.infer<typeof DrawnSeat>;
