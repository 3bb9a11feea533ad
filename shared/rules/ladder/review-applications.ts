// The applications behind a roster: whether each candidate of a sitting may be assessed at all, and what of an earlier
// assessment still counts (R5 to R13, R52, R57, R60, R76).
import type { Day, IdHash } from "#shared/base";
import {
  decide,
  info,
  policyValues,
  warn,
  type ActiveRegistration,
  type Application,
  type AssessmentPlan,
  type CandidateApplication,
  type Decision,
  type EligibilityRuleSet,
  type Finding,
  type OccupationalStandard,
  type ReferencePack,
} from "#shared/exam";
import { checkBarred } from "../results/incidents.ts";
import { partKept } from "../results/passing.ts";
import { knownCompetitionRules, knownRuleSets } from "../samples/rule-sets.ts";
import { reviewApplication } from "./application.ts";

export interface ReviewedRoster {
  readonly candidates: readonly { readonly no: number; readonly idHash: IdHash }[];
  /** The plan this sitting belongs to; null when the registry told of none. */
  readonly plan: AssessmentPlan | null;
  readonly day: Day;
  readonly reference: ReferencePack;
}

/** R9, R13, R52, R76: Each candidate's application is judged once more when places are arranged, by the registry's facts. */
export function reviewApplications({ candidates, plan, day, reference }: ReviewedRoster): Decision {
  const barred = candidates.flatMap(({ no, idHash }) =>
    about(no, checkBarred(idHash, day, reference.incidents).findings.filter(isGrave)),
  );
  if (plan === null) return decide(barred);
  const own = reference.applications.filter((one) => one.plan === plan.code);
  const findings = candidates.flatMap(({ no, idHash }) => {
    const application = own.find(({ applicant }) => applicant.idHash === idHash);
    return application ? about(no, judge(application, plan, day, reference)) : [];
  });
  const known = new Set(own.map(({ applicant }) => applicant.idHash));
  const unknown = candidates.filter(({ idHash }) => !known.has(idHash)).length;
  return decide([
    ...barred,
    ...findings,
    ...(unknown > 0 ? [warn("R9", "application.unknown", { candidates: unknown, plan: plan.code })] : []),
  ]);
}

function judge(
  application: CandidateApplication,
  plan: AssessmentPlan,
  day: Day,
  reference: ReferencePack,
): Finding[] {
  const standard = standardFor(plan, day, reference.standards);
  const ruleSet = knownRuleSets().find(({ id }) => id === standard?.ruleSet);
  if (!standard || !ruleSet) return [warn("R9", "application.no-standard", { occupation: plan.occupation })];
  return [
    ...admission(application, plan, standard, ruleSet, reference),
    ...keptParts(application, plan, standard.edition, day, reference),
  ];
}

function admission(
  { applicant, referenceDay, award, innovation }: CandidateApplication,
  plan: AssessmentPlan,
  standard: OccupationalStandard,
  ruleSet: EligibilityRuleSet,
  reference: ReferencePack,
): Finding[] {
  const { admittedBy, decision } = reviewApplication(
    {
      applicant,
      referenceDay,
      award,
      innovation,
      standard,
      ruleSet,
      application: applicationOf(plan),
      // A roster is signed when places are arranged: from here on an unverified certificate stops its holder (R12).
      arranged: true,
      registrations: [...reference.registrations, ...elsewhere(plan, reference)],
      competitionRules: knownCompetitionRules(),
    },
    policyValues(reference.policy),
  );
  const [first] = admittedBy;
  if (!first) return decision.findings.filter(isGrave);
  return [info("R9", "application.admitted", { by: first.by }), ...decision.findings.filter(isBlock)];
}

/** R52: Said of every part an applicant asks to keep; what is not kept must be sat again and stops no other part. */
function keptParts(
  { keeps }: CandidateApplication,
  plan: AssessmentPlan,
  edition: string,
  day: Day,
  { policy }: ReferencePack,
): Finding[] {
  return keeps.flatMap((passed) =>
    partKept(passed, { ...plan, edition }, day, policyValues(policy)).findings.map((finding) => ({
      ...finding,
      severity: finding.severity === "block" ? "warn" : finding.severity,
    })),
  );
}

function applicationOf({ code, occupation, direction, level, from, to }: AssessmentPlan): Application {
  return { batch: code, occupation, direction, level, from, to };
}

/** The same people's applications to other plans of this institution. */
function elsewhere({ code }: AssessmentPlan, { plans, applications }: ReferencePack): ActiveRegistration[] {
  return plans
    .filter((other) => other.code !== code)
    .flatMap((other) =>
      applications
        .filter(({ plan }) => plan === other.code)
        .map(({ applicant }) => ({ ...applicationOf(other), person: applicant.idHash })),
    );
}

function standardFor(
  { occupation }: AssessmentPlan,
  day: Day,
  standards: ReferencePack["standards"],
): OccupationalStandard | undefined {
  return standards.find(
    (one) =>
      one.occupation === occupation &&
      one.effectiveFrom <= day &&
      (one.effectiveTo === null || day <= one.effectiveTo),
  );
}

function about(candidate: number, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, facts: { ...finding.facts, candidate } }));
}

function isGrave({ severity }: Finding): boolean {
  return severity !== "info";
}

function isBlock({ severity }: Finding): boolean {
  return severity === "block";
}
