// What was announced for a level, beside the sitting itself: theory rooms, the comprehensive review, the check of identity
// (R16, R17, R79).
import type { Day } from "#shared/base";
import {
  decide,
  policyValues,
  type AssessmentPlan,
  type Decision,
  type DirectionCode,
  type OccupationCode,
  type ReferencePack,
  type SkillLevel,
} from "#shared/exam";
import { checkIdentityMethod } from "./identity.ts";
import { checkInvigilators, checkReviewCommittee } from "./size.ts";

export interface PlannedWork {
  readonly occupation: OccupationCode;
  readonly direction: DirectionCode | null;
  readonly level: SkillLevel;
  readonly day: Day;
}

/** The plan that covers this work on this day, if the registry told of one. */
export function planFor(work: PlannedWork, plans: readonly AssessmentPlan[]): AssessmentPlan | null {
  const plan = plans.find(
    ({ occupation, direction, level, from, to }) =>
      occupation === work.occupation &&
      level === work.level &&
      (direction === null || direction === work.direction) &&
      from <= work.day &&
      work.day <= to,
  );
  return plan ?? null;
}

/** R16, R17, R79: Rooms have their invigilators, upper levels their committee, and identity is checked by a person. */
export function reviewPlan(
  plan: AssessmentPlan | null,
  { level }: Pick<PlannedWork, "level">,
  reference: Pick<ReferencePack, "policy">,
): Decision {
  const policy = policyValues(reference.policy);
  return decide([
    ...(plan?.theoryRooms ?? []).flatMap(({ code, candidates, invigilators }) =>
      checkInvigilators(new Set(invigilators).size, candidates, policy).findings.map((finding) => ({
        ...finding,
        facts: { ...finding.facts, room: code },
      })),
    ),
    ...checkReviewCommittee(level, plan?.reviewCommittee ?? null, policy).findings,
    // The app has no other way: comparing faces is for whoever builds it inside these limits.
    ...checkIdentityMethod("MANUAL", { keepsTemplate: false, callsNetwork: false }, policy).findings,
  ]);
}
