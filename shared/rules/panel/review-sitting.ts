// Everything the rules say about a sitting before it is signed: its panel, its supervisor, and who taught or knows whom.
// The laptop asks at preparation, the registry asks again with the register of its own day.
import type { Day, PersonId } from "#shared/base";
import {
  decide,
  hasRole,
  policyValues,
  type Decision,
  type Finding,
  type PanelMember,
  type Person,
  type ReferencePack,
  type Rubric,
} from "#shared/exam";
import { reviewApplications } from "../ladder/review-applications.ts";
import { permute, type Digest } from "./draw.ts";
import { checkExaminer } from "./examiners.ts";
import {
  checkKinship,
  checkOutsider,
  checkRelations,
  checkTrained,
  type NumberedCandidate,
} from "./recusal.ts";
import { planFor, reviewPlan } from "./review-plan.ts";
import { checkConsecutive, checkRotation } from "./rotation.ts";
import { checkAuthors, checkInstitutionTraining } from "./separation.ts";
import { checkLeader, checkPanelSize } from "./size.ts";
import { checkSupervisor } from "./supervision.ts";

export interface SittingFacts {
  readonly day: Day;
  readonly rubric: Pick<Rubric, "code" | "occupation" | "direction" | "level">;
  readonly perRotation: number;
  readonly panel: readonly PanelMember[];
  readonly supervisor: PersonId | null;
  /** What the institution recorded where it taught candidates itself (R31). */
  readonly mitigation: string | null;
  /** Empty while no roster was chosen. */
  readonly candidates: readonly NumberedCandidate[];
  readonly people: readonly Person[];
  readonly reference: ReferencePack;
}

export interface ReviewedSitting {
  readonly decision: Decision;
  /** For each member who must stand aside: who may take the place, in the order they are drawn (R28). */
  readonly replacements: readonly Replacement[];
  /** Who taught a candidate of the roster. */
  readonly trainers: readonly PersonId[];
}

export interface Replacement {
  readonly member: PersonId;
  readonly by: readonly PersonId[];
}

export function reviewSitting(facts: SittingFacts, digest: Digest): ReviewedSitting {
  const { day, rubric, perRotation, panel, supervisor, mitigation, candidates, people, reference } = facts;
  const policy = policyValues(reference.policy);
  const { registration, training, panels } = reference;
  const members = panel.map(({ person }) => person);
  const together = Math.min(perRotation, candidates.length || perRotation);
  const individual = panel.flatMap(({ person, leader }) => judgeMember(person, leader, facts));
  const isInternal = (person: PersonId) => isOfInstitution(person, reference);
  const external = members.filter((person) => !isInternal(person)).length;
  const at = { institution: registration.institution, occupation: rubric.occupation, day };
  const authors = reference.paperAccess.filter((one) => one.rubric === rubric.code).map((one) => one.person);
  const trainers = trainersOf(candidates, training);
  const plan = planFor({ ...rubric, day }, reference.plans);
  const findings: Finding[] = [
    ...checkPanelSize(panel, together, people, policy).findings,
    ...checkLeader(panel, people).findings,
    ...individual,
    ...checkRotation(members, at, panels, policy).findings,
    ...checkOutsider(members, individual, isInternal).findings,
    ...checkSupervisor(supervisor, day, { panel: members, trainers }, reference.supervisors, policy).findings,
    ...(supervisor === null ? [] : judgePerson(supervisor, facts)),
    ...checkAuthors(authors, candidates, day, training, policy).findings,
    ...checkInstitutionTraining(
      registration.creditCode,
      candidates,
      training,
      { members: members.length, external },
      mitigation,
      policy,
    ).findings,
    ...reviewPlan(plan, rubric, reference).findings,
    ...reviewApplications({ candidates, plan, day, reference }).findings,
  ];
  return {
    decision: decide(findings),
    replacements: replacementsFor(individual, facts, digest),
    trainers: [...new Set(trainers)].sort(),
  };
}

/** R28: Whoever must stand aside is followed by the next free examiner in the drawn order. */
export function replacementsFor(
  individual: readonly Finding[],
  facts: SittingFacts,
  digest: Digest,
): Replacement[] {
  const { panel, people, day, rubric, supervisor } = facts;
  const aside = panel.filter(({ person }) =>
    individual.some((one) => one.severity === "block" && one.facts["person"] === person),
  );
  const reserve = people
    .filter(
      (person) =>
        hasRole(person, "examiner") &&
        person.id !== supervisor &&
        !panel.some(({ person: id }) => id === person.id),
    )
    .map(({ id }) => id);
  const order = permute(reserve, `${day}|${rubric.code}|replacement`, digest);
  return aside.map(({ person: member, leader }) => ({
    member,
    by: order.filter((person) => {
      const may = people.find(({ id }) => id === person);
      const mayLead = !leader || (may !== undefined && hasRole(may, "panelLeader"));
      return mayLead && decide(judgeMember(person, leader, facts)).allowed;
    }),
  }));
}

/** Everything about one member alone. */
function judgeMember(person: PersonId, leader: boolean, facts: SittingFacts): Finding[] {
  const { day, rubric, reference } = facts;
  const policy = policyValues(reference.policy);
  const past = reference.panels.filter((one) => one.day < day);
  return [
    ...checkExaminer(person, leader, { ...rubric, day }, reference.examiners).findings,
    ...checkConsecutive(person, reference.registration.institution, past, policy).findings,
    ...judgePerson(person, facts),
  ];
}

/** What stands between one person, examiner or supervisor, and the candidates. */
function judgePerson(person: PersonId, { day, rubric, candidates, reference }: SittingFacts): Finding[] {
  const policy = policyValues(reference.policy);
  const { relations, training, registration } = reference;
  return [
    ...checkKinship(person, candidates, relations).findings,
    ...checkTrained(person, candidates, { ...rubric, day }, training, policy).findings,
    ...checkRelations(person, candidates, relations, registration.assessorClass, policy).findings,
  ];
}

function trainersOf(
  candidates: readonly NumberedCandidate[],
  training: ReferencePack["training"],
): PersonId[] {
  return training
    .filter(({ learners }) => candidates.some(({ idHash }) => learners.includes(idHash)))
    .flatMap(({ lessons }) => lessons.map(({ trainer }) => trainer));
}

/** Employed by the assessment institution itself, by its credit code. */
function isOfInstitution(person: PersonId, { employers, registration }: ReferencePack): boolean {
  return employers.some((one) => one.person === person && one.employer === registration.creditCode);
}
