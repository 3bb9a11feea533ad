// One answer to "may this person apply for this level, and by which path or channel?", with every reason for it.
import {
  block,
  decide,
  levelRank,
  type ActiveRegistration,
  type Application,
  type CompetitionAward,
  type CompetitionRule,
  type Decision,
  type EligibilityRuleSet,
  type Finding,
  type InnovationCase,
  type PolicyOf,
  type SkillLevel,
} from "#shared/exam";
import { checkInnovationWaiver, grantByCompetition } from "./channels.ts";
import { restsOnCertificate, reviewEligibility, type EligibilityCase } from "./eligibility.ts";
import { checkDuplicate, checkPriorCertificate } from "./prior.ts";
import { checkStep, type Admission } from "./rungs.ts";
import { checkAge } from "./years.ts";

export interface ApplicationFile extends EligibilityCase {
  readonly application: Application;
  readonly arranged: boolean;
  readonly ruleSet: EligibilityRuleSet;
  readonly registrations: readonly ActiveRegistration[];
  readonly award: CompetitionAward | null;
  readonly competitionRules: readonly CompetitionRule[];
  readonly innovation: InnovationCase | null;
}

export interface ApplicationReview {
  /** What admits, paths first; empty when nothing does or something else refuses. */
  readonly admittedBy: readonly Admission[];
  readonly decision: Decision;
}

/** R5, R9, R12, R57, R60: One path, one grant or one waiver admits; age and duplicates refuse whatever the channel. */
export function reviewApplication(
  file: ApplicationFile,
  policy: PolicyOf<"minimumAge" | "minReviewCommittee">,
): ApplicationReview {
  const { applicant, application, referenceDay } = file;
  const target = application.level;
  const papers = applicant.certificates.map((certificate) => ({
    certificate,
    decision: checkPriorCertificate(certificate, applicant, { arranged: file.arranged }),
  }));
  const credible = papers.filter(({ decision }) => decision.allowed).map(({ certificate }) => certificate);
  const own = [file.standard.occupation, ...file.standard.relatedOccupations];
  const held = highest(
    credible.filter(({ occupation }) => own.includes(occupation)).map(({ level }) => level),
  );

  const paths = reviewEligibility(file.ruleSet, target, {
    ...file,
    applicant: { ...applicant, certificates: credible },
  });
  const special = [competition(file, highest(inPlace(file, credible))), waiver(file, policy)].filter(
    (channel) => channel !== null,
  );
  const admissions: Admission[] = [
    ...paths.satisfied.map((path): Admission => {
      return { channel: "NORMAL", by: path.id, onCertificate: restsOnCertificate(path) };
    }),
    ...special.flatMap(({ admission }) => admission ?? []),
  ];
  const step = admissions.length > 0 ? checkStep(held, target, admissions).findings : [];
  const reasons = [
    ...papers.flatMap(({ decision }) => decision.findings),
    ...paths.decision.findings,
    ...special.flatMap(({ findings }) => findings),
  ];
  const decision = decide([
    ...checkAge(applicant.birthDay, referenceDay, policy).findings,
    ...checkDuplicate(application, applicant, file.registrations).findings,
    ...step,
    // Once something admits, what the other paths and papers lack is told and stops nothing.
    ...(admissions.length > 0 ? reasons.map(eased) : reasons),
  ]);
  return { admittedBy: decision.allowed ? admissions : [], decision };
}

interface Channel {
  readonly admission: Admission | null;
  readonly findings: readonly Finding[];
}

function competition(file: ApplicationFile, held: SkillLevel | null): Channel | null {
  const { award, application } = file;
  if (!award) return null;
  const { level, mayApplyFor, decision } = grantByCompetition(
    award,
    held,
    application,
    file.competitionRules,
  );
  if (level === null) return { admission: null, findings: decision.findings };
  const target = application.level;
  if (levelRank(target) > levelRank(level) && target !== mayApplyFor) {
    const beyond = block("R57", "competition.beyond-grant", { award: award.id, level, target });
    return { admission: null, findings: [...decision.findings, beyond] };
  }
  return {
    admission: { channel: "COMPETITION", by: award.id, onCertificate: false },
    findings: decision.findings,
  };
}

function waiver(file: ApplicationFile, policy: PolicyOf<"minReviewCommittee">): Channel | null {
  if (!file.innovation) return null;
  const { award } = file.innovation;
  const decision = checkInnovationWaiver(file.innovation, file.application.level, file.referenceDay, policy);
  const admission: Admission = { channel: "WAIVER", by: award, onCertificate: false };
  return { admission: decision.allowed ? admission : null, findings: decision.findings };
}

/** Certificates of the very occupation and direction: what a competition's escalation looks at. */
function inPlace(
  { application }: ApplicationFile,
  certificates: ApplicationFile["applicant"]["certificates"],
): SkillLevel[] {
  return certificates
    .filter(({ occupation, direction }) => {
      return occupation === application.occupation && direction === application.direction;
    })
    .map(({ level }) => level);
}

function highest(levels: readonly SkillLevel[]): SkillLevel | null {
  return [...levels].sort((a, b) => levelRank(b) - levelRank(a))[0] ?? null;
}

function eased(finding: Finding): Finding {
  return finding.severity === "block" ? { ...finding, severity: "warn" } : finding;
}
