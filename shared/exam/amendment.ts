// A signed sheet changed afterwards (R46).
import { z } from "zod";
import { ClockReading, Fraction, HashId, Kid, PersonId } from "#shared/base";
import { ItemInput } from "./item-input.ts";
import { VetoCode } from "./rubric.ts";

export const MAX_OVERTIME_MS = 24 * 3_600_000;

/** What an examiner records on a sheet: inputs, never marks. */
export const SheetMarks = z.strictObject({
  /** By item number. A missing item is blank. */
  items: z.record(z.string().regex(/^\d{1,2}$/), ItemInput),
  vetoes: z.array(VetoCode),
  overtimeMs: z.int().min(0).max(MAX_OVERTIME_MS),
  note: z.string().max(1000),
});
export type SheetMarks = z.infer<typeof SheetMarks>;

export const AmendmentReason = z.enum([
  "transcription",
  "appeal",
  "identity",
  "technical",
  "misconduct",
  "moderation",
]);
export type AmendmentReason = z.infer<typeof AmendmentReason>;

/** The office under which the second person signs. */
export const AmendmentOffice = z.enum(["panelLeader", "supervisor"]);
export type AmendmentOffice = z.infer<typeof AmendmentOffice>;

/** Signed by two, and kept whatever comes after it. */
export const SheetAmendment = z.strictObject({
  /** Place in the chain of the device that signed it. */
  seq: z.int().min(1),
  hash: HashId,
  /** What counted when its author looked at the sheet. */
  basis: HashId,
  reason: AmendmentReason,
  text: z.string().min(1).max(1000),
  marks: SheetMarks,
  total: Fraction,
  approvedBy: PersonId,
  office: AmendmentOffice,
  at: ClockReading,
  /** Why the registry does not count it; null while it has said nothing against it. */
  refused: z.string().nullable(),
  /** The laptop it was signed on; null for this one. */
  from: Kid.nullable(),
});
export type SheetAmendment = z.infer<typeof SheetAmendment>;

/** An amendment that its author is still working on: as the sheet is to be. */
export const AmendmentDraft = z.strictObject({
  ...SheetMarks.shape,
  basis: HashId,
  /** Journal sequence of its beginning. */
  openedSeq: z.int().min(1),
});
export type AmendmentDraft = z.infer<typeof AmendmentDraft>;
