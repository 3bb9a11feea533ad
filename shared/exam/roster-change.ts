// What changes in a roster on the day (名册变动): somebody comes after all, two change places, somebody leaves, a workplace fails.
// The roster that was signed stays as it is; each of these stands beside it, signed by two, with a reason.
import { z } from "zod";
import { CandidateRef, ClockReading, HashId, Kid, PersonId } from "#shared/base";
import { StaffReason } from "./stated.ts";

const rotation = z.int().min(1).max(10_000);

/** From one rotation to another; that of before says what the change rests on. */
export const Move = z.strictObject({ candidate: CandidateRef, from: rotation, to: rotation });
export type Move = z.infer<typeof Move>;

/** At once, by one failure; a rotation has at most fifty. */
export const MOST_CHANGED = 200;

export const RosterChange = z.discriminatedUnion("kind", [
  /** Late: the absence that was signed is taken back. */
  z.strictObject({ kind: z.literal("arrival"), candidate: CandidateRef, absence: HashId }),
  z.strictObject({ kind: z.literal("swap"), moves: z.tuple([Move, Move]) }),
  /** Left before the panel was done: what was begun is kept and makes no mark. */
  z.strictObject({ kind: z.literal("withdrawal"), candidate: CandidateRef }),
  /** A workplace failed, and its candidates are examined in another rotation. */
  z.strictObject({ kind: z.literal("relocation"), moves: z.array(Move).min(1).max(MOST_CHANGED) }),
  /** A workplace failed, and its candidates could not be examined. */
  z.strictObject({
    kind: z.literal("unexamined"),
    candidates: z.array(CandidateRef).min(1).max(MOST_CHANGED),
  }),
]);
export type RosterChange = z.infer<typeof RosterChange>;

export const RosterChangeKind = z.enum(["arrival", "swap", "withdrawal", "relocation", "unexamined"]);
export type RosterChangeKind = z.infer<typeof RosterChangeKind>;

/** Whoever it is about is there no more, or could not be examined: nobody marks them from then on. */
export function isLeaving(kind: RosterChangeKind): boolean {
  return kind === "withdrawal" || kind === "unexamined";
}

export const RosterReason = StaffReason;

/** The office under which the second person signs. */
export const RosterOffice = z.enum(["supervisor", "administrator"]);
export type RosterOffice = z.infer<typeof RosterOffice>;

/** What a candidate keeps of a change: what, why, by whom, and which record says so. */
export const CandidateChange = z.strictObject({
  kind: RosterChangeKind,
  /** Of whoever changed rotation. */
  move: z.strictObject({ from: rotation, to: rotation }).nullable(),
  reason: RosterReason,
  /** Place in the chain of the device that signed it. */
  seq: z.int().min(1),
  hash: HashId,
  at: ClockReading,
  leader: PersonId,
  confirmedBy: PersonId,
  office: RosterOffice,
  /** The laptop it was signed on; null for this one. */
  from: Kid.nullable(),
});
export type CandidateChange = z.infer<typeof CandidateChange>;

/** Whom a change is about, in its order. */
export function changedBy(change: RosterChange): CandidateRef[] {
  switch (change.kind) {
    case "arrival":
    case "withdrawal":
      return [change.candidate];
    case "swap":
    case "relocation":
      return change.moves.map(({ candidate }) => candidate);
    case "unexamined":
      return change.candidates;
  }
}

/** Everybody once, every move a move, and a swap one in which each takes the other's place. */
export function isConsistentChange(change: RosterChange): boolean {
  const refs = changedBy(change);
  if (new Set(refs).size < refs.length) return false;
  if (change.kind !== "swap" && change.kind !== "relocation") return true;
  if (change.moves.some(({ from, to }) => from === to)) return false;
  if (change.kind === "relocation") return true;
  const [one, other] = change.moves;
  return one.from === other.to && one.to === other.from;
}
