// Every sitting is watched by a quality supervisor who has no other part in it (R23).
import type { Day, PersonId } from "#shared/base";
import {
  block,
  decide,
  info,
  type Decision,
  type PolicyOf,
  type SupervisorQualification,
} from "#shared/exam";

/** R23: A sitting has a supervisor within term who neither examines nor trained for it. */
export function checkSupervisor(
  supervisor: PersonId | null,
  day: Day,
  others: { readonly panel: readonly PersonId[]; readonly trainers: readonly PersonId[] },
  cards: readonly SupervisorQualification[],
  policy: PolicyOf<"everyExamSupervised">,
): Decision {
  if (supervisor === null) {
    return decide(policy.everyExamSupervised ? [block("R23", "supervision.missing")] : []);
  }
  const facts = { person: supervisor };
  if (others.panel.includes(supervisor)) return decide([block("R23", "supervision.on-panel", facts)]);
  if (others.trainers.includes(supervisor)) return decide([block("R23", "supervision.trainer", facts)]);
  const card = cards.find(
    ({ person, validFrom, validTo }) => person === supervisor && validFrom <= day && day <= validTo,
  );
  return decide([
    card
      ? info("R23", "supervision.present", { ...facts, validTo: card.validTo })
      : block("R23", "supervision.term", { ...facts, day }),
  ]);
}
