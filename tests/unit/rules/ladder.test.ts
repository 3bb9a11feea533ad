// Who may apply for which level, by which path or channel (R1 to R13, R57, R60).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, Day, IdHash, invariant } from "#shared/base";
import {
  CompetitionAward,
  CompetitionRule,
  EligibilityRuleSet,
  HeldCertificate,
  InnovationCase,
  OccupationCode,
  OccupationalStandard,
  SkillLevel,
  WeightTable,
  type Applicant,
  type Decision,
  type EmploymentSpan,
  type Rung,
} from "#shared/exam";
import {
  ageOn,
  checkAge,
  checkAppointed,
  checkDuplicate,
  checkExamined,
  checkInnovationWaiver,
  checkPostExists,
  checkPriorCertificate,
  checkSpecialPost,
  checkStep,
  compareRungs,
  cumulativeYears,
  grantByCompetition,
  knownCompetitionRules,
  knownRuleSets,
  mergeSpans,
  nextLevel,
  reviewApplication,
  reviewEligibility,
  yearsSince,
  type ApplicationFile,
} from "#shared/rules";
import { property } from "../../support/property.ts";

const day = (text: string) => Day.parse(text);
const restorer = OccupationCode.parse("4-13-03-02");
const digger = OccupationCode.parse("4-13-03-01");
const today = day("2026-01-01");
const me = IdHash.parse("a".repeat(32));
const policy = { minimumAge: 16, minReviewCommittee: 3 };
const codes = (decision: Decision) => decision.findings.map(({ code }) => code);

const span = (from: string, to: string | null, relatedness: EmploymentSpan["relatedness"] = "SAME") => ({
  relatedness,
  from: day(from),
  to: to === null ? null : day(to),
  evidence: "social insurance",
});
/** Work of so many full years up to the reference day. */
const worked = (years: number) => [span(`${2026 - years}-01-01`, "2025-12-31")];

function certificate(level: SkillLevel, issuedOn: string, changed: object = {}): HeldCertificate {
  return HeldCertificate.parse({
    occupation: restorer,
    direction: null,
    level,
    number: `S000011000001${issuedOn.slice(2, 4)}${level.slice(1)}000001`,
    issuedOn,
    holder: { name: "甲", idHash: me },
    verified: { how: "LOOKUP", by: "p-001", on: "2025-12-01" },
    revoked: false,
    ...changed,
  });
}

function applicant(changed: Partial<Applicant> = {}): Applicant {
  return {
    idHash: me,
    name: "甲",
    birthDay: day("1980-05-05"),
    employment: [],
    education: [],
    titles: [],
    certificates: [],
    apprenticeshipCompletedOn: null,
    entersOccupation: false,
    ...changed,
  };
}

function ruleSet(id: string): EligibilityRuleSet {
  const found = knownRuleSets().find((set) => set.id === id);
  invariant(found, `rule set ${id}`);
  return found;
}

const standard = { occupation: restorer, relatedOccupations: [digger] };

function review(id: string, level: SkillLevel, who: Partial<Applicant>) {
  return reviewEligibility(ruleSet(id), level, { applicant: applicant(who), standard, referenceDay: today });
}
const pathIds = (id: string, level: SkillLevel, who: Partial<Applicant>) =>
  review(id, level, who).satisfied.map((path) => path.id);

describe("the ladder", () => {
  test("[R1] rungs sort by rank, not by digit", () => {
    const rungs: Rung[] = ["L1", "SPECIAL", "L5", "APPRENTICE", "L3"];
    expect(rungs.sort(compareRungs)).toEqual(["APPRENTICE", "L5", "L3", "L1", "SPECIAL"]);
    expect([compareRungs("L5", "L4"), compareRungs("L1", "L2"), compareRungs("CHIEF", "SPECIAL")]).toEqual([
      -1, 1, 1,
    ]);
    expect([compareRungs("APPRENTICE", "L5"), compareRungs("SPECIAL", "L1")]).toEqual([-1, 1]);
  });

  const rung = fc.constantFrom<Rung>("APPRENTICE", "L5", "L4", "L3", "L2", "L1", "SPECIAL", "CHIEF");
  property("[R1] no two rungs break the total order", 1000, [rung, rung, rung], (a, b, c) => {
    expect(compareRungs(a, b) + compareRungs(b, a)).toBe(0);
    expect(compareRungs(a, b) === 0).toBe(a === b);
    if (compareRungs(a, b) <= 0 && compareRungs(b, c) <= 0) expect(compareRungs(a, c)).toBeLessThanOrEqual(0);
  });

  test("[R2] levels are examined and positions are not, positions are appointed and levels are not", () => {
    expect(codes(checkExamined("SPECIAL"))).toEqual(["ladder.position-not-examinable"]);
    expect(checkExamined("L4").allowed).toBe(true);
    expect(codes(checkAppointed("L2"))).toEqual(["ladder.level-not-appointable"]);
    expect(checkAppointed("CHIEF").allowed).toBe(true);
  });

  test("[R3] upper posts need level 1 in the standard", () => {
    expect(checkPostExists(["L5", "L4", "L3", "L2", "L1"], "CHIEF").allowed).toBe(true);
    expect(checkPostExists(["L5"], "APPRENTICE").allowed).toBe(true);
  });

  test("[R3] a standard without level 1 has no special-grade post", () => {
    expect(codes(checkPostExists(["L5", "L4", "L3"], "SPECIAL"))).toEqual(["ladder.no-level-1"]);
  });

  test("[R4] a verified level-1 certificate of the occupation opens the special-grade post", () => {
    const post = { occupation: restorer, from: today };
    const none = { specialYearsHeld: 0 };
    expect(checkSpecialPost([certificate("L1", "2023-03-01")], post, none).allowed).toBe(true);
    expect(codes(checkSpecialPost([certificate("L1", "2023-03-01")], post, { specialYearsHeld: 3 }))).toEqual(
      ["ladder.l1-held-too-short"],
    );
  });

  test("[R4] level 2, an unverified, a revoked, a later or another occupation's certificate does not", () => {
    const held = [
      certificate("L2", "2023-03-01"),
      certificate("L1", "2023-03-01", { verified: null }),
      certificate("L1", "2023-03-01", { revoked: true }),
      certificate("L1", "2026-03-01"),
      certificate("L1", "2023-03-01", { occupation: digger }),
    ];
    const decision = checkSpecialPost(held, { occupation: restorer, from: today }, { specialYearsHeld: 0 });
    expect(codes(decision)).toEqual(["ladder.special-needs-l1"]);
  });

  test("[R5] the next level is one step up, and none follows level 1", () => {
    expect([null, ...SkillLevel.options].map(nextLevel)).toEqual(["L5", "L4", "L3", "L2", "L1", null]);
    expect(checkStep("L5", "L4", []).allowed).toBe(true);
    expect(checkStep("L1", "L1", []).allowed).toBe(true);
  });

  test("[R5] a level is not skipped by a path that rests on a certificate", () => {
    const admission = { channel: "NORMAL", by: "L3-open", onCertificate: true } as const;
    expect(codes(checkStep("L5", "L3", [admission]))).toEqual(["ladder.more-than-one-step"]);
    expect(codes(checkStep("L5", "L3", [{ ...admission, onCertificate: false }]))).toEqual([
      "ladder.step-skipped",
    ]);
  });
});

describe("years", () => {
  test("[R6] sixteen is reached on the birthday and not the day before", () => {
    const at = (birth: string, on: string) => ageOn(day(birth), day(on));
    expect([at("2009-11-01", "2025-10-31"), at("2009-11-01", "2025-11-01")]).toEqual([15, 16]);
    expect([at("2008-02-29", "2024-02-28"), at("2008-02-29", "2024-02-29")]).toEqual([15, 16]);
    expect([at("2008-02-29", "2025-02-28"), at("2008-02-29", "2025-03-01")]).toEqual([16, 17]);
    expect(codes(checkAge(day("2009-11-01"), day("2025-10-31"), policy))).toEqual(["eligibility.too-young"]);
    expect(checkAge(day("2009-11-01"), day("2025-11-01"), policy).allowed).toBe(true);
  });

  const within = { scope: "SAME_OR_RELATED", since: null, until: today } as const;
  test("[R7] overlapping spans count once, other work not at all", () => {
    const spans = [span("2010-03-01", "2015-02-28"), span("2014-01-01", "2018-12-31", "RELATED")];
    expect(mergeSpans(spans, within)).toEqual([{ from: "2010-03-01", to: "2018-12-31" }]);
    expect(cumulativeYears(spans, within)).toEqual({ months: 106, years: 8 });
    expect(cumulativeYears([span("2000-01-01", null, "OTHER")], within).years).toBe(0);
    expect(cumulativeYears([span("2000-01-01", null, "RELATED")], { ...within, scope: "SAME" }).years).toBe(
      0,
    );
  });

  test("[R7] work inside a span, after the reference date or after a gap adds no more than its days", () => {
    const spans = [
      span("2010-01-01", "2019-12-31"),
      span("2012-01-01", "2013-12-31"),
      span("2027-01-01", null),
    ];
    expect(cumulativeYears(spans, within).years).toBe(10);
    expect(mergeSpans([span("2010-01-01", "2010-12-31"), span("2012-01-01", null)], within)).toHaveLength(2);
  });

  test("[R8] anniversaries since a certificate, never more than the years worked since", () => {
    const since = (from: string, on: string, spans: EmploymentSpan[]) =>
      yearsSince(day(from), spans, { scope: "SAME", until: day(on) }).years;
    const always = [span("2000-01-01", null)];
    expect(since("2021-06-15", "2025-06-14", always)).toBe(3);
    expect(since("2021-06-15", "2025-06-15", always)).toBe(4);
    expect(since("2020-02-29", "2025-02-28", always)).toBe(5);
    expect(since("2020-02-29", "2025-02-28", [span("2010-01-01", "2022-03-01")])).toBe(2);
  });

  const start = fc.integer({ min: 0, max: 9000 });
  const anySpan = fc
    .tuple(start, fc.integer({ min: 0, max: 3000 }), fc.constantFrom("SAME", "RELATED", "OTHER"))
    .map(([from, length, relatedness]): EmploymentSpan => {
      const first = addDays(day("1998-01-01"), from);
      return { relatedness, from: first, to: addDays(first, length), evidence: "e" };
    });
  const history = fc.array(anySpan, { maxLength: 8 });

  property(
    "[R7] the order of employment spans does not matter",
    1000,
    [history, fc.infiniteStream(fc.nat())],
    (spans, keys) => {
      const shuffled = spans
        .map((one) => ({ one, key: Number(keys.next().value) }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one);
      expect(mergeSpans(shuffled, within)).toEqual(mergeSpans(spans, within));
    },
  );

  const level = fc.constantFrom(...SkillLevel.options);
  const set = fc.constantFrom(...knownRuleSets());
  property(
    "[R9] more years never turn an eligible applicant ineligible",
    1000,
    [set, level, history, anySpan, fc.option(level)],
    (rules, target, spans, more, held) => {
      const certificates = held === null ? [] : [certificate(held, "2012-06-01")];
      const paths = (employment: EmploymentSpan[]) => {
        const who = applicant({ employment, certificates });
        const { satisfied } = reviewEligibility(rules, target, {
          applicant: who,
          standard,
          referenceDay: today,
        });
        return satisfied.map(({ id }) => id);
      };
      expect(paths([...spans, more])).toEqual(expect.arrayContaining(paths(spans)));
    },
  );
});

describe("eligibility", () => {
  const l5 = (year: number) => [certificate("L5", `${year}-01-01`)];
  test("[R9] level 5 for four years, or six years of work, opens level 4", () => {
    expect(pathIds("T2018", "L4", { employment: worked(4), certificates: l5(2022) })).toEqual(["L4-a"]);
    expect(pathIds("T2018", "L4", { employment: worked(6) })).toEqual(["L4-b"]);
  });

  test("[R9] three years since level 5 and five in all are refused with each path's first unmet clause", () => {
    const { decision, unmet } = review("T2018", "L4", { employment: worked(5), certificates: l5(2023) });
    expect(decision.allowed).toBe(false);
    expect(unmet.map(({ path, have, need }) => `${path}: ${have} < ${need}`).slice(0, 2)).toEqual([
      "L4-a: 3 < 4",
      "L4-b: 5 < 6",
    ]);
  });

  test("[R9] a mid-grade title does not open level 3 of 2023, a junior one with a year of work does", () => {
    const title = (grade: "JUNIOR" | "MID") => ({
      grade,
      field: "SAME" as const,
      obtainedOn: day("2025-01-01"),
    });
    expect(pathIds("T2023", "L3", { titles: [title("MID")], employment: worked(1) })).toEqual([]);
    expect(pathIds("T2023", "L3", { titles: [title("JUNIOR")], employment: worked(1) })).toEqual(["L3-c"]);
    expect(review("T2023", "L3", { titles: [title("JUNIOR")] }).unmet).toContainEqual(
      expect.objectContaining({ path: "L3-c", clause: 1, code: "eligibility.path-since-title" }),
    );
  });

  test("[R9] level 5 asks for a year or an apprenticeship, or age and intention, and nothing less", () => {
    expect(pathIds("T2018", "L5", { apprenticeshipCompletedOn: day("2025-05-05") })).toEqual(["L5-b"]);
    expect(pathIds("T2018", "L5", {})).toEqual([]);
    expect(pathIds("T2023", "L5", { entersOccupation: true })).toEqual(["L5-a"]);
    expect(pathIds("T2023", "L5", { employment: [span("2025-12-01", null)] })).toEqual(["L5-a"]);
    expect(pathIds("T2023", "L5", { employment: worked(1) })).toEqual([]);
    expect(pathIds("T2023", "L5", { entersOccupation: true, birthDay: day("2015-01-01") })).toEqual([]);
  });

  test("[R9] a level without conditions is refused", () => {
    const bare = EligibilityRuleSet.parse({ id: "X", source: "x", targets: [] });
    const applying = { applicant: applicant(), standard, referenceDay: today };
    expect(codes(reviewEligibility(bare, "L1", applying).decision)).toEqual(["eligibility.no-path"]);
  });

  test("[R9] a related occupation's certificate does not serve a path for the same occupation only", () => {
    const own = EligibilityRuleSet.parse({
      id: "X",
      source: "x",
      targets: [
        {
          target: "L4",
          anyOf: [{ id: "L4-a", confidence: "P", all: [{ holds: "L5", scope: "SAME" }] }],
        },
      ],
    });
    const held = (occupation: string) => {
      const who = applicant({ certificates: [certificate("L5", "2020-01-01", { occupation })] });
      return reviewEligibility(own, "L4", { applicant: who, standard, referenceDay: today }).decision.allowed;
    };
    expect([held(restorer), held(digger)]).toEqual([true, false]);
  });

  test("[R10] fifteen years open level 3 to a restorer and not level 2; twenty-five open level 1", () => {
    const set = "T2018+RESTORER2021";
    expect(pathIds(set, "L3", { employment: worked(15) })).toEqual(["L3-open"]);
    expect(pathIds(set, "L2", { employment: worked(15) })).toEqual([]);
    expect(pathIds(set, "L1", { employment: worked(25) })).toEqual(["L1-open"]);
    expect(pathIds("T2018", "L1", { employment: worked(25) })).toEqual([]);
  });

  const school = (changed: object = {}): Applicant["education"][number] => ({
    schooling: "TECH_SCHOOL",
    field: "SAME",
    evaluated: false,
    graduatedOn: null,
    finalYear: true,
    ...changed,
  });
  test("[R11] a final-year student passes on student status where the standard says so", () => {
    const { satisfied, decision } = review("T2018", "L4", { education: [school()] });
    expect(satisfied.map(({ id }) => id)).toEqual(["L4-c"]);
    expect(codes(decision)).toEqual(["eligibility.path-met", "eligibility.student-status"]);
    const graduate = school({ finalYear: false, graduatedOn: day("2025-07-01") });
    expect(codes(review("T2018", "L4", { education: [graduate] }).decision)).toEqual([
      "eligibility.path-met",
    ]);
  });

  test("[R11] an earlier year, another field, an unevaluated programme or a standard without it is refused", () => {
    expect(pathIds("T2018", "L4", { education: [school({ finalYear: false })] })).toEqual([]);
    expect(pathIds("T2018", "L4", { education: [school({ field: "OTHER" })] })).toEqual([]);
    expect(pathIds("T2018", "L4", { education: [school({ schooling: "HIGHER_VOCATIONAL" })] })).toEqual([]);
    expect(pathIds("T2023", "L3", { education: [school({ schooling: "ADV_TECH_SCHOOL" })] })).toEqual([]);
  });

  test("[R12] a verified certificate whose number names its level is credible, of either generation", () => {
    const old = certificate("L4", "2012-06-01", { number: "1211012345400001".slice(0, 10) + "400001" });
    for (const held of [certificate("L4", "2020-01-01"), old]) {
      expect(checkPriorCertificate(held, applicant(), { arranged: true }).allowed).toBe(true);
    }
  });

  test("[R12] a number that says level 5 is no level-4 certificate, nor is one of another shape, holder or fate", () => {
    const refused = (changed: object) =>
      codes(
        checkPriorCertificate(certificate("L4", "2020-01-01", changed), applicant(), { arranged: false }),
      )[0];
    expect(refused({ number: "S000011000001205000001" })).toBe("certificate.level-mismatch");
    expect(refused({ number: "R0000110000012040001" })).toBe("certificate.number-malformed");
    expect(refused({ holder: { name: "乙", idHash: me } })).toBe("certificate.other-holder");
    expect(refused({ revoked: true })).toBe("certificate.revoked");
  });

  test("[R12] an unverified certificate is a warning until places are arranged, then refused", () => {
    const held = certificate("L4", "2020-01-01", { verified: null });
    expect(checkPriorCertificate(held, applicant(), { arranged: false }).allowed).toBe(true);
    expect(checkPriorCertificate(held, applicant(), { arranged: true }).allowed).toBe(false);
  });
});

const application = {
  batch: "b1",
  occupation: restorer,
  direction: null,
  level: "L3",
  from: day("2026-03-01"),
  to: day("2026-03-10"),
} as const;

describe("duplicates", () => {
  const other = { ...application, batch: "b2", person: me };
  test("[R13] one registration, another time, level or person is no duplicate", () => {
    const registrations = [
      { ...other, batch: "b1" },
      { ...other, from: day("2026-03-11"), to: day("2026-03-12") },
      { ...other, level: "L4" as const },
      { ...other, person: IdHash.parse("b".repeat(32)) },
    ];
    expect(codes(checkDuplicate(application, applicant(), registrations))).toEqual(["registration.single"]);
  });

  test("[R13] a second batch at the same time and a level already held are refused", () => {
    const who = applicant({
      certificates: [certificate("L2", "2020-01-01"), certificate("L4", "2015-01-01")],
    });
    expect(codes(checkDuplicate(application, who, [other]))).toEqual([
      "registration.duplicate",
      "registration.level-held",
    ]);
  });
});

function award(changed: object = {}): CompetitionAward {
  return CompetitionAward.parse({
    id: "aw-1",
    competition: "HERITAGE_NATIONAL",
    held: "NATIONAL",
    area: null,
    occupation: restorer,
    direction: null,
    rank: 5,
    prize: null,
    passed: true,
    awardedOn: "2025-09-01",
    winnerCertificate: "w",
    resultDocument: "d",
    usedIn: null,
    ...changed,
  });
}

const waiverFile = InnovationCase.parse({
  award: "in-1",
  grade: "PROVINCIAL",
  target: "L3",
  problemEvidence: "e",
  justification: "j",
  nominatingEmployer: "m",
  review: { reviewers: ["p-1", "p-2", "p-3"].map((person) => ({ person, grade: "SENIOR" })), approved: true },
  noticeEndedOn: "2025-12-20",
});

describe("special channels", () => {
  const grant = (changed: object, held: SkillLevel | null = null) =>
    grantByCompetition(award(changed), held, application, knownCompetitionRules());

  test("[R57] the heritage competition grants level 2 to rank 5, level 3 to ranks 6 and 15, rank 16 nothing", () => {
    expect([5, 6, 15, 16].map((rank) => grant({ rank }).level)).toEqual(["L2", "L3", "L3", null]);
  });

  test("[R57] a holder rises one further, and some places allow an application above the grant", () => {
    const industry = { competition: "INDUSTRY_NATIONAL_TOP20", rank: 3 };
    expect([grant(industry).level, grant(industry, "L2").level]).toEqual(["L2", "L1"]);
    const shanxi = { competition: "PROVINCIAL_II", held: "PROVINCIAL", area: "14", awardedOn: "2020-08-01" };
    expect(grant({ ...shanxi, rank: 1 })).toMatchObject({ level: "L2", mayApplyFor: "L1" });
    expect(grant({ ...shanxi, rank: 4 })).toMatchObject({ level: "L3", mayApplyFor: null });
  });

  test("[R57] prizes and passes have rules of their own, and no rule grants beyond its dates", () => {
    const skills = {
      competition: "NATIONAL_SKILLS",
      rank: null,
      prize: "EXCELLENCE",
      awardedOn: "2023-09-01",
    };
    expect(grant(skills).level).toBe("L2");
    const old = { competition: "PROVINCIAL_I", held: "PROVINCIAL", area: "23", awardedOn: "2015-01-01" };
    expect([grant({ ...old, rank: 4 }).level, grant({ ...old, rank: 40 }).level]).toEqual(["L2", "L3"]);
    expect(codes(grant({ ...skills, awardedOn: "2024-01-01" }).decision)).toEqual(["competition.no-grant"]);
    expect(grant({ ...skills, prize: null }).level).toBeNull();
  });

  test("[R57] a municipal, foreign, used or undocumented award is refused", () => {
    const poor = { held: "MUNICIPAL", occupation: digger, usedIn: "b0", winnerCertificate: null };
    expect(codes(grant(poor).decision)).toEqual([
      "competition.below-provincial",
      "competition.other-occupation",
      "competition.award-used",
      "competition.papers-missing",
    ]);
  });

  test("[R57] a rule that grants less than level 3 is refused as data", () => {
    const [rule] = knownCompetitionRules();
    expect(CompetitionRule.safeParse({ ...rule, grantLevel: "L4" }).success).toBe(false);
  });

  test("[R60] a provincial award with an approved review waives the conditions", () => {
    expect(codes(checkInnovationWaiver(waiverFile, "L3", today, policy))).toEqual(["innovation.waived"]);
  });

  test("[R60] a municipal award without evidence, nomination, review or notice is refused for each of them", () => {
    const reviewers = [{ person: "p-1", grade: "EXAMINER" }];
    const poor = InnovationCase.parse({
      ...waiverFile,
      grade: "MUNICIPAL",
      problemEvidence: null,
      nominatingEmployer: null,
      review: { reviewers, approved: false },
      noticeEndedOn: null,
    });
    expect(codes(checkInnovationWaiver(poor, "L2", today, policy))).toHaveLength(8);
    expect(checkInnovationWaiver({ ...waiverFile, review: null }, "L3", today, policy).allowed).toBe(false);
  });
});

describe("an application", () => {
  const file = (who: Partial<Applicant>, changed: Partial<ApplicationFile> = {}): ApplicationFile => ({
    applicant: applicant(who),
    standard,
    referenceDay: today,
    application,
    arranged: true,
    ruleSet: ruleSet("T2018+RESTORER2021"),
    registrations: [],
    award: null,
    competitionRules: knownCompetitionRules(),
    innovation: null,
    ...changed,
  });
  const l5 = [certificate("L5", "2020-01-01")];

  test("[R5, R10] level 5 and fifteen years open level 3, level 5 and six years do not", () => {
    const long = reviewApplication(file({ employment: worked(15), certificates: l5 }), policy);
    expect(long.admittedBy).toEqual([{ channel: "NORMAL", by: "L3-open", onCertificate: false }]);
    expect(codes(long.decision)).toContain("ladder.step-skipped");
    const short = reviewApplication(file({ employment: worked(6), certificates: l5 }), policy);
    expect(short.admittedBy).toEqual([]);
    expect(
      short.decision.findings.filter(({ severity }) => severity === "block").map(({ rule }) => rule),
    ).toContain("R9");
  });

  test("[R57, R60] a grant and a waiver admit without any path", () => {
    const both = reviewApplication(file({}, { award: award(), innovation: waiverFile }), policy);
    expect(both.admittedBy.map(({ channel }) => channel)).toEqual(["COMPETITION", "WAIVER"]);
  });

  test("[R57, R60] a grant below the level, no grant and a refused waiver do not admit", () => {
    const level1 = { ...application, level: "L1" as const };
    const low = reviewApplication(
      file({}, { application: level1, award: award(), innovation: waiverFile }),
      policy,
    );
    expect(low.admittedBy).toEqual([]);
    expect(codes(low.decision)).toContain("competition.beyond-grant");
    expect(reviewApplication(file({}, { award: award({ rank: 16 }) }), policy).decision.allowed).toBe(false);
  });

  test("[R12] a certificate that is not credible opens no path, and stops nobody whom years admit", () => {
    const certificates = [certificate("L4", "2010-01-01", { number: "0" }), certificate("L5", "2005-01-01")];
    expect(reviewApplication(file({ employment: worked(12), certificates }), policy).admittedBy).toEqual([]);
    expect(reviewApplication(file({ employment: worked(16), certificates }), policy).decision.allowed).toBe(
      true,
    );
  });

  test("[R6, R13] a channel admits nobody who is too young or registered twice", () => {
    const young = file({ birthDay: day("2012-01-01") }, { award: award() });
    expect(reviewApplication(young, policy)).toMatchObject({ admittedBy: [], decision: { allowed: false } });
    const twice = file({}, { award: award(), registrations: [{ ...application, batch: "b2", person: me }] });
    expect(reviewApplication(twice, policy).admittedBy).toEqual([]);
  });
});

test("[R9] weights that do not sum to 100, and a review for level 4, are refused", () => {
  const rows = [{ function: { zh: "清洗", en: "Cleaning" }, percent: 99 }];
  const place = { direction: null, level: "L4", part: "SKILL" };
  expect(WeightTable.safeParse({ ...place, rows, illustrative: true }).success).toBe(false);
  const assessments = [{ ...place, part: "REVIEW", minMinutes: 15 }];
  expect(OccupationalStandard.shape.assessments.safeParse(assessments).success).toBe(false);
});
