// Every sitting is watched by a quality supervisor who has no other part in it (R23).
import type { Day, PersonId } from "#shared/base";
import {
  block,
  decide,
  info,
  type Decision,
  type Finding,
  type PolicyOf,
  type SupervisorQualification,
} from "#shared/exam";

export interface SupervisedSitting {
  readonly day: Day;
  /** Everybody who had a place on the panel. */
  readonly panel: readonly PersonId[];
  readonly trainers: readonly PersonId[];
  readonly talliers: readonly PersonId[];
  readonly cards: readonly SupervisorQualification[];
}

/** R23: What keeps somebody from signing as supervisor of a sitting, on site or about what was signed there. */
export function partsInSupervised(
  person: PersonId,
  { day, panel, trainers, talliers, cards }: SupervisedSitting,
  policy: PolicyOf<"everyExamSupervised">,
  tallied: `${"review" | "visit"}.tallied`,
): Finding[] {
  const { findings } = checkSupervisor(person, day, { panel, trainers }, cards, policy);
  return [
    ...findings.filter(({ severity }) => severity === "block"),
    ...(talliers.includes(person) ? [block("R23", tallied, { person })] : []),
  ];
}

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
