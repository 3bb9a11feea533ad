// Supervision on site (实地监管, domain 4.4): who may sign for what they saw in a room, and what is still missing of it (R23).
import type { PersonId } from "#shared/base";
import { block, Checklist, decide, info, type Decision, type PolicyOf, type VisitNotes } from "#shared/exam";
import list from "../policies/on-site.json" with { type: "json" };
import { partsInSupervised, type SupervisedSitting } from "./supervision.ts";

/** What a supervisor looks at, in the order of the room. Its items and their sources are data (policies/on-site.json). */
export function onSiteChecklist(): Checklist {
  return Checklist.parse(list);
}

/** The list that a record answers; null for an edition whose questions this program does not have. */
export function checklistNamed(id: Checklist["id"]): Checklist | null {
  const current = onSiteChecklist();
  return current.id === id ? current : null;
}

export interface VisitorAsked extends SupervisedSitting {
  readonly person: PersonId;
  readonly isSupervisor: boolean;
}

/** R23: A visit is signed by a supervisor within term who has no other part in the sitting. */
export function mayVisit(asked: VisitorAsked, policy: PolicyOf<"everyExamSupervised">): Decision {
  const { person, isSupervisor } = asked;
  const facts = { person };
  if (!isSupervisor) return decide([block("R23", "review.not-supervisor", facts)]);
  const findings = partsInSupervised(person, asked, policy, "visit.tallied");
  return decide(findings.length > 0 ? findings : [info("R23", "visit.independent", facts)]);
}

/** R23: Every item has an answer, and a "no" says what was wrong; null where nothing is missing. */
export function lackingOf(
  { answers }: Pick<VisitNotes, "answers">,
  { items }: Checklist,
): { readonly item: string; readonly lacks: "answer" | "words" } | null {
  for (const { code: item } of items) {
    const given = answers[item];
    if (!given) return { item, lacks: "answer" };
    if (given.answer === "no" && given.words.trim() === "") return { item, lacks: "words" };
  }
  return null;
}
