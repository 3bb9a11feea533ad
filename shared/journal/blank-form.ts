// A score sheet to mark on by hand, for when a laptop fails: the rubric as it is hashed, with its items, tolerances and deductions, and
// nothing filled in but whose it is.
import type { CandidateRef, Fraction, HashId, SittingId } from "#shared/base";
import type { RubricItem, Veto } from "#shared/exam";
import { isExpected } from "./expected.ts";
import { formHead, points, printedAs, type FormHead } from "./score-form.ts";
import { panelFor } from "./staff.ts";
import type { CandidateRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

export interface BlankForm extends FormHead {
  /** Null where the line is filled in by hand. */
  readonly whose: {
    readonly ref: CandidateRef;
    readonly no: number;
    readonly candidate: string;
    readonly ticketNo: string;
  } | null;
  readonly hash: HashId;
  /** Points a step is worth. */
  readonly step: Fraction;
  readonly items: readonly { readonly item: RubricItem; readonly max: string }[];
  readonly max: string;
  readonly vetoes: readonly Veto[];
}

/** One for every sheet that is still owed, in the order of the roster; a copy for each member who owes it. */
export function owedBlanks(id: SittingId, view: JournalView): BlankForm[] {
  const sitting = view.read("sittings", id);
  if (!sitting) return [];
  const sheets = view.rowsOf("sheets", id);
  return [...view.rowsOf("candidates", id)]
    .filter(isExpected)
    .sort((a, b) => a.no - b.no)
    .flatMap((candidate) =>
      panelFor(sitting, candidate.ref, sheets)
        .filter(
          (member) =>
            !sheets.some(
              (one) => one.candidate === candidate.ref && one.examiner === member && one.signature !== null,
            ),
        )
        .flatMap(() => blankForm(id, candidate, view) ?? []),
    );
}

export function blankForm(
  id: SittingId,
  candidate: CandidateRow | null,
  view: JournalView,
): BlankForm | null {
  const sitting = view.read("sittings", id);
  const rubric = sitting && view.read("rubrics", sitting.rubric)?.rubric;
  if (!sitting || !rubric) return null;
  return {
    ...formHead(sitting, view),
    whose: candidate && { ref: candidate.ref, no: candidate.no, ...printedAs(candidate, sitting) },
    hash: sitting.rubric,
    step: rubric.step,
    items: rubric.items.map((item) => ({ item, max: points(item.max, rubric) })),
    max: points(
      rubric.items.reduce((sum, { max }) => sum + max, 0),
      rubric,
    ),
    vetoes: rubric.vetoes,
  };
}
