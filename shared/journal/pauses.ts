// Who may stop the time of a sheet and let it run again (R39): its examiner, and the leader of the panel, who does it for all sheets
// of a sitting at once when the power fails. It changes no mark, so a leader who does it learns nothing of a colleague's sheet (R45).
import { ok, refuse, type PersonId, type Result } from "#shared/base";
import { isOnPanel, openPauseOf, panelLeaderOf, type Sheet, type Transcription } from "#shared/exam";
import type { EntryBody } from "./entry.ts";
import { leavingOf } from "./expected.ts";
import type { Intent, IntentRefusal } from "./intent.ts";
import type { CandidateRow, SittingRow } from "./tables.ts";
import { isFromPaper, paperOf } from "./transcription.ts";
import type { JournalView } from "./view.ts";

export function admitPausing(
  intent: Extract<Intent, { kind: "sheet.pause" | "sheet.resume" }>,
  actor: PersonId,
  view: JournalView,
): Result<EntryBody, IntentRefusal> {
  const sheet = view.read("sheets", intent.sheet);
  const sitting = sheet && view.read("sittings", sheet.sitting);
  const candidate = sheet && view.read("candidates", sheet.candidate);
  if (!sheet || !sitting || !candidate) return refuse({ code: "sheet.unknown" });
  if (!isOnPanel(sitting, actor)) return refuse({ code: "sitting.not-on-panel" });
  if (!mayPause(sheet, actor, sitting)) return refuse({ code: "sheet.not-yours" });
  if (sheet.signature) return refuse({ code: "sheet.signed" });
  if (isFromPaper(sheet, view)) return refuse({ code: "sheet.transcribed" });
  if (leavingOf(candidate)) return refuse({ code: "candidate.left" });
  const isPaused = openPauseOf(sheet) !== null;
  if (intent.kind === "sheet.pause")
    return isPaused
      ? refuse({ code: "pause.open" })
      : ok({ kind: "sheet.paused", sheet: sheet.id, reason: intent.reason });
  return isPaused ? ok({ kind: "sheet.resumed", sheet: sheet.id }) : refuse({ code: "pause.none" });
}

/** The open sheets of a sitting on this laptop whose time this person may stop, and those where it stands still already. */
export interface SheetClocks {
  readonly running: readonly Sheet[];
  readonly paused: readonly Sheet[];
}

export function clocksOf(
  sitting: SittingRow,
  person: PersonId,
  sheets: readonly Sheet[],
  candidates: readonly CandidateRow[],
  papers: readonly Transcription[],
): SheetClocks {
  const isTyped = (sheet: Sheet) =>
    paperOf(
      sheet,
      papers.find(({ id }) => id === sheet.id),
    ) !== undefined;
  const gone = new Set(candidates.filter((one) => leavingOf(one)).map(({ ref }) => ref));
  const own = sheets.filter(
    (sheet) =>
      sheet.signature === null &&
      mayPause(sheet, person, sitting) &&
      !gone.has(sheet.candidate) &&
      !isTyped(sheet),
  );
  const isPaused = (sheet: Sheet) => openPauseOf(sheet) !== null;
  return { running: own.filter((sheet) => !isPaused(sheet)), paused: own.filter(isPaused) };
}

function mayPause(sheet: Sheet, person: PersonId, sitting: SittingRow): boolean {
  return sheet.examiner === person || panelLeaderOf(sitting) === person;
}
