// Paper sheets that two people type (转录, decision 033): who may, what is missing, and when it becomes a sheet. Both processes ask
// here. Nobody signs for another: what comes of it is an open sheet of the examiner whose signature stands on the paper.
import {
  ok,
  refuse,
  type CandidateRef,
  type HashId,
  type Kid,
  type PersonId,
  type Refusal,
  type Result,
  type SheetId,
  type SittingId,
} from "#shared/base";
import {
  differencesOf,
  hasRole,
  MAX_PAGES,
  rubricItem,
  type Difference,
  type PictureFacts,
  type Rubric,
  type Sheet,
  type Transcription,
  type TypedSide,
} from "#shared/exam";
import { checkInput } from "#shared/rules";
import { admitSheetOf, type NoSheet } from "./admit-sheet.ts";
import { firstIncomplete } from "./amend.ts";
import type { BodyOf, EntryBody } from "./entry.ts";
import type { Intent, IntentRefusal } from "./intent.ts";
import { everOnPanel } from "./staff.ts";
import type { SittingRow } from "./tables.ts";
import { isOfPaper } from "./typed.ts";
import type { JournalView } from "./view.ts";

export interface PaperAsked {
  /** As its square says. */
  readonly serial: SheetId;
  readonly sitting: SittingId;
  readonly rubric: HashId;
  readonly printedOn: Kid;
  /** As its square says, or as it was written by hand on a blank of nobody. */
  readonly candidate: CandidateRef;
  /** Whose signature stands on it. */
  readonly examiner: PersonId;
}

export type PaperRefusal =
  | NoSheet
  | Refusal<
      | "session.none"
      | "person.ended"
      | "sitting.unknown"
      | "transcription.panel"
      | "transcription.other-rubric"
      | "transcription.used"
    >;

/** The first of two begins. What stands in the way of the examiner's own sheet stands in the way of one from paper. */
export function admitTranscription(
  { serial, sitting: id, rubric, printedOn, candidate, examiner }: PaperAsked,
  actor: PersonId | null,
  view: JournalView,
): Result<BodyOf<"transcription.opened">, PaperRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  const typist = mayType(sitting, actor, view);
  if (!typist.ok) return typist;
  if (sitting.rubric !== rubric) return refuse({ code: "transcription.other-rubric" });
  const known = view.read("transcriptions", serial);
  if ((known && known.dropped === null) || view.read("sheets", serial))
    return refuse({ code: "transcription.used" });
  const allowed = admitSheetOf(examiner, sitting, candidate, view);
  if (!allowed.ok) return allowed;
  return ok({
    ...{ kind: "transcription.opened", sheet: serial, sitting: id, candidate, rubric, examiner },
    printedOn,
  });
}

/** A member of the panel would read a colleague's marks before signing their own (R45): whoever types never had a place on it. */
export function mayType(
  sitting: Pick<SittingRow, "panel" | "substitutions">,
  actor: PersonId,
  view: Pick<JournalView, "read">,
): Result<void, Refusal<"person.ended" | "transcription.panel">> {
  const person = view.read("people", actor);
  if (!person || person.ended) return refuse({ code: "person.ended" });
  return everOnPanel(sitting).includes(actor) ? refuse({ code: "transcription.panel" }) : ok(undefined);
}

type TypingIntent = Extract<
  Intent,
  {
    kind:
      | "transcription.join"
      | "transcription.type"
      | "transcription.removePage"
      | "transcription.drop"
      | "transcription.return";
  }
>;

export function admitTyping(
  intent: TypingIntent,
  actor: PersonId,
  view: JournalView,
): Result<EntryBody, IntentRefusal> {
  const { sheet } = intent;
  if (intent.kind === "transcription.return") return admitReturn(intent, actor, view);
  const open = openTranscription(sheet, actor, view);
  if (!open.ok) return open;
  const { row, rubric } = open.value;
  if (intent.kind === "transcription.join") {
    if (row.sides.some(({ person }) => person === actor))
      return refuse({ code: "transcription.same-person" });
    if (row.sides.length === 2) return refuse({ code: "transcription.two-already" });
    return ok({ kind: "transcription.joined", sheet });
  }
  const person = view.read("people", actor);
  const isOffice = person !== undefined && hasRole(person, "administrator");
  const side = sideOf(row, actor);
  if (intent.kind === "transcription.drop")
    return side || isOffice
      ? ok({ kind: "transcription.dropped", sheet, reason: intent.reason })
      : refuse({ code: "transcription.not-yours" });
  if (!side) return refuse({ code: "transcription.not-yours" });
  if (intent.kind === "transcription.removePage")
    return row.pages.some(({ hash }) => hash === intent.hash)
      ? ok({ kind: "transcription.page-removed", sheet, hash: intent.hash })
      : refuse({ code: "evidence.unknown" });
  // Once a person has said that it is all there, it changes only where both are being compared.
  if (side.done !== null && stateOf(row) !== "comparing") return refuse({ code: "transcription.done" });
  const { typed } = intent;
  if (typed.kind === "veto" && !rubric.vetoes.some(({ code }) => code === typed.code))
    return refuse({ code: "veto.unknown", facts: { veto: typed.code } });
  if (typed.kind === "item") {
    const item = rubricItem(rubric, typed.item);
    if (!item) return refuse({ code: "item.unknown", facts: { item: typed.item } });
    const checked = typed.input && checkInput(item, typed.input, { complete: false });
    if (checked && !checked.ok) return checked;
  }
  return ok({ kind: "transcription.typed", sheet, typed });
}

/** The examiner looks at what was typed, against the paper, and asks both to look again. */
function admitReturn(
  { sheet: id, reason }: Extract<TypingIntent, { kind: "transcription.return" }>,
  actor: PersonId,
  view: JournalView,
): Result<EntryBody, IntentRefusal> {
  const row = view.read("transcriptions", id);
  const sheet = view.read("sheets", id);
  if (!row || !sheet) return refuse({ code: "transcription.unknown" });
  if (row.examiner !== actor) return refuse({ code: "sheet.not-yours" });
  if (sheet.signature) return refuse({ code: "sheet.signed" });
  if (row.written === null) return refuse({ code: "transcription.open" });
  return ok({ kind: "transcription.returned", sheet: id, candidate: row.candidate, reason });
}

/** May this person add a photograph of the paper? Null when this very picture is there already. */
export function admitPage(
  id: SheetId,
  page: PictureFacts,
  actor: PersonId | null,
  view: JournalView,
): Result<EntryBody | null, PageRefusal> {
  const allowed = admitPagePlace(id, actor, view);
  if (!allowed.ok) return allowed;
  return allowed.value.pages.some(({ hash }) => hash === page.hash)
    ? ok(null)
    : ok({ kind: "transcription.page-added", sheet: id, page });
}

export type PageRefusal =
  OpenRefusal | Refusal<"session.none" | "transcription.not-yours" | "evidence.too-many">;

/** Asked before a picture is looked at. */
export function admitPagePlace(
  id: SheetId,
  actor: PersonId | null,
  view: JournalView,
): Result<Transcription, PageRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const open = openTranscription(id, actor, view);
  if (!open.ok) return open;
  const { row } = open.value;
  if (!sideOf(row, actor)) return refuse({ code: "transcription.not-yours" });
  return row.pages.length >= MAX_PAGES
    ? refuse({ code: "evidence.too-many", facts: { most: MAX_PAGES } })
    : ok(row);
}

export type DoneRefusal =
  | OpenRefusal
  | Refusal<
      | "session.none"
      | "transcription.not-yours"
      | "transcription.no-page"
      | "transcription.differs"
      | "transcription.used"
      | "sheet.incomplete"
      | "sheet.signed"
    >
  | NoSheet;

/**
 * A person has typed everything. Where the other one has as well, both are compared: alike they become the sheet, in the same group
 * of entries; else both stand side by side until one of them corrects what was misread.
 */
export function admitDone(
  id: SheetId,
  actor: PersonId | null,
  view: JournalView,
): Result<readonly EntryBody[], DoneRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const open = openTranscription(id, actor, view);
  if (!open.ok) return open;
  const { row, rubric, sitting } = open.value;
  const side = sideOf(row, actor);
  if (!side) return refuse({ code: "transcription.not-yours" });
  const blank = firstIncomplete(rubric, side.marks);
  if (blank !== undefined) return refuse({ code: "sheet.incomplete", facts: { item: blank } });
  if (row.pages.length === 0) return refuse({ code: "transcription.no-page" });
  const said: EntryBody[] = side.done === null ? [{ kind: "transcription.done", sheet: id }] : [];
  const other = row.sides.find(({ person }) => person !== actor);
  if (!other?.done) return ok(said);
  if (differencesOf(side.marks, other.marks).length > 0)
    return said.length > 0 ? ok(said) : refuse({ code: "transcription.differs" });
  const there = view.read("sheets", id);
  // What was signed stands, wherever the same paper was typed as well.
  if (there?.signature) return refuse({ code: "sheet.signed" });
  if (there && !isOfPaper(there, row)) return refuse({ code: "transcription.used" });
  // Asked again: since it was begun somebody may have been recorded as absent, or have left.
  const allowed = there ? ok(undefined) : admitSheetOf(row.examiner, sitting, row.candidate, view, id);
  if (!allowed.ok) return allowed;
  const [first, second] = row.sides;
  if (!first || !second) return refuse({ code: "transcription.not-yours" });
  return ok([
    ...said,
    {
      ...{ kind: "sheet.transcribed", sheet: id, sitting: row.sitting, candidate: row.candidate },
      ...{ rubric: row.rubric, examiner: row.examiner, marks: first.marks, pages: row.pages },
      by: [first.person, second.person],
    },
  ]);
}

export type TranscriptionState =
  /** Nobody has typed it to the end: the first, or after it was sent back either. */
  | "typing"
  /** One has; a second is awaited, or is at it. */
  | "second"
  /** Both have, and it is not a sheet yet. */
  | "comparing"
  | "written"
  | "dropped";

export function stateOf({ sides, written, dropped }: Transcription): TranscriptionState {
  if (dropped) return "dropped";
  if (written) return "written";
  const done = sides.filter((side) => side.done !== null).length;
  if (done === 2) return "comparing";
  return done === 1 ? "second" : "typing";
}

/** What the other one typed is nobody's to see before both have typed everything. */
export function differencesSeen(row: Transcription): Difference[] | null {
  const [first, second] = row.sides;
  return stateOf(row) === "comparing" && first && second ? differencesOf(first.marks, second.marks) : null;
}

export function sideOf({ sides }: Transcription, person: PersonId): TypedSide | undefined {
  return sides.find((side) => side.person === person);
}

/** Under way for this candidate and this examiner. */
export function paperUnderWay(
  rows: readonly Transcription[],
  candidate: CandidateRef,
  examiner: PersonId,
): Transcription | undefined {
  return rows.find((row) => row.candidate === candidate && row.examiner === examiner && row.dropped === null);
}

/** A sheet that came from paper is signed or sent back, and not changed by one person alone, until its paper is given up. */
export function isFromPaper(
  sheet: Pick<Sheet, "id" | "candidate" | "examiner" | "from">,
  view: Pick<JournalView, "read">,
): Transcription | undefined {
  return paperOf(sheet, view.read("transcriptions", sheet.id));
}

/** `row`: the paper of this serial, whoever's it is. */
export function paperOf(
  sheet: Pick<Sheet, "candidate" | "examiner" | "from">,
  row: Transcription | undefined,
): Transcription | undefined {
  return row && row.dropped === null && sheet.from === null && isOfPaper(sheet, row) ? row : undefined;
}

type OpenRefusal = Refusal<
  | "person.ended"
  | "transcription.panel"
  | "transcription.unknown"
  | "transcription.dropped"
  | "transcription.written"
>;

function openTranscription(
  id: SheetId,
  actor: PersonId,
  view: JournalView,
): Result<
  { readonly row: Transcription; readonly rubric: Rubric; readonly sitting: SittingRow },
  OpenRefusal
> {
  const row = view.read("transcriptions", id);
  const rubric = row && view.read("rubrics", row.rubric)?.rubric;
  const sitting = row && view.read("sittings", row.sitting);
  if (!row || !rubric || !sitting) return refuse({ code: "transcription.unknown" });
  const typist = mayType(sitting, actor, view);
  if (!typist.ok) return typist;
  if (row.dropped) return refuse({ code: "transcription.dropped" });
  return row.written ? refuse({ code: "transcription.written" }) : ok({ row, rubric, sitting });
}
