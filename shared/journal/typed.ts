// What entries make of a paper sheet that two people type, and of the sheet that comes of it: part of the fold.
import { invariant, unreachable, type ClockReading } from "#shared/base";
import { NO_MARKS, withTyped, type Sheet, type Transcription, type TypedSide } from "#shared/exam";
import type { BodyOf, JournalEntry } from "./entry.ts";

export function newTranscription(
  { actor, at, seq }: JournalEntry,
  { sheet: id, sitting, candidate, rubric, examiner }: BodyOf<"transcription.opened">,
): Transcription {
  invariant(actor !== null, "a person types");
  return {
    ...{ id, sitting, candidate, rubric, examiner },
    ...{ openedAt: at, lastSeq: seq, sides: [newSide(actor)] },
    ...{ pages: [], returned: [], written: null, dropped: null },
  };
}

type Change = BodyOf<
  | "transcription.joined"
  | "transcription.typed"
  | "transcription.page-added"
  | "transcription.page-removed"
  | "transcription.done"
  | "transcription.returned"
  | "transcription.dropped"
>;

export function changeTranscription(row: Transcription, entry: JournalEntry, body: Change): Transcription {
  return { ...changed(row, entry, body), lastSeq: entry.seq };
}

function changed(row: Transcription, { actor, at }: JournalEntry, body: Change): Transcription {
  invariant(actor !== null, "a person types");
  const own = (change: (side: TypedSide) => TypedSide): Transcription => ({
    ...row,
    sides: row.sides.map((side) => (side.person === actor ? change(side) : side)),
  });
  switch (body.kind) {
    case "transcription.joined":
      return { ...row, sides: [...row.sides, newSide(actor)] };
    case "transcription.typed":
      return own((side) => ({ ...side, marks: withTyped(side.marks, body.typed) }));
    case "transcription.page-added":
      return { ...row, pages: [...row.pages, body.page] };
    case "transcription.page-removed":
      return { ...row, pages: row.pages.filter(({ hash }) => hash !== body.hash) };
    case "transcription.done":
      return own((side) => ({ ...side, done: at }));
    case "transcription.returned":
      // Both look again; what they typed is where it was.
      return {
        ...row,
        written: null,
        returned: [...row.returned, { reason: body.reason, at }],
        sides: row.sides.map((side) => ({ ...side, done: null })),
      };
    case "transcription.dropped":
      return { ...row, dropped: { person: actor, reason: body.reason, at } };
    default:
      return unreachable(body);
  }
}

/** Nobody's but the examiner's, whoever typed it. Written again after it was sent back, it takes the place of what it was. */
export function sheetFromPaper(
  { seq }: JournalEntry,
  { sheet: id, sitting, candidate, rubric, examiner, marks, pages }: BodyOf<"sheet.transcribed">,
  startedAt: ClockReading,
): Sheet {
  return {
    ...{ id, sitting, candidate, rubric, examiner, ...marks, startedAt, lastSeq: seq },
    pauses: [],
    evidence: pages.map((page) => ({ ...page, item: null, removed: false })),
    ...{ signature: null, from: null, amendments: [], signed: null, amending: null },
  };
}

/** Without what two people typed of a paper that was given up. */
export function emptied(sheet: Sheet, lastSeq: number): Sheet {
  const evidence = sheet.evidence.map((one) => ({ ...one, removed: true }));
  return { ...sheet, ...NO_MARKS, evidence, lastSeq };
}

/** One serial can stand on two papers: a blank can be copied. */
export function isOfPaper(
  sheet: Pick<Sheet, "candidate" | "examiner">,
  paper: Pick<Transcription, "candidate" | "examiner">,
): boolean {
  return sheet.candidate === paper.candidate && sheet.examiner === paper.examiner;
}

function newSide(person: TypedSide["person"]): TypedSide {
  return { person, marks: NO_MARKS, done: null };
}
