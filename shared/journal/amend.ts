// The gate in front of an amendment's two signatures (R46): its author's own sheet, marks that are whole and differ, over what
// counts now, with words, and another person who holds an office. Pure; main asks it before the first PIN and before the last.
import { ok, refuse, type PersonId, type Refusal, type Result, type SheetId } from "#shared/base";
import {
  countingOf,
  marksOf,
  type AmendmentDraft,
  type AmendmentOffice,
  type AmendmentReason,
  type Counting,
  type Rubric,
  type Sheet,
  type SheetMarks,
} from "#shared/exam";
import { checkInput, mayAmend } from "#shared/rules";
import { isHiddenFrom } from "./revealed.ts";
import { approvingOffice } from "./staff.ts";
import { standingCandidate } from "./standing-roster.ts";
import type { CandidateRow, PersonRow, SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

export interface AmendmentAsked {
  readonly sheet: SheetId;
  readonly reason: AmendmentReason;
  readonly text: string;
  readonly approver: PersonId;
}

/** Everything that two people are shown and sign, out of this journal. */
export interface AdmittedAmendment {
  readonly sheet: Sheet;
  readonly draft: AmendmentDraft;
  readonly former: Counting;
  readonly candidate: CandidateRow;
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly author: PersonRow;
  readonly approver: PersonRow;
  readonly office: AmendmentOffice;
}

export const AMENDMENT_REFUSALS = [
  "session.none",
  "sheet.unknown",
  "sheet.not-yours",
  "sheet.incomplete",
  "person.unknown",
  "person.ended",
  "amendment.none",
  "amendment.stale",
  "amendment.rechecked",
  "amendment.no-change",
  "amendment.no-reason",
  "amendment.same-person",
  "amendment.no-office",
  "amendment.not-revealed",
] as const;
export type AmendmentRefusal = Refusal<(typeof AMENDMENT_REFUSALS)[number]>;

export function admitAmendment(
  asked: AmendmentAsked,
  actor: PersonId | null,
  view: JournalView,
): Result<AdmittedAmendment, AmendmentRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const author = view.read("people", actor);
  const sheet = view.read("sheets", asked.sheet);
  const candidate = sheet && view.read("candidates", sheet.candidate);
  const sitting = sheet && view.read("sittings", sheet.sitting);
  const rubric = sheet && view.read("rubrics", sheet.rubric)?.rubric;
  if (!author || author.ended) return refuse({ code: "person.ended" });
  if (!sheet || !candidate || !sitting || !rubric) return refuse({ code: "sheet.unknown" });
  const persons = checkPersons(asked, actor, sheet);
  if (!persons.ok) return persons;
  const former = countingOf(sheet);
  const draft = sheet.amending;
  if (!former || !draft) return refuse({ code: "amendment.none" });
  if (draft.basis !== former.hash) return refuse({ code: "amendment.stale" });
  if (candidate.rechecks.length > 0) return refuse({ code: "amendment.rechecked" });
  const blank = firstIncomplete(rubric, draft);
  if (blank !== undefined) return refuse({ code: "sheet.incomplete", facts: { item: blank } });
  if (areSameMarks(rubric, draft, former.marks)) return refuse({ code: "amendment.no-change" });
  const approver = view.read("people", asked.approver);
  if (!approver) return refuse({ code: "person.unknown" });
  if (approver.ended) return refuse({ code: "person.ended" });
  const office = approvingOffice(approver, sitting);
  if (!office) return refuse({ code: "amendment.no-office" });
  const sheets = view.rowsOf("sheets", sitting.id);
  if (isHiddenFrom(approver.id, sitting, standingCandidate(candidate, view), sheets))
    return refuse({ code: "amendment.not-revealed" });
  return ok({ sheet, draft, former, candidate, sitting, rubric, author, approver, office });
}

/** By the rule itself; its findings have their names on this side. */
function checkPersons(
  { text, approver }: AmendmentAsked,
  by: PersonId,
  { examiner: author }: Sheet,
): Result<void, AmendmentRefusal> {
  const { findings } = mayAmend({ author, by, reason: text, status: "SIGNED", countersignedBy: approver });
  const isSaid = (code: string) => findings.some((finding) => finding.code === code);
  if (isSaid("amendment.not-author")) return refuse({ code: "sheet.not-yours" });
  if (isSaid("amendment.no-reason")) return refuse({ code: "amendment.no-reason" });
  return isSaid("amendment.no-countersignature") ? refuse({ code: "amendment.same-person" }) : ok(undefined);
}

/** The first item in rubric order that is blank or not whole. */
export function firstIncomplete(rubric: Rubric, { items }: Pick<SheetMarks, "items">): number | undefined {
  return rubric.items.find((item) => {
    const input = items[String(item.no)];
    return !input || !checkInput(item, input, { complete: true }).ok;
  })?.no;
}

/** Which items the one has otherwise than the other, in rubric order. */
export function changedItems(rubric: Rubric, one: SheetMarks, other: SheetMarks): number[] {
  const text = ({ items }: SheetMarks, no: number) => JSON.stringify(items[String(no)] ?? null);
  return rubric.items.map(({ no }) => no).filter((no) => text(one, no) !== text(other, no));
}

export function areSameMarks(rubric: Rubric, one: SheetMarks, other: SheetMarks): boolean {
  const rest = (marks: SheetMarks) => JSON.stringify({ ...marksOf(marks), items: null });
  return rest(one) === rest(other) && changedItems(rubric, one, other).length === 0;
}
