// How many people a sitting needs, and what a panel must look like (R14 to R17, R20).
import { invariant, type PersonId } from "#shared/base";
import {
  block,
  decide,
  hasRole,
  info,
  type Decision,
  type Finding,
  type PanelMember,
  type Person,
  type PolicyOf,
  type SkillLevel,
} from "#shared/exam";

/** R14: One examiner for every five candidates assessed at the same time, at least three, and an odd number. */
export function requiredPanel(
  candidatesAtOnce: number,
  policy: PolicyOf<"minPanel" | "oddPanel" | "candidatesPerExaminer">,
): number {
  invariant(Number.isSafeInteger(candidatesAtOnce) && candidatesAtOnce >= 1, "at least one candidate");
  const least = Math.max(policy.minPanel, Math.ceil(candidatesAtOnce / policy.candidatesPerExaminer));
  return policy.oddPanel && least % 2 === 0 ? least + 1 : least;
}

/** R14, R15: A panel has the members its candidates need, an odd number, nobody twice and examiners only. */
export function checkPanelSize(
  panel: readonly PanelMember[],
  candidatesAtOnce: number,
  people: readonly Person[],
  policy: PolicyOf<"minPanel" | "oddPanel" | "candidatesPerExaminer">,
): Decision {
  const members = panel.length;
  const least = requiredPanel(candidatesAtOnce, policy);
  const findings: Finding[] = [];
  if (members < policy.minPanel) {
    findings.push(block("R15", "panel.too-small", { least: policy.minPanel, members }));
  } else if (members < least) {
    findings.push(block("R14", "panel.ratio", { least, members, candidates: candidatesAtOnce }));
  }
  if (policy.oddPanel && members % 2 === 0) findings.push(block("R15", "panel.even", { members }));
  if (new Set(panel.map(({ person }) => person)).size < members)
    findings.push(block("R15", "panel.repeated"));
  for (const { person } of panel) {
    if (!isExaminer(person, people)) findings.push(block("R15", "panel.not-examiner", { person }));
  }
  return decide(findings.length > 0 ? findings : [info("R14", "panel.size-met", { members, least })]);
}

/** R16: A theory room has an invigilator for every fifteen candidates, and at least two. */
export function checkInvigilators(
  invigilators: number,
  candidates: number,
  policy: PolicyOf<"candidatesPerInvigilator" | "minInvigilatorsPerRoom">,
): Decision {
  const least = Math.max(
    policy.minInvigilatorsPerRoom,
    Math.ceil(candidates / policy.candidatesPerInvigilator),
  );
  const facts = { invigilators, least, candidates };
  return decide([
    invigilators < least
      ? block("R16", "panel.invigilators", facts)
      : info("R16", "panel.invigilators-met", facts),
  ]);
}

/** R17: A comprehensive review belongs to L2 and L1 only, and its committee is odd, at least three, and all senior. */
export function checkReviewCommittee(
  level: SkillLevel,
  committee: readonly { readonly person: PersonId; readonly senior: boolean }[] | null,
  policy: PolicyOf<"minReviewCommittee">,
): Decision {
  const isDue = level === "L2" || level === "L1";
  if (!isDue) return decide(committee ? [block("R17", "panel.review-not-applicable", { level })] : []);
  if (!committee) return decide([block("R17", "panel.review-missing", { level })]);
  const members = committee.length;
  const findings = committee
    .filter(({ senior }) => !senior)
    .map(({ person }) => block("R17", "panel.review-not-senior", { person }));
  if (members < policy.minReviewCommittee || members % 2 === 0) {
    findings.push(block("R17", "panel.review-size", { members, least: policy.minReviewCommittee }));
  }
  return decide(findings.length > 0 ? findings : [info("R17", "panel.review-met", { members })]);
}

/** R20: Exactly one member leads, and may lead. */
export function checkLeader(panel: readonly PanelMember[], people: readonly Person[]): Decision {
  const leaders = panel.filter(({ leader }) => leader);
  if (leaders.length > 1) return decide([block("R20", "panel.leaders", { leaders: leaders.length })]);
  const [leader] = leaders;
  const person = leader && people.find(({ id }) => id === leader.person);
  if (!person || !hasRole(person, "panelLeader")) return decide([block("R20", "panel.no-leader")]);
  return decide([info("R20", "panel.leader-named", { person: person.id })]);
}

function isExaminer(id: PersonId, people: readonly Person[]): boolean {
  const person = people.find((one) => one.id === id);
  return person !== undefined && hasRole(person, "examiner");
}
