// A sheet's own story: every entry that made it what it is, and what happened around it, in the journal's order. The sheet as it
// stood after any of them is the fold's answer over those entries: there is no second way to read a sheet.
import { z } from "zod";
import { invariant, SheetId } from "#shared/base";
import { changedBy, type Sheet } from "#shared/exam";
import { sheetOf } from "./admit-sheet.ts";
import { JournalEntry } from "./entry.ts";
import { fold, rowsTouched } from "./fold.ts";
import { revealedSheets } from "./revealed.ts";
import { standingCandidate } from "./standing-roster.ts";
import { BatchRow, ChainRow, ONLY, SittingRow, type ReadRow, type RowOf, type TableName } from "./tables.ts";
import type { JournalView } from "./view.ts";

export const SheetTimeline = z.strictObject({
  sheet: SheetId,
  /** Oldest first. */
  entries: z.array(JournalEntry),
  /** The entry after which the panel's sheets of the candidate lay open to one another; null while they do not, or of a panel of one. */
  revealed: z.int().min(1).nullable(),
  /** What folding these entries reads beside the sheet and its versions. No sheet depends on any of it. */
  ground: z.strictObject({
    chain: ChainRow,
    sittings: z.array(SittingRow),
    batches: z.array(BatchRow),
  }),
});
export type SheetTimeline = z.infer<typeof SheetTimeline>;

export interface Frame {
  readonly entry: JournalEntry;
  /** As it stood right after the entry; null before it was there. */
  readonly sheet: Sheet | null;
}

/** The sheet after each of its entries. */
export function framesOf({ sheet, entries, ground }: Omit<SheetTimeline, "revealed">): Frame[] {
  const own = new Map<string, unknown>();
  const around = new Map<string, unknown>([
    [`chain ${ONLY}`, ground.chain],
    ...ground.sittings.map((row) => [`sittings ${row.id}`, row] as const),
    ...ground.batches.map((row) => [`batches ${row.id}`, row] as const),
  ]);
  const read: ReadRow = <T extends TableName>(table: T, key: string) =>
    (own.get(`${table} ${key}`) ?? around.get(`${table} ${key}`)) as RowOf<T> | undefined;
  return entries.map((entry) => {
    const part = partAbout(sheet, entry, own.get(`sheets ${sheet}`) as Sheet | undefined);
    for (const { table, key, row } of part ? fold(part, read) : [])
      if (table === "sheets" || table === "versions") own.set(`${table} ${key}`, row);
    return { entry, sheet: (own.get(`sheets ${sheet}`) as Sheet | undefined) ?? null };
  });
}

/** Collects, entry by entry, which belong to which sheet. It keeps their numbers; the entries stay in the journal. */
export interface SheetTrails {
  /** After the view has folded it. */
  apply(entry: JournalEntry): void;
  /** Numbers of the entries of a sheet's timeline, ascending; none of a sheet whose beginning was not seen. */
  entriesOf(sheet: Sheet): number[];
  revealedAt(sheet: Sheet): number | null;
}

export function createSheetTrails(view: Pick<JournalView, "read" | "rows" | "rowsOf">): SheetTrails {
  const bySheet = new Map<SheetId, number[]>();
  /** By candidate, sitting, sitting and person, or a sheet's first record. */
  const around = new Map<string, number[]>();
  const clocks: number[] = [];
  const signedAt = new Map<SheetId, number>();
  const note = <K>(map: Map<K, number[]>, key: K, seq: number): void => {
    const known = map.get(key);
    if (known) known.push(seq);
    else map.set(key, [seq]);
  };
  return {
    apply: (entry) => {
      const { seq, actor, body } = entry;
      for (const sheet of sheetsNamedIn(entry))
        if (body.kind === "sheet.opened" || body.kind === "sheet.transcribed" || bySheet.has(sheet))
          note(bySheet, sheet, seq);
      switch (body.kind) {
        case "sheet.received": {
          const { id, candidate, examiner } = body.sheet;
          note(bySheet, sheetOf(view, candidate, examiner)?.id ?? id, seq);
          note(around, candidate, seq);
          if (body.counts) signedAt.set(id, seq);
          break;
        }
        case "sheet.signed":
        case "sheet.amended": {
          const sheet = view.read("sheets", body.sheet);
          invariant(sheet, "only a sheet that is there is signed");
          note(around, sheet.candidate, seq);
          if (body.kind === "sheet.signed") signedAt.set(body.sheet, seq);
          break;
        }
        case "sheet.upheld":
        case "upholding.received":
        case "divergence.settled":
        case "settlement.received":
        case "result.rechecked":
        case "transcription.returned":
          note(around, body.candidate, seq);
          break;
        case "review.signed":
        case "review.received": {
          const { sitting, subject } = body.kind === "review.signed" ? body : body.review;
          const about = { sitting, candidate: "", sheet: "", ...subject };
          note(around, about[subject.kind], seq);
          break;
        }
        case "identity.checked":
        case "identity.check-undone":
        case "candidate.absent":
        case "absence.received":
          note(around, body.candidate, seq);
          break;
        case "roster.changed":
        case "roster.change-received":
          for (const candidate of changedBy(body.change)) note(around, candidate, seq);
          break;
        case "conflict.declared":
          note(around, `${body.sitting} ${actor ?? ""}`, seq);
          break;
        case "panel.changed":
          note(around, body.sitting, seq);
          break;
        case "batch.sealed":
          for (const sitting of body.covers) note(around, sitting, seq);
          break;
        case "clock.changed":
          clocks.push(seq);
          break;
        default:
          break;
      }
    },
    entriesOf: ({ id, sitting, candidate, examiner, signature }) => {
      const own = bySheet.get(id) ?? [];
      const [first, last] = [own[0], own.at(-1)];
      if (first === undefined || last === undefined) return [];
      const seqs = [
        ...own,
        ...[candidate, sitting, `${sitting} ${examiner}`, signature?.hash ?? ""].flatMap(
          (key) => around.get(key) ?? [],
        ),
        ...clocks.filter((seq) => seq > first && seq < last),
      ];
      return [...new Set(seqs)].sort((a, b) => a - b);
    },
    revealedAt: (sheet) => {
      const row = view.read("sittings", sheet.sitting);
      const candidate = view.read("candidates", sheet.candidate);
      if (!row || !candidate) return null;
      const sheets = view.rowsOf("sheets", sheet.sitting);
      const open = revealedSheets(row, standingCandidate(candidate, view), sheets);
      if (!open || open.length < 2) return null;
      const seqs = open.flatMap(({ id }) => signedAt.get(id) ?? []);
      return seqs.length === open.length ? Math.max(...seqs) : null;
    },
  };
}

/** The rows to send along so that the other side folds to the same. */
export function groundOf(
  entries: readonly JournalEntry[],
  { sitting }: Pick<Sheet, "sitting">,
  view: Pick<JournalView, "read">,
): SheetTimeline["ground"] {
  const chain = view.read("chain", ONLY);
  const row = view.read("sittings", sitting);
  invariant(chain && row, "a sheet is of a sitting, under an open centre");
  const batches = entries.flatMap(({ body }) =>
    body.kind === "receipt.held" || body.kind === "receipt.renewed"
      ? (view.read("batches", body.batch) ?? [])
      : [],
  );
  return { chain, sittings: [row], batches: [...new Set(batches)] };
}

/** Sheets whose row an entry changes, by the names it gives itself. */
function sheetsNamedIn(entry: JournalEntry): SheetId[] {
  if (entry.body.kind === "sheet.opened") return [entry.body.sheet];
  const rows = rowsTouched(entry).flatMap(({ table, key }) => (table === "sheets" ? [key as SheetId] : []));
  return [...new Set(rows)];
}

/** What of an entry is to be folded for this sheet; null where it only happened around it. */
function partAbout(id: SheetId, entry: JournalEntry, row: Sheet | undefined): JournalEntry | null {
  const { body } = entry;
  if (body.kind === "receipt.held" || body.kind === "receipt.renewed") {
    const amended = (body.amended ?? []).filter(({ sheet }) => sheet === id);
    return { ...entry, body: { ...body, amended } };
  }
  if (body.kind === "sheet.received") {
    const isOfSeat = row?.candidate === body.sheet.candidate && row.examiner === body.sheet.examiner;
    return body.sheet.id === id || isOfSeat ? entry : null;
  }
  return sheetsNamedIn(entry).includes(id) ? entry : null;
}
