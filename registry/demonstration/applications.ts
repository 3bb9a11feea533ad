// The demonstration's own plan and the applications of its thirty people: invented, and such that all may be assessed.
import { addMonths, Day, PersonId } from "#shared/base";
import { DirectionCode, OccupationCode, type AssessmentPlan, type OccupationalStandard } from "#shared/exam";
import { checkIdNumber, demoRoster, knownRuleSets } from "#shared/rules";
import type { ReferenceSource } from "../register/reference.ts";

const RESTORER = OccupationCode.parse("4-13-03-02");
const CERAMIC = DirectionCode.parse("CERAMIC");
const PLAN = "DEMO-CERAMIC-L4";
const CLOSES = Day.parse("2025-12-31");
/** Who was born later proves the years with a level-5 certificate. */
const LONG_SERVING_BORN_BY = "2000-12-31";

export function demonstrationPlan(): AssessmentPlan {
  return {
    code: PLAN,
    occupation: RESTORER,
    direction: CERAMIC,
    level: "L4",
    from: Day.parse("2026-01-01"),
    to: Day.parse("2035-12-31"),
    theoryRooms: [
      { code: "301", candidates: 30, invigilators: ["p-01", "p-03"].map((id) => PersonId.parse(id)) },
    ],
    reviewCommittee: null,
  };
}

export function demonstrationStandard(): OccupationalStandard {
  const ruleSet = knownRuleSets().find(({ id }) => id.includes("restorer"))?.id ?? "t2018";
  return {
    occupation: RESTORER,
    edition: "2021",
    effectiveFrom: Day.parse("2021-01-01"),
    effectiveTo: null,
    levels: ["L5", "L4", "L3", "L2", "L1"],
    relatedOccupations: [],
    ruleSet,
    weights: [],
    assessments: [],
  };
}

export function demonstrationApplications(): ReferenceSource["applications"] {
  return demoRoster().map(({ name, idNumber }, at) => {
    const checked = checkIdNumber(idNumber, CLOSES);
    const birthDay = checked.ok ? checked.value.birthDay : CLOSES;
    const isYoung = birthDay > LONG_SERVING_BORN_BY;
    const grownUp = addMonths(birthDay, 16 * 12);
    const from = isYoung ? grownUp : Day.parse("2017-01-01");
    return {
      plan: PLAN,
      referenceDay: CLOSES,
      award: null,
      innovation: null,
      keeps: [],
      applicant: {
        idNumber,
        name,
        birthDay,
        employment: [{ relatedness: "SAME", from, to: null, evidence: "劳动合同（演示）" }],
        education: [],
        titles: [],
        certificates: isYoung ? [levelFive(at + 1)] : [],
        apprenticeshipCompletedOn: null,
        entersOccupation: false,
      },
    };
  });
}

function levelFive(serial: number) {
  return {
    occupation: RESTORER,
    direction: CERAMIC,
    level: "L5" as const,
    number: `S000061000123215${String(serial).padStart(6, "0")}`,
    issuedOn: Day.parse("2021-06-15"),
    verified: { how: "LOOKUP" as const, by: PersonId.parse("p-01"), on: Day.parse("2025-11-03") },
    revoked: false,
  };
}
