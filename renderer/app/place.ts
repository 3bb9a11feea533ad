// Where in the window a person is. Kept in memory; the last place is remembered for the same person, because a laptop
// that restarts in a pit should open where it was.
import { z } from "zod";
import { CandidateRef, PersonId, SheetId, SittingId } from "#shared/base";

export const Place = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("day") }),
  z.strictObject({ kind: z.literal("prepare") }),
  z.strictObject({
    kind: z.literal("marking"),
    sitting: SittingId,
    candidate: CandidateRef.nullable(),
  }),
  z.strictObject({
    kind: z.literal("panel"),
    sitting: SittingId,
    candidate: CandidateRef.nullable(),
  }),
  z.strictObject({ kind: z.literal("board"), sitting: SittingId }),
  z.strictObject({ kind: z.literal("review"), sitting: SittingId, sheet: SheetId.nullable() }),
  z.strictObject({ kind: z.literal("onsite"), sitting: SittingId }),
  z.strictObject({ kind: z.literal("closing"), sitting: SittingId }),
  z.strictObject({ kind: z.literal("room"), sitting: SittingId }),
  z.strictObject({ kind: z.literal("checkIn"), sitting: SittingId }),
  z.strictObject({ kind: z.literal("quality") }),
  z.strictObject({ kind: z.literal("people") }),
  z.strictObject({ kind: z.literal("drill") }),
  z.strictObject({ kind: z.literal("sticks") }),
  z.strictObject({ kind: z.literal("paper") }),
  z.strictObject({ kind: z.literal("transcription"), sheet: SheetId.nullable() }),
  z.strictObject({ kind: z.literal("practice") }),
  z.strictObject({ kind: z.literal("sync") }),
  z.strictObject({ kind: z.literal("about") }),
]);
export type Place = z.infer<typeof Place>;

export const HOME: Place = { kind: "day" };

const Remembered = z.strictObject({ person: PersonId, place: Place });
const KEY = "jiangping.place";

export function rememberPlace(person: PersonId, place: Place): void {
  localStorage.setItem(KEY, JSON.stringify({ person, place }));
}

export function recallPlace(person: PersonId): Place {
  const remembered = Remembered.safeParse(parse(localStorage.getItem(KEY)));
  return remembered.success && remembered.data.person === person ? remembered.data.place : HOME;
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch (error) {
    // Somebody else's text under our name is no place; anything but bad syntax is a bug.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
