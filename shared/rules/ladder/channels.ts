// The two special channels: a place in a competition (R57) and an innovation award (R60).
import type { Day } from "#shared/base";
import {
  block,
  decide,
  info,
  levelRank,
  type Application,
  type CompetitionAward,
  type CompetitionRule,
  type Decision,
  type Finding,
  type InnovationCase,
  type PolicyOf,
  type SkillLevel,
} from "#shared/exam";

export interface CompetitionGrant {
  readonly level: SkillLevel | null;
  readonly mayApplyFor: SkillLevel | null;
  readonly decision: Decision;
}

/** R57: A place in a provincial or higher competition grants the level of its rule, in its own occupation, once. */
export function grantByCompetition(
  award: CompetitionAward,
  held: SkillLevel | null,
  place: Pick<Application, "batch" | "occupation" | "direction">,
  rules: readonly CompetitionRule[],
): CompetitionGrant {
  const refused = refusedAward(award, place);
  if (refused.length > 0) return { level: null, mayApplyFor: null, decision: decide(refused) };
  const rule = ruleFor(award, rules);
  if (!rule) return noGrant(award);
  const { escalation } = rule;
  const rises =
    escalation !== null && held !== null && levelRank(held) >= levelRank(escalation.ifAlreadyHolds);
  const level = rises ? escalation.thenLevel : rule.grantLevel;
  const code = rises ? "competition.granted-higher" : "competition.granted";
  const findings = [info("R57", code, { award: award.id, level, document: rule.document })];
  if (rule.mayApplyFor) {
    findings.push(info("R57", "competition.may-apply", { award: award.id, level: rule.mayApplyFor }));
  }
  return { level, mayApplyFor: rule.mayApplyFor, decision: decide(findings) };
}

function refusedAward(
  award: CompetitionAward,
  place: Pick<Application, "batch" | "occupation" | "direction">,
): Finding[] {
  const { id } = award;
  const findings: Finding[] = [];
  if (award.held !== "NATIONAL" && award.held !== "PROVINCIAL") {
    findings.push(block("R57", "competition.below-provincial", { award: id }));
  }
  if (award.occupation !== place.occupation || award.direction !== place.direction) {
    findings.push(block("R57", "competition.other-occupation", { award: id }));
  }
  if (award.usedIn !== null && award.usedIn !== place.batch) {
    findings.push(block("R57", "competition.award-used", { award: id, batch: award.usedIn }));
  }
  if (award.winnerCertificate === null || award.resultDocument === null) {
    findings.push(block("R57", "competition.papers-missing", { award: id }));
  }
  return findings;
}

function noGrant(award: CompetitionAward): CompetitionGrant {
  const finding = block("R57", "competition.no-grant", { award: award.id, on: award.awardedOn });
  return { level: null, mayApplyFor: null, decision: decide([finding]) };
}

/** A rank or a prize comes before "everybody else who passed". */
function ruleFor(award: CompetitionAward, rules: readonly CompetitionRule[]): CompetitionRule | undefined {
  const valid = rules.filter(
    (rule) =>
      rule.competition === award.competition &&
      rule.area === award.area &&
      rule.validFrom <= award.awardedOn &&
      (rule.validTo === null || award.awardedOn <= rule.validTo),
  );
  const { rank, prize } = award;
  return (
    valid.find(
      ({ wins }) => "fromRank" in wins && rank !== null && wins.fromRank <= rank && rank <= wins.toRank,
    ) ??
    valid.find(({ wins }) => "prizes" in wins && prize !== null && wins.prizes.includes(prize)) ??
    valid.find(({ wins }) => "passed" in wins && award.passed)
  );
}

const HIGH_GRADES: readonly InnovationCase["grade"][] = ["NATIONAL", "MINISTERIAL", "PROVINCIAL"];

/** R60: A provincial or ministerial innovation award waives the conditions once senior examiners approved it in public. */
export function checkInnovationWaiver(
  file: InnovationCase,
  target: SkillLevel,
  on: Day,
  policy: PolicyOf<"minReviewCommittee">,
): Decision {
  const { award, review } = file;
  const size = review?.reviewers.length ?? 0;
  const people = new Set(review?.reviewers.map(({ person }) => person)).size;
  const need = policy.minReviewCommittee;
  const findings: Finding[] = [];
  const refuseIf = (met: boolean, code: string, facts: Finding["facts"] = {}) => {
    if (met) findings.push(block("R60", `innovation.${code}`, { award, ...facts }));
  };
  refuseIf(!HIGH_GRADES.includes(file.grade), "below-provincial");
  refuseIf(file.target !== target, "other-level", { level: file.target });
  refuseIf(file.problemEvidence === null || file.justification === null, "evidence-missing");
  refuseIf(file.nominatingEmployer === null, "not-nominated");
  refuseIf(people !== size || size < need || size % 2 === 0, "committee-size", { have: people, need });
  refuseIf(review?.reviewers.some(({ grade }) => grade !== "SENIOR") ?? false, "committee-not-senior");
  refuseIf(review?.approved !== true, "not-approved");
  refuseIf(file.noticeEndedOn === null || file.noticeEndedOn >= on, "notice-open");
  return decide(
    findings.length > 0 ? findings : [info("R60", "innovation.waived", { award, level: target })],
  );
}
