// A change of a sheet after it was marked, and how a panel settled sheets that lie too far apart (R43, R46).
import { z } from "zod";
import { ClockReading, Fraction, PersonId, SheetId } from "#shared/base";
import { ItemInput } from "./item-input.ts";

/** The old value stays beside the new one: struck through once on paper. */
export const Amendment = z.strictObject({
  sheet: SheetId,
  item: z.int().min(1).max(99),
  from: ItemInput.nullable(),
  to: ItemInput.nullable(),
  reason: z.string().trim().min(1).max(1000),
  by: PersonId,
  /** Leader or supervisor; needed once the sheet was signed. */
  countersignedBy: PersonId.nullable(),
  at: ClockReading,
});
export type Amendment = z.infer<typeof Amendment>;

/** How a divergent panel ended: each member looked at their own sheet, then the mark stands, or others mark as well. */
export const Moderation = z
  .strictObject({
    totals: z.array(Fraction).min(2).max(15),
    outcome: z.enum(["MARK_STANDS", "MARKED_AGAIN"]),
    reason: z.string().trim().min(1).max(1000),
    /** Two further examiners who mark from evidence. */
    further: z.array(PersonId).max(2),
    at: ClockReading,
  })
  .refine(
    ({ outcome, further }) => (outcome === "MARKED_AGAIN") === (further.length === 2),
    "two further examiners mark again, none when the mark stands",
  );
export type Moderation = z.infer<typeof Moderation>;
