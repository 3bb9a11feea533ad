// What an institution was recognised for, and how many there may be (R64, R65).
import type { Day } from "#shared/base";
import {
  block,
  decide,
  info,
  type Decision,
  type DirectionCode,
  type Finding,
  type OccupationCode,
  type PolicyOf,
  type RecognitionScope,
  type Registration,
  type SkillLevel,
} from "#shared/exam";

export interface AssessedWork {
  readonly occupation: OccupationCode;
  readonly direction: DirectionCode | null;
  readonly level: SkillLevel;
  readonly day: Day;
}

/** R65: A sitting lies within an active scope of its institution: occupation, direction, level and day. */
export function checkScope(registration: Pick<Registration, "scopes">, work: AssessedWork): Decision {
  const { occupation, direction, level, day } = work;
  const trade = registration.scopes.filter(
    (scope) => scope.occupation === occupation && coversDirection(scope, direction),
  );
  if (trade.length === 0) {
    return decide([block("R65", "scope.other-trade", { occupation, direction: direction ?? "" })]);
  }
  const levels = trade.filter((scope) => scope.levels.includes(level));
  if (levels.length === 0) return decide([block("R65", "scope.level", { occupation, level })]);
  const active = levels.filter(({ status }) => status === "ACTIVE");
  if (active.length === 0) {
    return decide([
      block("R65", "scope.not-active", { occupation, status: levels.map(({ status }) => status).join(" ") }),
    ]);
  }
  const current = active.find(({ validFrom, validTo }) => validFrom <= day && day <= validTo);
  const validTo = active.reduce((latest, scope) => (scope.validTo > latest ? scope.validTo : latest), "");
  return decide([
    current
      ? info("R65", "scope.covered", { occupation, validTo: current.validTo })
      : block("R65", "scope.term", { day, validTo }),
  ]);
}

export type NewScope = Pick<RecognitionScope, "occupation" | "directions" | "area" | "exception">;

/** R64: In principle at most two recognised institutions for an occupation in one province-level area. */
export function checkQuota(
  others: readonly Registration[],
  asked: NewScope,
  policy: PolicyOf<"quotaPerOccupation" | "quotaUnit" | "quotaCountsSuspended" | "quotaCountsNational">,
): Decision {
  const counted = others.filter((registration) => {
    const isNationalIgnored = registration.ministryCode !== null && !policy.quotaCountsNational;
    return !isNationalIgnored && registration.scopes.some((scope) => takesPlace(scope, asked, policy));
  });
  const facts = {
    area: asked.area,
    occupation: asked.occupation,
    recognised: counted.length,
    most: policy.quotaPerOccupation,
  };
  const findings: Finding[] = counted
    .filter(({ ministryCode }) => ministryCode !== null)
    .map(({ institution }) => info("R64", "quota.national-counted", { institution }));
  if (counted.length < policy.quotaPerOccupation) {
    return decide([...findings, info("R64", "quota.free", facts)]);
  }
  if (asked.exception === null) return decide([...findings, block("R64", "quota.full", facts)]);
  const approvers = new Set(asked.exception.approvers).size;
  return decide([
    ...findings,
    approvers < 2
      ? block("R64", "quota.exception-unapproved", { approvers, document: asked.exception.document })
      : info("R64", "quota.exception", { document: asked.exception.document, approvers }),
  ]);
}

function takesPlace(
  scope: RecognitionScope,
  asked: NewScope,
  policy: PolicyOf<"quotaUnit" | "quotaCountsSuspended">,
): boolean {
  const isCounted =
    scope.status === "ACTIVE" || (scope.status === "SUSPENDED" && policy.quotaCountsSuspended);
  const isSame = scope.occupation === asked.occupation && scope.area === asked.area;
  return isCounted && isSame && (policy.quotaUnit === "OCCUPATION" || sharesDirection(scope, asked));
}

/** An empty list means every direction of the occupation. */
function sharesDirection(a: Pick<RecognitionScope, "directions">, b: Pick<RecognitionScope, "directions">) {
  return (
    a.directions.length === 0 ||
    b.directions.length === 0 ||
    a.directions.some((direction) => b.directions.includes(direction))
  );
}

function coversDirection({ directions }: RecognitionScope, direction: DirectionCode | null): boolean {
  return directions.length === 0 || (direction !== null && directions.includes(direction));
}
