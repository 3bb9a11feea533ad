// Who looks at the flags of a sitting, and at which: its supervisor at all of them, the leader of its panel at those about sheets
// that lie open to them. Neither has a way to a mark.
import { z } from "zod";
import { CandidateRef, PersonId, SheetId, type SittingId } from "#shared/base";
import { hasRole, panelLeaderOf, RuleNo, type Review } from "#shared/exam";
import { FLAG_CODES, flagStandingBy, type Flag } from "#shared/rules";
import { isAllLookedAt } from "#shared/wire";
import { maySeeSheet } from "./admit.ts";
import { JournalEntry } from "./entry.ts";
import { basisOf, questionsTo, reviewedSheets, reviewState, type SittingRecords } from "./review.ts";
import { everOnPanel } from "./staff.ts";
import type { SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

/** A flag as it crosses to the window: ids and figures, no words. */
export const RaisedFlag = z.strictObject({
  code: z.enum(FLAG_CODES),
  rule: RuleNo.nullable(),
  person: PersonId.nullable(),
  candidates: z.array(CandidateRef),
  sheets: z.array(SheetId),
  entries: z.array(JournalEntry.shape.seq),
  chance: z.number().min(0).max(1),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type RaisedFlag = z.infer<typeof RaisedFlag>;

export function toRaised({ candidates, sheets, entries, facts, ...rest }: Flag): RaisedFlag {
  return {
    ...rest,
    ...{ candidates: [...candidates], sheets: [...sheets], entries: [...entries], facts: { ...facts } },
  };
}

/** A flag that was not asked of so many signed sheets: this laptop does not know what it would need. */
export const NotAskedFlag = z.strictObject({ code: z.enum(FLAG_CODES), sheets: z.int().min(1) });

/** Whether a supervisor has dealt with a flag, by what lies on this laptop. */
export function flagStanding(
  { code, candidates, sheets }: Pick<RaisedFlag, "code" | "sheets" | "candidates">,
  of: SittingRecords,
): ReturnType<typeof flagStandingBy> {
  const looked = sheets.map((id) => {
    const { candidate, signature } = of.sheets.find((one) => one.id === id) ?? {};
    return candidate && signature ? { candidate, hash: signature.hash } : undefined;
  });
  return flagStandingBy(code, {
    ...{ sitting: of.sitting, reviews: of.reviews },
    covers: (subject) => isAllLookedAt(subject, { candidates, sheets: looked }),
    basisOf: (subject) => basisOf(subject, of),
    isAnswered: (subject) => reviewState(subject, of).next === "supervisor",
  });
}

export type SupervisionOffice = "supervisor" | "panelLeader";

/** Null for whoever has no business at the review desk of this sitting. Nobody supervises a panel they sat on. */
export function supervisionOffice(
  person: PersonId,
  sitting: Pick<SittingRow, "panel" | "substitutions" | "supervisor">,
): SupervisionOffice | null {
  if (panelLeaderOf(sitting) === person) return "panelLeader";
  return sitting.supervisor === person && !everOnPanel(sitting).includes(person) ? "supervisor" : null;
}

/** [R45] A flag about a sheet says something of it: whoever may not see the sheet may not see the flag. */
export function maySeeFlag(
  { sheets }: Pick<RaisedFlag, "sheets">,
  person: PersonId,
  sitting: SittingRow,
  view: JournalView,
): boolean {
  const office = supervisionOffice(person, sitting);
  if (office !== "panelLeader") return office === "supervisor";
  return sheets.every((id) => {
    const sheet = view.read("sheets", id);
    return sheet !== undefined && maySeeSheet(sheet, person, view);
  });
}

/** R23: Any supervisor of the centre decides about a sitting, and its panel reads what was decided about its own work. */
export function mayListReviews(person: PersonId, sitting: SittingRow, view: JournalView): boolean {
  const row = view.read("people", person);
  if (!row || row.ended !== null) return false;
  return everOnPanel(sitting).includes(person) || hasRole(row, "supervisor");
}

/**
 * R45: A decision says something of every sheet that it looks at. To the leader it is told once those lie open to them; to another
 * member if one of them is their own as well, and at any time where it asks them a question.
 */
export function maySeeReview(
  review: Review,
  person: PersonId,
  sitting: SittingRow,
  of: SittingRecords,
  view: JournalView,
): boolean {
  if (!everOnPanel(sitting).includes(person)) return true;
  const looked = reviewedSheets(review.subject, of);
  const own = looked.filter(({ examiner }) => examiner === person);
  if (own.some((sheet) => questionsTo(sheet, of).some(({ hash }) => hash === review.hash))) return true;
  const isConcerned = panelLeaderOf(sitting) === person || own.length > 0;
  return isConcerned && looked.every((sheet) => maySeeSheet(sheet, person, view));
}

/**
 * How many there are and of which kind is told to whoever closes the day too, and to every supervisor who did not sit there: nothing
 * of whom they are about.
 */
export function mayCountFlags(person: PersonId, sitting: SittingRow, view: JournalView): boolean {
  if (supervisionOffice(person, sitting) !== null) return true;
  const row = view.read("people", person);
  if (!row || row.ended !== null) return false;
  const watches = hasRole(row, "supervisor") && !everOnPanel(sitting).includes(person);
  return hasRole(row, "administrator") || watches;
}

/** The flags' own name among those of a sitting: the same act is the same flag, however often it is asked for. */
export function flagKey(sitting: SittingId, { code, person, sheets, entries }: RaisedFlag): string {
  return [sitting, code, person ?? "", ...(sheets.length > 0 ? sheets : entries)].join(" ");
}
