// The gate in front of the journal: may this person write this, now? Pure; asked by electron/journal's caller in main
// before an entry gets its number. The window's wishes and main's own acts pass the same gate (R46: nobody changes
// another's mark; a signed sheet is read-only).
import { ok, refuse, unreachable, type PersonId, type SheetId, type Result } from "#shared/base";
import { hasRole, isOnPanel, rubricItem, type Rubric, type Sheet } from "#shared/exam";
import { checkDeclarations, checkInput, mayAmend } from "#shared/rules";
import type { EntryBody } from "./entry.ts";
import type { Intent, IntentRefusal } from "./intent.ts";
import type { JournalView } from "./view.ts";

export function admit(
  intent: Intent,
  actor: PersonId | null,
  view: JournalView,
  newSheetId: () => SheetId,
): Result<EntryBody, IntentRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  if (!person || !hasRole(person, "examiner")) return refuse({ code: "role.not-examiner" });
  if (intent.kind === "conflict.declare") return admitDeclaration(intent, actor, view);
  if (intent.kind === "sheet.open") return admitOpening(intent, actor, view, newSheetId);
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
    default:
      return unreachable(intent);
  }
}

/** The sheet this examiner has of this candidate, if any: there is never a second one. */
export function sheetOf(
  view: JournalView,
  candidate: Sheet["candidate"],
  examiner: PersonId,
): Sheet | undefined {
  return view.rows("sheets").find((sheet) => sheet.candidate === candidate && sheet.examiner === examiner);
}

function admitOpening(
  intent: Extract<Intent, { kind: "sheet.open" }>,
  actor: PersonId,
  view: JournalView,
  newSheetId: () => SheetId,
): Result<EntryBody, IntentRefusal> {
  const sitting = view.read("sittings", intent.sitting);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  if (!isOnPanel(sitting, actor)) return refuse({ code: "sitting.not-on-panel" });
  const candidate = view.read("candidates", intent.candidate);
  if (candidate?.sitting !== sitting.id) return refuse({ code: "candidate.unknown" });
  if (candidate.absence) return refuse({ code: "candidate.absent" });
  const declared = sitting.declarations.find(({ person }) => person === actor);
  const answered = sitting.declarations.map(({ person }) => person);
  if (!declared || !checkDeclarations([actor], answered).allowed)
    return refuse({ code: "recusal.undeclared" });
  if (declared.candidates.includes(candidate.ref)) return refuse({ code: "recusal.declared" });
  if (sheetOf(view, candidate.ref, actor)) return refuse({ code: "sheet.exists" });
  return ok({
    kind: "sheet.opened",
    sheet: newSheetId(),
    sitting: sitting.id,
    candidate: candidate.ref,
    rubric: sitting.rubric,
  });
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

function openSheetOf(
  id: SheetId,
  actor: PersonId,
  view: JournalView,
): Result<{ sheet: Sheet; rubric: Rubric }, IntentRefusal> {
  const sheet = view.read("sheets", id);
  if (!sheet) return refuse({ code: "sheet.unknown" });
  const amendment = mayAmend({
    author: sheet.examiner,
    by: actor,
    reason: "",
    status: sheet.signature ? "SIGNED" : "DRAFT",
    countersignedBy: null,
  });
  if (!amendment.allowed) {
    return refuse({ code: sheet.examiner === actor ? "sheet.signed" : "sheet.not-yours" });
  }
  const rubric = view.read("rubrics", sheet.rubric);
  if (!rubric) return refuse({ code: "sheet.unknown" });
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
