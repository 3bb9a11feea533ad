// Supervision on site (R23, domain 4.4): who may note what they see in a room, what main reads back of it from the journal's entries,
// and what is signed. Notes are entries, so that a lock or a restart loses none of them; on this screen everybody is told
// their own alone, and in the journal of the laptop they stand like everything else.
import { z } from "zod";
import {
  ClockReading,
  HashId,
  ok,
  PersonId,
  refuse,
  SheetId,
  SittingId,
  type Day,
  type Refusal,
  type Result,
} from "#shared/base";
import {
  firstBlock,
  hasRole,
  NO_NOTES,
  policyValues,
  VisitReport,
  type Rubric,
  type VisitNotes,
} from "#shared/exam";
import { lackingOf, mayVisit, onSiteChecklist } from "#shared/rules";
import type { EntryBody, JournalEntry } from "./entry.ts";
import type { Intent, IntentRefusal } from "./intent.ts";
import { recordsOfSitting } from "./review.ts";
import { roomState } from "./room-state.ts";
import { standingRoster } from "./standing-roster.ts";
import { everOnPanel, partsIn } from "./staff.ts";
import { ONLY, type PersonRow, type SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

/** A visit as it was signed. */
export const SignedVisit = z.strictObject({
  id: SheetId,
  sitting: SittingId,
  report: VisitReport,
  /** Place in the chain of this laptop. */
  seq: z.int().min(1),
  hash: HashId,
  person: PersonId,
  at: ClockReading,
});
export type SignedVisit = z.infer<typeof SignedVisit>;

type NoVisitor = "visit.not-supervisor" | "visit.on-panel";

/** R23: Any supervisor of the centre, and never somebody who had a place on the panel. Null for whoever may. */
export function visitorRefusal(
  person: Pick<PersonRow, "id" | "roles" | "ended">,
  sitting: Pick<SittingRow, "panel" | "substitutions">,
): NoVisitor | null {
  if (person.ended !== null || !hasRole(person, "supervisor")) return "visit.not-supervisor";
  return everOnPanel(sitting).includes(person.id) ? "visit.on-panel" : null;
}

type VisitIntent = Extract<Intent, { kind: `visit.${string}` }>;

export function admitNote(
  intent: VisitIntent,
  person: PersonRow,
  view: JournalView,
): Result<EntryBody, IntentRefusal> {
  const sitting = view.read("sittings", intent.sitting);
  if (!sitting) return refuse({ code: "sitting.unknown" });
  const code = visitorRefusal(person, sitting);
  if (code !== null) return refuse({ code });
  switch (intent.kind) {
    case "visit.answer": {
      const { item, answer } = intent;
      const isKnown = onSiteChecklist().items.some((one) => one.code === item);
      if (!isKnown) return refuse({ code: "visit.unknown-item", facts: { item } });
      return ok({ kind: "visit.answered", sitting: sitting.id, item, answer });
    }
    case "visit.remark":
      return ok({
        kind: "visit.remarked",
        ...{ sitting: sitting.id, about: intent.about, text: intent.text },
      });
    case "visit.clear":
      return ok({ kind: "visit.cleared", sitting: sitting.id });
  }
}

/** Collects visits entry by entry; the entries stay in the journal. */
export interface VisitWatch {
  apply(entry: JournalEntry): void;
  /** What this person has noted of the room since their last signature. */
  notesOf(sitting: SittingId, person: PersonId): VisitNotes;
  /** Oldest first. */
  signedOf(sitting: SittingId): SignedVisit[];
}

export function createVisitWatch(): VisitWatch {
  const notes = new Map<string, VisitNotes>();
  const signed: SignedVisit[] = [];
  const keyOf = (sitting: SittingId, person: PersonId | null) => `${sitting} ${person ?? ""}`;
  return {
    apply: ({ at, actor, body }) => {
      switch (body.kind) {
        case "visit.answered":
        case "visit.remarked":
        case "visit.cleared": {
          const key = keyOf(body.sitting, actor);
          notes.set(key, notesAfter(notes.get(key) ?? NO_NOTES, body));
          break;
        }
        case "visit.signed": {
          const { visit: id, sitting, report, seq, hash, person } = body;
          notes.delete(keyOf(sitting, person));
          signed.push({ id, sitting, report, seq, hash, person, at });
          break;
        }
        default:
          break;
      }
    },
    notesOf: (sitting, person) => notes.get(keyOf(sitting, person)) ?? NO_NOTES,
    signedOf: (sitting) => signed.filter((one) => one.sitting === sitting),
  };
}

/** Notes after one of their author's own entries; any other changes nothing. */
export function notesAfter(before: VisitNotes, body: EntryBody): VisitNotes {
  switch (body.kind) {
    case "visit.answered": {
      const { [body.item]: _former, ...others } = before.answers;
      const answers = body.answer === null ? others : { ...others, [body.item]: body.answer };
      return { ...before, answers };
    }
    case "visit.remarked":
      return { ...before, [body.about]: body.text };
    case "visit.cleared":
    case "visit.signed":
      return NO_NOTES;
    default:
      return before;
  }
}

/** R23: Whoever may note something reads what was signed, and the office files it. The panel is no reader of it. */
export function mayReadVisits(
  person: Pick<PersonRow, "id" | "roles" | "ended">,
  sitting: Pick<SittingRow, "panel" | "substitutions">,
): boolean {
  const isOffice = person.ended === null && hasRole(person, "administrator");
  if (visitorRefusal(person, sitting) === null) return true;
  return isOffice && !everOnPanel(sitting).includes(person.id);
}

export const VISIT_REFUSALS = [
  "session.none",
  "sitting.unknown",
  "person.ended",
  "visit.blocked",
  "visit.lacks-answer",
  "visit.lacks-words",
] as const;
export type VisitRefusal = Refusal<(typeof VISIT_REFUSALS)[number]>;

/** Everything that is shown beside the PIN and signed, out of this journal. */
export interface AdmittedVisit {
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly person: PersonRow;
  readonly report: VisitReport;
}

export function admitVisit(
  id: SittingId,
  notes: VisitNotes,
  actor: PersonId | null,
  day: Day,
  view: JournalView,
): Result<AdmittedVisit, VisitRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  if (!person || person.ended) return refuse({ code: "person.ended" });
  const sitting = view.read("sittings", id);
  const rubric = sitting && view.read("rubrics", sitting.rubric)?.rubric;
  const reference = view.read("centre", ONLY)?.permit?.reference;
  if (!sitting || !rubric || !reference) return refuse({ code: "sitting.unknown" });
  const judged = mayVisit(
    {
      ...{ person: actor, isSupervisor: hasRole(person, "supervisor"), day },
      ...partsIn(sitting, reference, view.rows("people")),
    },
    policyValues(reference.policy),
  );
  if (!judged.allowed) return refuse({ code: "visit.blocked", facts: firstBlock(judged) });
  const checklist = onSiteChecklist();
  const lacking = lackingOf(notes, checklist);
  if (lacking) return refuse({ code: `visit.lacks-${lacking.lacks}`, facts: { item: lacking.item } });
  const of = recordsOfSitting(id, view);
  const room = roomState({
    sitting,
    candidates: standingRoster(of),
    sheets: of.sheets,
    incidents: view.rows("incidents"),
    calls: view.rows("calls"),
  });
  const report: VisitReport = {
    checklist: checklist.id,
    answers: checklist.items.flatMap(({ code: item }) => {
      const given = notes.answers[item];
      return given ? [{ item, answer: given.answer, words: given.words.trim() }] : [];
    }),
    ...{ problems: notes.problems.trim(), suggestions: notes.suggestions.trim(), room },
    panel: sitting.panel.map(({ person: member, leader }) => ({ person: member, leader })),
  };
  return ok({ sitting, rubric, person, report });
}
