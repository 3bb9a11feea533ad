// A signed sheet out of its record and the amendments that count, as a laptop that has it would show it. Photographs taken away
// before the signature are in no record, and neither is what was done on the sheet.
import type { HashId, PersonId } from "#shared/base";
import type { Sheet, SheetAmendment, SheetMarks } from "#shared/exam";
import type { SheetHistory } from "#shared/rules";
import { sheetItemsToInputs, type SheetRecord } from "#shared/wire";
import { inChain } from "../acceptance/counted.ts";
import type { JudgedSheet } from "../acceptance/entries.ts";
import type { OpenedRecord } from "../acceptance/open-batch.ts";
import type { TakenBatch } from "./taken.ts";

type Of<K extends OpenedRecord["kind"]> = Extract<OpenedRecord, { kind: K }>;

interface SheetFound {
  readonly judged: JudgedSheet;
  readonly record: Of<"sheet">;
  readonly batch: TakenBatch;
}

export interface AmendmentFound {
  readonly record: Of<"amendment">;
  readonly batch: TakenBatch;
  /** Whose key approved it. */
  readonly approver: PersonId;
}

export function sheetHistory(
  { judged, record, batch }: SheetFound,
  amendments: readonly AmendmentFound[],
  entry: number,
): SheetHistory {
  const { sheetId, exam, candidate, seq, total, started, finished, ...value } = record.value;
  const signed = marksOf(value);
  const pictures = [...new Set(value.evidence.map((one) => one.hash))];
  const counted = countingIn(record.hash, amendments).map(amendmentOf);
  const sheet: Sheet = {
    ...{ id: sheetId, sitting: exam.id, candidate: candidate.ref, examiner: judged.examiner },
    ...{ rubric: exam.rubric, ...(counted.at(-1)?.marks ?? signed) },
    evidence: [],
    ...{ startedAt: started, pauses: [], lastSeq: entry, from: batch.manifest.device },
    signature: { seq, hash: record.hash, total, at: finished },
    ...{ amendments: counted, signed: counted.length > 0 ? signed : null, amending: null },
  };
  return { sheet, opened: entry, signed: { entry, at: finished, total }, acts: [], pictures, amended: [] };
}

function countingIn(sheet: HashId, amendments: readonly AmendmentFound[]): AmendmentFound[] {
  const own = amendments.filter(({ record }) => record.value.target === sheet);
  const links = own.map((found) => ({ found, hash: found.record.hash, basis: found.record.value.basis }));
  return inChain(sheet, links).map(({ found }) => found);
}

function amendmentOf({ record, batch, approver }: AmendmentFound): SheetAmendment {
  const { seq, basis, reason, text, at, approvedBy } = record.value;
  return {
    ...{ seq, hash: record.hash, basis, reason, text, at, office: approvedBy.role },
    ...{ marks: marksOf(record.value.new), total: record.value.new.total },
    ...{ approvedBy: approver, refused: null, from: batch.manifest.device },
  };
}

type Marks = Pick<SheetRecord, "items" | "vetoes" | "overtimeMs" | "note">;

function marksOf({ items, vetoes, overtimeMs, note }: Marks): SheetMarks {
  return { items: sheetItemsToInputs(items), vetoes, overtimeMs, note };
}
