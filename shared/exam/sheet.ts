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
import { Evidence } from "./evidence.ts";
import { ItemInput } from "./item-input.ts";
import { VetoCode } from "./rubric.ts";

export const MAX_OVERTIME_MS = 24 * 3_600_000;

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
  /** By item number. A missing item is blank. */
  items: z.record(z.string().regex(/^\d{1,2}$/), ItemInput),
  vetoes: z.array(VetoCode),
  overtimeMs: z.int().min(0).max(MAX_OVERTIME_MS),
  note: z.string().max(1000),
  /** In the order they were added, those taken away among them. */
  evidence: z.array(Evidence),
  startedAt: ClockReading,
  /** Journal sequence of the newest entry about this sheet. */
  lastSeq: z.int().min(1),
  signature: SheetSignature.nullable(),
  /** The laptop it was signed on; null for this one. */
  from: Kid.nullable(),
});
export type Sheet = z.infer<typeof Sheet>;

export function isSigned(sheet: Pick<Sheet, "signature">): boolean {
  return sheet.signature !== null;
}
