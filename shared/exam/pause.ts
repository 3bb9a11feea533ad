// A sheet's time stands still while something that is not the candidate's doing keeps them from working; what was lost is given
// back (R39).
import { z } from "zod";
import { ClockReading, PersonId } from "#shared/base";

/** What happens often, by its name; anything else in words. */
export const PauseReason = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["power", "alarm", "tool", "organisation"]) }),
  z.strictObject({ kind: z.literal("other"), text: z.string().trim().min(1).max(200) }),
]);
export type PauseReason = z.infer<typeof PauseReason>;

export const Pause = z.strictObject({
  reason: PauseReason,
  from: ClockReading,
  by: PersonId,
  /** Null while the time stands still. */
  resumed: z.strictObject({ at: ClockReading, by: PersonId }).nullable(),
});
export type Pause = z.infer<typeof Pause>;

/** The pause that has not ended yet, if any: there is never a second one beside it. */
export function openPauseOf({ pauses }: { readonly pauses: readonly Pause[] }): Pause | null {
  const last = pauses.at(-1);
  return last?.resumed === null ? last : null;
}
