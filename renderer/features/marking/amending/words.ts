// What an examiner says about an amendment before it is signed, and what is still missing of it.
import type { PersonId } from "#shared/base";
import { marksOf, type AmendmentReason, type Rubric, type Sheet, type SheetMarks } from "#shared/exam";
import { areSameMarks } from "#shared/journal";
import { totalOf } from "#shared/rules";

export interface AmendmentWords {
  readonly reason: AmendmentReason | null;
  readonly text: string;
  readonly approver: PersonId | null;
}

/** Marks lie in the journal; words only here, for as long as the desk is open. */
export interface KeptWords {
  readonly read: () => AmendmentWords;
  readonly keep: (words: AmendmentWords) => void;
}

export function createKeptWords(): KeptWords {
  let kept: AmendmentWords = { reason: null, text: "", approver: null };
  return {
    read: () => kept,
    keep: (words) => {
      kept = words;
    },
  };
}

/** The commonest first. */
export const REASONS: readonly AmendmentReason[] = [
  "transcription",
  "technical",
  "identity",
  "moderation",
  "appeal",
  "misconduct",
];

export type Need = "change" | "complete" | "reason" | "text" | "approver";

/** The next thing that keeps it from being signed. */
export function needOf(
  { reason, text, approver }: AmendmentWords,
  sheet: Sheet,
  former: SheetMarks,
  rubric: Rubric,
): Need | null {
  const { marked, items } = totalOf(rubric, sheet.items, sheet.overtimeMs);
  if (marked < items) return "complete";
  if (areSameMarks(rubric, marksOf(sheet), former)) return "change";
  if (reason === null) return "reason";
  if (text.trim() === "") return "text";
  return approver === null ? "approver" : null;
}
