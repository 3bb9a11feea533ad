// A score sheet (评分记录表): what one examiner recorded about one candidate at one task.
import { z } from "zod";
import {
  CandidateRef,
  ClockReading,
  Fraction,
  HashId,
  Kid,
  PersonId,
  SheetId,
  SittingId,
} from "#shared/base";
import { AmendmentDraft, SheetAmendment, SheetMarks } from "./amendment.ts";
import { Evidence } from "./evidence.ts";
import { Pause } from "./pause.ts";

export const SheetSignature = z.strictObject({
  /** Place in the chain of the device that signed it. */
  seq: z.int().min(1),
  /** Hash of the signed payload; its stamp is shown on screen and paper. */
  hash: HashId,
  total: Fraction,
  at: ClockReading,
});
export type SheetSignature = z.infer<typeof SheetSignature>;

export const Sheet = z.strictObject({
  id: SheetId,
  sitting: SittingId,
  candidate: CandidateRef,
  examiner: PersonId,
  rubric: HashId,
  /** What counts: as signed, or as the amendment that counts has it. */
  ...SheetMarks.shape,
  /** In the order they were added, those taken away among them. */
  evidence: z.array(Evidence),
  startedAt: ClockReading,
  /** Oldest first. Of a sheet that was signed on another laptop none are known. */
  pauses: z.array(Pause),
  /** Journal sequence of the newest entry about this sheet. */
  lastSeq: z.int().min(1),
  signature: SheetSignature.nullable(),
  /** The laptop it was signed on; null for this one. */
  from: Kid.nullable(),
  /** Oldest first, those that do not count among them. */
  amendments: z.array(SheetAmendment),
  /** The marks as they were signed first; null while no amendment stands beside them. */
  signed: SheetMarks.nullable(),
  /** An amendment that is not signed yet. */
  amending: AmendmentDraft.nullable(),
});
export type Sheet = z.infer<typeof Sheet>;

export function isSigned(sheet: Pick<Sheet, "signature">): boolean {
  return sheet.signature !== null;
}

/** What counts of a signed sheet, and which record says so. */
export interface Counting {
  readonly hash: HashId;
  readonly total: Fraction;
  readonly marks: SheetMarks;
  /** Null where that is the sheet itself. */
  readonly amendment: SheetAmendment | null;
}

/** What counts now; null of a sheet that is not signed. */
export function countingOf(sheet: Sheet): Counting | null {
  return countedInTurn(sheet).at(-1) ?? null;
}

/**
 * What counted of a signed sheet, from what was signed first to what counts now. As the registry counts: each amendment that it
 * does not refuse and that rests on what counted before it.
 */
export function countedInTurn(sheet: Sheet): readonly Counting[] {
  const { signature, amendments } = sheet;
  if (!signature) return [];
  const { hash, total } = signature;
  const counted: Counting[] = [{ hash, total, marks: sheet.signed ?? marksOf(sheet), amendment: null }];
  for (const amendment of amendments) {
    if (amendment.refused !== null || amendment.basis !== counted.at(-1)?.hash) continue;
    counted.push({ hash: amendment.hash, total: amendment.total, marks: amendment.marks, amendment });
  }
  return counted;
}

export function marksOf({ items, vetoes, overtimeMs, note }: SheetMarks): SheetMarks {
  return { items, vetoes, overtimeMs, note };
}

/** The sheet as its author is changing it: for whoever shows or sums up a sheet that is open. */
export function asAmended(sheet: Sheet, draft: AmendmentDraft): Sheet {
  return { ...sheet, ...marksOf(draft), signature: null };
}
