// Where a person is: a small closed set, kept in memory and remembered per person, so that a restart comes back to the
// same sheet. What was remembered is parsed like any input; a place that is no more leads to the day.
import { z } from "zod";
import { CandidateRef, PersonId, SittingId } from "#shared/base";

export const Place = z.discriminatedUnion("screen", [
  z.strictObject({ screen: z.literal("day") }),
  z.strictObject({ screen: z.literal("preparing") }),
  z.strictObject({
    screen: z.literal("marking"),
    sitting: SittingId,
    candidate: CandidateRef.nullable(),
  }),
  z.strictObject({ screen: z.literal("closing"), sitting: SittingId }),
]);
export type Place = z.infer<typeof Place>;

export const HOME: Place = { screen: "day" };

const Remembered = z.strictObject({ person: PersonId, place: Place });
const KEY = "jiangping.place";

export function rememberPlace(person: PersonId, place: Place): void {
  localStorage.setItem(KEY, JSON.stringify({ person, place }));
}

export function rememberedPlace(person: PersonId): Place {
  const found = Remembered.safeParse(parseJson(localStorage.getItem(KEY)));
  return found.success && found.data.person === person ? found.data.place : HOME;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null; // somebody else's text: as good as nothing
  }
}
