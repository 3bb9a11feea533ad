// A visit in the form that is printed (现场督导记录表): what was signed and nothing else, so that the same record is the same form on any
// day.
import type { HashId, InstantMs } from "#shared/base";
import type { RoomState, VisitAnswerKind, Words } from "#shared/exam";
import { checklistNamed } from "#shared/rules";
import { formHead, nameOf, type FormHead } from "./score-form.ts";
import type { JournalView } from "./view.ts";
import type { SignedVisit } from "./visits.ts";

export interface VisitForm extends FormHead {
  readonly panel: readonly { readonly name: string; readonly leader: boolean }[];
  readonly checklist: string;
  /** False for an edition of the list whose questions are not to be had here: nothing else is printed in their place. */
  readonly hasQuestions: boolean;
  readonly room: RoomState;
  readonly lines: readonly VisitLineForm[];
  readonly problems: string;
  readonly suggestions: string;
  readonly signed: { readonly name: string; readonly at: InstantMs };
  readonly record: HashId;
}

export interface VisitLineForm {
  readonly text: Words;
  readonly source: string;
  readonly answer: VisitAnswerKind;
  readonly words: string;
}

export function visitForm(visit: SignedVisit, view: JournalView): VisitForm | null {
  const sitting = view.read("sittings", visit.sitting);
  if (!sitting) return null;
  const { report, person, at, hash } = visit;
  const asked = checklistNamed(report.checklist);
  return {
    ...formHead(sitting, view),
    panel: report.panel.map((one) => ({ name: nameOf(one.person, view), leader: one.leader })),
    ...{ checklist: report.checklist, hasQuestions: asked !== null, room: report.room },
    lines: report.answers.map(({ item, answer, words }) => {
      const known = asked?.items.find(({ code }) => code === item);
      // Of what was asked then the code is all there is.
      const text = known?.text ?? { zh: item, en: item };
      return { text, source: known?.source ?? "", answer, words };
    }),
    ...{ problems: report.problems, suggestions: report.suggestions },
    signed: { name: nameOf(person, view), at: at.wall },
    record: hash,
  };
}
