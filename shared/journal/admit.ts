// The gate in front of the journal: may this person write this, now? Pure; asked by electron/journal's caller in main
// before an entry gets its number. The window's wishes and main's own acts pass the same gate (R46: nobody changes
// another's mark; a signed sheet is read-only).
import {
  ok,
  refuse,
  unreachable,
  type HashId,
  type PersonId,
  type Refusal,
  type Result,
  type SheetId,
} from "#shared/base";
import {
  countingOf,
  evidenceHeld,
  findEvidence,
  hasRole,
  isOnPanel,
  MAX_EVIDENCE,
  rubricItem,
  type EvidenceItem,
  type PictureFacts,
  type Rubric,
  type Sheet,
} from "#shared/exam";
import { checkInput, mayAmend } from "#shared/rules";
import { admitSheetOf, sheetOf } from "./admit-sheet.ts";
import { admitCheck } from "./check-in.ts";
import type { EntryBody } from "./entry.ts";
import type { Intent, IntentRefusal } from "./intent.ts";
import { questionsTo, recordsOfSitting } from "./review.ts";
import { admitAnswer, admitCall } from "./room-record.ts";
import { leavingOf } from "./expected.ts";
import { admitPausing } from "./pauses.ts";
import { revealedSheets } from "./revealed.ts";
import { administratorOf, everOnPanel } from "./staff.ts";
import { standingCandidate } from "./standing-roster.ts";
import type { SittingRow } from "./tables.ts";
import { admitTyping, isFromPaper } from "./transcription.ts";
import type { JournalView } from "./view.ts";
import { admitNote } from "./visits.ts";

export function admit(
  intent: Intent,
  actor: PersonId | null,
  view: JournalView,
  newSheetId: () => SheetId,
): Result<EntryBody, IntentRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  if (person?.ended) return refuse({ code: "person.ended" });
  if (!person) return refuse({ code: "role.not-examiner" });
  switch (intent.kind) {
    case "call.answer":
      return admitAnswer(intent, person, view);
    case "identity.check":
    case "identity.undo":
      return admitCheck(intent, person, view);
    case "visit.answer":
    case "visit.remark":
    case "visit.clear":
      return admitNote(intent, person, view);
    case "transcription.join":
    case "transcription.type":
    case "transcription.removePage":
    case "transcription.drop":
    case "transcription.return":
      return admitTyping(intent, actor, view);
    default:
      return hasRole(person, "examiner")
        ? admitMarking(intent, actor, view, newSheetId)
        : refuse({ code: "role.not-examiner" });
  }
}

type MarkingIntent = Exclude<
  Intent,
  { kind: "call.answer" | `transcription.${string}` | `identity.${string}` | `visit.${string}` }
>;

function admitMarking(
  intent: MarkingIntent,
  actor: PersonId,
  view: JournalView,
  newSheetId: () => SheetId,
): Result<EntryBody, IntentRefusal> {
  if (intent.kind === "conflict.declare") return admitDeclaration(intent, actor, view);
  if (intent.kind === "leader.call") return admitCall(intent, actor, view, newSheetId);
  if (intent.kind === "sheet.open") return admitOpening(intent, actor, view, newSheetId);
  if (intent.kind === "amendment.open") return admitAmending(intent.sheet, actor, view);
  if (intent.kind === "sheet.uphold") return admitReply(intent, actor, view);
  if (intent.kind === "sheet.pause" || intent.kind === "sheet.resume")
    return admitPausing(intent, actor, view);
  const open = openSheetOf(intent.sheet, actor, view);
  if (!open.ok) return open;
  switch (intent.kind) {
    case "mark.set":
      return admitMark(intent, open.value.rubric);
    case "veto.set":
      return open.value.rubric.vetoes.some(({ code }) => code === intent.code)
        ? ok(intent)
        : refuse({ code: "veto.unknown", facts: { veto: intent.code } });
    case "overtime.set":
    case "note.set":
      return ok(intent);
    case "amendment.drop":
      return open.value.sheet.amending
        ? ok({ kind: "amendment.dropped", sheet: intent.sheet })
        : refuse({ code: "amendment.none" });
    case "evidence.set":
      return admitEvidenceChange(intent, open.value.sheet);
    default:
      return unreachable(intent);
  }
}

function admitOpening(
  intent: Extract<Intent, { kind: "sheet.open" }>,
  actor: PersonId,
  view: JournalView,
  newSheetId: () => SheetId,
): Result<EntryBody, IntentRefusal> {
  const sitting = view.read("sittings", intent.sitting);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  const allowed = admitSheetOf(actor, sitting, intent.candidate, view);
  if (!allowed.ok) return allowed;
  return ok({
    kind: "sheet.opened",
    sheet: newSheetId(),
    sitting: sitting.id,
    candidate: intent.candidate,
    rubric: sitting.rubric,
  });
}

/** R46: Whoever a sheet was returned to keeps it in words. What a divergent panel's member keeps is signed (settle.ts). */
function admitReply(
  { candidate: ref, reason }: Extract<Intent, { kind: "sheet.uphold" }>,
  actor: PersonId,
  view: JournalView,
): Result<EntryBody, IntentRefusal> {
  const sheet = sheetOf(view, ref, actor);
  const record = sheet && countingOf(sheet)?.hash;
  if (!sheet || record === undefined) return refuse({ code: "review.not-asked" });
  const asked = questionsTo(sheet, recordsOfSitting(sheet.sitting, view));
  if (asked.length === 0) return refuse({ code: "review.not-asked" });
  const answers = asked.map(({ hash }) => hash);
  return ok({ kind: "sheet.upheld", candidate: ref, record, reason, answers });
}

/** R29: everybody answers before a sheet opens. A later answer may name more candidates, never fewer. */
function admitDeclaration(
  { sitting: id, candidates }: Extract<Intent, { kind: "conflict.declare" }>,
  actor: PersonId,
  view: JournalView,
): Result<EntryBody, IntentRefusal> {
  const sitting = view.read("sittings", id);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  if (!isOnPanel(sitting, actor)) return refuse({ code: "sitting.not-on-panel" });
  if (candidates.some((ref) => view.read("candidates", ref)?.sitting !== id))
    return refuse({ code: "candidate.unknown" });
  const former = sitting.declarations.find(({ person }) => person === actor)?.candidates ?? [];
  const all = [...new Set([...former, ...candidates])];
  return ok({ kind: "conflict.declared", sitting: id, candidates: all });
}

/**
 * R46: only its author amends a signed sheet, on the laptop where it was signed, so that two laptops do not part ways. A
 * result that was rechecked is corrected as a result from then on (R47, R55).
 */
function admitAmending(id: SheetId, actor: PersonId, view: JournalView): Result<EntryBody, IntentRefusal> {
  const sheet = view.read("sheets", id);
  if (!sheet) return refuse({ code: "sheet.unknown" });
  if (sheet.examiner !== actor) return refuse({ code: "sheet.not-yours" });
  const counting = countingOf(sheet);
  if (!counting) return refuse({ code: "amendment.unsigned" });
  if (sheet.from !== null) return refuse({ code: "amendment.other-laptop" });
  if (sheet.amending) return refuse({ code: "amendment.begun" });
  if ((view.read("candidates", sheet.candidate)?.rechecks.length ?? 0) > 0)
    return refuse({ code: "amendment.rechecked" });
  return ok({ kind: "amendment.opened", sheet: id, basis: counting.hash });
}

type OpenRefusal = Refusal<
  | "sheet.unknown"
  | "sheet.not-yours"
  | "sheet.signed"
  | "sheet.transcribed"
  | "sitting.not-on-panel"
  | "candidate.left"
>;

function openSheetOf(
  id: SheetId,
  actor: PersonId,
  view: JournalView,
): Result<{ sheet: Sheet; rubric: Rubric }, OpenRefusal> {
  const sheet = view.read("sheets", id);
  if (!sheet) return refuse({ code: "sheet.unknown" });
  const amendment = mayAmend({
    author: sheet.examiner,
    by: actor,
    reason: "",
    // An amendment under way is a draft as well: signed it is by two, and not here (amend.ts).
    status: sheet.signature && !sheet.amending ? "SIGNED" : "DRAFT",
    countersignedBy: null,
  });
  if (!amendment.allowed) {
    return refuse({ code: sheet.examiner === actor ? "sheet.signed" : "sheet.not-yours" });
  }
  const sitting = view.read("sittings", sheet.sitting);
  // Whoever left the panel since is still the author of what they signed.
  if (!sitting || !(sheet.amending || isOnPanel(sitting, actor)))
    return refuse({ code: "sitting.not-on-panel" });
  const candidate = view.read("candidates", sheet.candidate);
  const rubric = view.read("rubrics", sheet.rubric);
  if (!rubric || !candidate) return refuse({ code: "sheet.unknown" });
  // What was begun for somebody who left is kept as it was, and never becomes a mark.
  if (!sheet.signature && leavingOf(candidate)) return refuse({ code: "candidate.left" });
  // What two people read off the paper is signed as it is, or sent back; once it is signed it is amended like any other.
  if (!sheet.signature && isFromPaper(sheet, view)) return refuse({ code: "sheet.transcribed" });
  return ok({ sheet, rubric: rubric.rubric });
}

function admitMark(
  intent: Extract<Intent, { kind: "mark.set" }>,
  rubric: Rubric,
): Result<EntryBody, IntentRefusal> {
  const item = rubricItem(rubric, intent.item);
  if (!item) return refuse({ code: "item.unknown", facts: { item: intent.item } });
  if (intent.input !== null) {
    const checked = checkInput(item, intent.input, { complete: false });
    if (!checked.ok) return checked;
  }
  return ok(intent);
}

function admitEvidenceChange(
  { sheet: id, item, hash, on, undoes }: Extract<Intent, { kind: "evidence.set" }>,
  sheet: Sheet,
): Result<EntryBody, IntentRefusal> {
  if (sheet.signature) return refuse({ code: "sheet.signed" });
  const known = findEvidence(sheet.evidence, item, hash);
  if (!known) return refuse({ code: "evidence.unknown" });
  const undoing = undoes === undefined ? {} : { undoes };
  if (!on) return ok({ kind: "evidence.removed", sheet: id, item, hash, ...undoing });
  if (known.removed && evidenceHeld(sheet.evidence).length >= MAX_EVIDENCE)
    return refuse({ code: "evidence.too-many", facts: { most: MAX_EVIDENCE } });
  const { size, type, width, height } = known;
  return ok({ kind: "evidence.added", sheet: id, item, hash, size, type, width, height, ...undoing });
}

/** A new picture on an open sheet of one's own; null when it is there already, which is no error (S7). */
export function admitEvidence(
  { sheet: id, item, picture }: NewEvidence,
  actor: PersonId | null,
  view: JournalView,
): Result<EntryBody | null, PlaceRefusal> {
  const place = admitEvidencePlace(id, item, actor, view);
  if (!place.ok) return place;
  const known = findEvidence(place.value.evidence, item, picture.hash);
  return known && !known.removed ? ok(null) : ok({ kind: "evidence.added", sheet: id, item, ...picture });
}

export interface NewEvidence {
  readonly sheet: SheetId;
  readonly item: EvidenceItem;
  readonly picture: PictureFacts;
}

export type PlaceRefusal = Refusal<
  "session.none" | OpenRefusal["code"] | "item.unknown" | "evidence.too-many"
>;

/** May this person add a picture here at all? Asked before a picture is looked at. */
export function admitEvidencePlace(
  id: SheetId,
  item: EvidenceItem,
  actor: PersonId | null,
  view: JournalView,
): Result<Sheet, PlaceRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const open = openSheetOf(id, actor, view);
  if (!open.ok) return open;
  const { sheet, rubric } = open.value;
  // Photographs stand with the sheet as it was signed first: no amendment carries any.
  if (sheet.signature) return refuse({ code: "sheet.signed" });
  if (item !== null && !rubricItem(rubric, item)) return refuse({ code: "item.unknown", facts: { item } });
  if (evidenceHeld(sheet.evidence).length >= MAX_EVIDENCE)
    return refuse({ code: "evidence.too-many", facts: { most: MAX_EVIDENCE } });
  return ok(sheet);
}

export type SeeRefusal = Refusal<"session.none" | "sheet.unknown" | "sheet.not-yours" | "evidence.unknown">;

/** A picture is for whoever may see its sheet: before that it would tell another marker what this one saw. */
export function maySeeEvidence(
  id: SheetId,
  hash: HashId,
  actor: PersonId | null,
  view: JournalView,
): Result<Sheet["evidence"][number], SeeRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const sheet = view.read("sheets", id);
  if (!sheet) return refuse({ code: "sheet.unknown" });
  if (!maySeeSheet(sheet, actor, view)) return refuse({ code: "sheet.not-yours" });
  const known = sheet.evidence.find((one) => one.hash === hash);
  return known ? ok(known) : refuse({ code: "evidence.unknown" });
}

/**
 * R45: Whose eyes a sheet is for: its examiner's at any time; the supervisor's once it is signed; the panel's, its leader among
 * them, once every member has signed.
 */
export function maySeeSheet(sheet: Sheet, actor: PersonId, view: JournalView): boolean {
  if (sheet.examiner === actor) return true;
  const sitting = view.read("sittings", sheet.sitting);
  if (!sitting) return false;
  if (everOnPanel(sitting).includes(actor)) return isRevealed(sheet, sitting, view);
  return sitting.supervisor === actor && sheet.signature !== null;
}

/** R45: The same on paper, and an administrator's once every member has signed: theirs is the office that files the forms. */
export function mayPrintSheet(sheet: Sheet, actor: PersonId, view: JournalView): boolean {
  if (maySeeSheet(sheet, actor, view)) return true;
  const sitting = view.read("sittings", sheet.sitting);
  return sitting !== undefined && administratorOf(actor, view).ok && isRevealed(sheet, sitting, view);
}

function isRevealed(sheet: Sheet, sitting: SittingRow, view: JournalView): boolean {
  const candidate = view.read("candidates", sheet.candidate);
  if (!candidate) return false;
  const sheets = view.rowsOf("sheets", sitting.id);
  return revealedSheets(sitting, standingCandidate(candidate, view), sheets) !== null;
}
