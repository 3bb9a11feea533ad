// Does an applicant meet the conditions of a standard? Any one path is enough; a path fails at its first unmet clause, and
// that clause is what the applicant is told (R9 to R11).
import { invariant, type Day } from "#shared/base";
import {
  block,
  decide,
  info,
  levelRank,
  pathsTo,
  type Applicant,
  type Decision,
  type EligibilityClause,
  type EligibilityPath,
  type EligibilityRuleSet,
  type Finding,
  type HeldCertificate,
  type OccupationalStandard,
  type ProfessionalTitle,
  type Scope,
  type SkillLevel,
} from "#shared/exam";
import { ageOn, cumulativeYears, inScope, yearsSince } from "./years.ts";

export interface EligibilityCase {
  readonly applicant: Applicant;
  readonly standard: Pick<OccupationalStandard, "occupation" | "relatedOccupations">;
  readonly referenceDay: Day;
}

export interface UnmetPath {
  readonly path: string;
  readonly clause: number;
  readonly code: string;
  readonly need: string | number;
  readonly have: string | number;
}

export interface Eligibility {
  readonly satisfied: readonly EligibilityPath[];
  readonly unmet: readonly UnmetPath[];
  readonly decision: Decision;
}

/** R9, R10, R11: Any one path of the rule set is enough; otherwise each path answers its first unmet clause. */
export function reviewEligibility(
  ruleSet: EligibilityRuleSet,
  target: SkillLevel,
  applying: EligibilityCase,
): Eligibility {
  const satisfied: EligibilityPath[] = [];
  const met: Finding[] = [];
  const unmet: UnmetPath[] = [];
  for (const path of pathsTo(ruleSet, target)) {
    const outcome = reviewPath(path, applying);
    if ("code" in outcome) {
      unmet.push(outcome);
      continue;
    }
    satisfied.push(path);
    met.push(info(isLongService(path) ? "R10" : "R9", "eligibility.path-met", { path: path.id }));
    if (outcome.student) met.push(info("R11", "eligibility.student-status", { path: path.id }));
  }
  if (satisfied.length > 0) return { satisfied, unmet, decision: decide(met) };
  const refused = unmet.map(({ path, code, need, have }) => block("R9", code, { path, need, have }));
  if (refused.length === 0) refused.push(block("R9", "eligibility.no-path", { target }));
  return { satisfied, unmet, decision: decide(refused) };
}

/** R10: A long-service path admits by years of work alone. */
function isLongService(path: EligibilityPath): boolean {
  return path.all.every((clause) => "yearsCumulative" in clause);
}

/** R5: Does the path rest on a prior certificate? */
export function restsOnCertificate(path: EligibilityPath): boolean {
  return path.all.some((clause) => "holds" in clause);
}

interface Short {
  readonly code: string;
  readonly need: string | number;
  readonly have: string | number;
}

function reviewPath(path: EligibilityPath, applying: EligibilityCase): UnmetPath | { student: boolean } {
  let student = false;
  for (const [clause, condition] of path.all.entries()) {
    if ("education" in condition) {
      const schooled = schooling(condition, applying);
      student ||= schooled === "STUDENT";
    }
    const short = shortOf(condition, path, applying);
    if (short) return { path: path.id, clause, ...short };
  }
  return { student };
}

function shortOf(
  clause: EligibilityClause,
  path: EligibilityPath,
  applying: EligibilityCase,
): Short | undefined {
  const { applicant, referenceDay: until } = applying;
  if ("age" in clause) return atLeast("path-age", clause.age, ageOn(applicant.birthDay, until));
  if ("worksOrEnters" in clause) {
    const works = worksNow(applying) || applicant.entersOccupation;
    return works ? undefined : missing("path-entry", "ENTRY");
  }
  if ("apprenticeship" in clause) {
    const on = applicant.apprenticeshipCompletedOn;
    return on !== null && on <= until ? undefined : missing("path-apprenticeship", clause.apprenticeship);
  }
  if ("yearsCumulative" in clause) {
    const { years } = cumulativeYears(applicant.employment, { scope: clause.scope, since: null, until });
    return atLeast("path-years", clause.yearsCumulative, years);
  }
  if ("holds" in clause) {
    return certificatesFor(clause, applying).length > 0
      ? undefined
      : missing("path-certificate", clause.holds);
  }
  if ("yearsSinceHeld" in clause) {
    const holds = path.all.find((other) => "holds" in other);
    invariant(holds, "a path with years since a certificate names the certificate");
    const since = certificatesFor(holds, applying).map(({ issuedOn }) => issuedOn);
    return atLeast("path-since-certificate", clause.yearsSinceHeld, longest(since, holds.scope, applying));
  }
  if ("title" in clause) {
    return titlesFor(clause, applying).length > 0 ? undefined : missing("path-title", clause.title);
  }
  if ("yearsSinceTitle" in clause) {
    const title = path.all.find((other) => "title" in other);
    invariant(title, "a path with years since a title names the title");
    const since = titlesFor(title, applying).map(({ obtainedOn }) => obtainedOn);
    return atLeast("path-since-title", clause.yearsSinceTitle, longest(since, title.field, applying));
  }
  const wanted = clause.education.map(({ schooling: kind }) => kind).join("/");
  return schooling(clause, applying) === "NONE" ? missing("path-education", wanted) : undefined;
}

function atLeast(code: string, need: number, have: number): Short | undefined {
  return have >= need ? undefined : { code: `eligibility.${code}`, need, have };
}

function missing(code: string, need: string): Short {
  return { code: `eligibility.${code}`, need, have: "NONE" };
}

function worksNow({ applicant, referenceDay }: EligibilityCase): boolean {
  return applicant.employment.some(
    ({ relatedness, from, to }) =>
      relatedness !== "OTHER" && from <= referenceDay && (to === null || to >= referenceDay),
  );
}

/** A higher certificate covers the lower one; the occupation is the standard's own or one it lists as related. */
function certificatesFor(
  { holds, scope }: { holds: SkillLevel; scope: Scope },
  { applicant, standard, referenceDay }: EligibilityCase,
): HeldCertificate[] {
  const related = scope === "SAME" ? [] : standard.relatedOccupations;
  return applicant.certificates.filter(
    ({ occupation, level, issuedOn, revoked }) =>
      !revoked &&
      issuedOn <= referenceDay &&
      levelRank(level) >= levelRank(holds) &&
      [standard.occupation, ...related].includes(occupation),
  );
}

function titlesFor(
  { title, field }: { title: ProfessionalTitle["grade"]; field: Scope },
  { applicant, referenceDay }: EligibilityCase,
): ProfessionalTitle[] {
  return applicant.titles.filter(
    (held) => held.grade === title && inScope(held.field, field) && held.obtainedOn <= referenceDay,
  );
}

function longest(since: readonly Day[], scope: Scope, { applicant, referenceDay }: EligibilityCase): number {
  return Math.max(
    0,
    ...since.map((day) => yearsSince(day, applicant.employment, { scope, until: referenceDay }).years),
  );
}

/** R11: A student of the final year passes where the standard says so, with proof of student status for a diploma. */
function schooling(
  clause: Extract<EligibilityClause, { education: unknown }>,
  { applicant, referenceDay }: EligibilityCase,
): "GRADUATE" | "STUDENT" | "NONE" {
  const fitting = applicant.education.filter(
    ({ schooling: kind, evaluated, field }) =>
      inScope(field, clause.field) &&
      clause.education.some((wanted) => wanted.schooling === kind && (evaluated || !wanted.evaluated)),
  );
  if (fitting.some(({ graduatedOn }) => graduatedOn !== null && graduatedOn <= referenceDay))
    return "GRADUATE";
  return clause.finalYearOk && fitting.some(({ finalYear }) => finalYear) ? "STUDENT" : "NONE";
}
