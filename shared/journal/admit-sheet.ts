// May there be a sheet of this candidate by this examiner now? Asked when an examiner opens one at the desk, and when one is typed
// from paper for them.
import {
  ok,
  refuse,
  type CandidateRef,
  type PersonId,
  type Refusal,
  type Result,
  type SheetId,
} from "#shared/base";
import { isOnPanel, type Sheet } from "#shared/exam";
import { checkDeclarations } from "#shared/rules";
import { leavingOf } from "./expected.ts";
import { recordsOfSitting, withheldCandidates } from "./review.ts";
import { panelFor } from "./staff.ts";
import type { SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

export type NoSheet = Refusal<
  | "sitting.not-on-panel"
  | "candidate.unknown"
  | "candidate.absent"
  | "candidate.left"
  | "candidate.marked-before"
  | "candidate.withheld"
  | "recusal.undeclared"
  | "recusal.declared"
  | "sheet.exists"
  | "sheet.on-paper"
>;

/** `paper`: the one that is to become the sheet. */
export function admitSheetOf(
  examiner: PersonId,
  sitting: SittingRow,
  ref: CandidateRef,
  view: JournalView,
  paper: SheetId | null = null,
): Result<void, NoSheet> {
  if (!isOnPanel(sitting, examiner)) return refuse({ code: "sitting.not-on-panel" });
  const candidate = view.read("candidates", ref);
  if (candidate?.sitting !== sitting.id) return refuse({ code: "candidate.unknown" });
  if (candidate.absence) return refuse({ code: "candidate.absent" });
  if (leavingOf(candidate)) return refuse({ code: "candidate.left" });
  const declared = sitting.declarations.find(({ person }) => person === examiner);
  const answered = sitting.declarations.map(({ person }) => person);
  if (!declared || !checkDeclarations([examiner], answered).allowed)
    return refuse({ code: "recusal.undeclared" });
  if (declared.candidates.includes(ref)) return refuse({ code: "recusal.declared" });
  if (sheetOf(view, ref, examiner)) return refuse({ code: "sheet.exists" });
  const isTyped = view
    .rows("transcriptions")
    .some(
      (row) => row.candidate === ref && row.examiner === examiner && row.dropped === null && row.id !== paper,
    );
  if (isTyped) return refuse({ code: "sheet.on-paper" });
  if (!panelFor(sitting, ref, view.rowsOf("sheets", sitting.id)).includes(examiner))
    return refuse({ code: "candidate.marked-before" });
  // R76: Nobody of this panel marks again what was taken from it.
  if (withheldCandidates(recordsOfSitting(sitting.id, view)).has(ref))
    return refuse({ code: "candidate.withheld" });
  return ok(undefined);
}

/** The sheet this examiner has of this candidate, if any: there is never a second one. */
export function sheetOf(
  view: Pick<JournalView, "read" | "rowsOf">,
  candidate: Sheet["candidate"],
  examiner: PersonId,
): Sheet | undefined {
  const sitting = view.read("candidates", candidate)?.sitting;
  if (sitting === undefined) return undefined;
  return view
    .rowsOf("sheets", sitting)
    .find((sheet) => sheet.candidate === candidate && sheet.examiner === examiner);
}
