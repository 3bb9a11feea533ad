// What stands behind a roster: applications, incidents, the plan's rooms and committees, identity and personal papers
// (R5 to R13, R16, R17, R52, R76, R77, R79).
import { describe, expect, test } from "vitest";
import { Day, fraction, IdHash, PersonId, SheetId } from "#shared/base";
import {
  DirectionCode,
  OccupationCode,
  type Applicant,
  type AssessmentPlan,
  type CandidateApplication,
  type HeldCertificate,
  type Incident,
  type OccupationalStandard,
  type PartResult,
} from "#shared/exam";
import {
  checkBarred,
  checkIdentityMethod,
  demoPolicy,
  importRubric,
  incidentEffect,
  knownRuleSets,
  mayHold,
  planFor,
  reviewApplications,
  reviewPlan,
  voidSheets,
  withheldColumns,
  yearsSince,
} from "#shared/rules";
import { aReferencePack } from "../../support/reference-builder.ts";
import ceramic from "../../../shared/rules/samples/demo-ceramic-l4.json" with { type: "json" };

const day = (text: string) => Day.parse(text);
const p = (no: number) => PersonId.parse(`p-${no}`);
const hashOf = (no: number) => IdHash.parse(String(no).padStart(32, "0"));
const RESTORER = OccupationCode.parse("4-13-03-02");
const CERAMIC = DirectionCode.parse("CERAMIC");
const TODAY = day("2026-11-23");
const codes = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);

const aPlan = (changes: Partial<AssessmentPlan> = {}): AssessmentPlan => ({
  code: "2026-B7",
  occupation: RESTORER,
  direction: CERAMIC,
  level: "L4",
  from: day("2026-11-20"),
  to: day("2026-11-30"),
  theoryRooms: [],
  reviewCommittee: null,
  ...changes,
});
const standard: OccupationalStandard = {
  occupation: RESTORER,
  edition: "2021",
  effectiveFrom: day("2021-01-01"),
  effectiveTo: null,
  levels: ["L5", "L4", "L3", "L2", "L1"],
  relatedOccupations: [],
  ruleSet: knownRuleSets()[0]!.id,
  weights: [],
  assessments: [],
};
const anApplicant = (changes: Partial<Applicant> = {}): Applicant => ({
  idHash: hashOf(1),
  name: "王建国",
  birthDay: day("1990-01-01"),
  employment: [{ relatedness: "SAME", from: day("2012-01-01"), to: null, evidence: "劳动合同" }],
  education: [],
  titles: [],
  certificates: [],
  apprenticeshipCompletedOn: null,
  entersOccupation: false,
  ...changes,
});
const anApplication = (changes: Partial<CandidateApplication> = {}): CandidateApplication => ({
  plan: "2026-B7",
  applicant: anApplicant(),
  referenceDay: day("2026-10-31"),
  award: null,
  innovation: null,
  keeps: [],
  ...changes,
});
const review = (
  applications: CandidateApplication[],
  changes: Partial<ReturnType<typeof aReferencePack>> = {},
  plan: AssessmentPlan | null = aPlan(),
) =>
  reviewApplications({
    candidates: [{ no: 4, idHash: hashOf(1) }],
    plan,
    day: TODAY,
    reference: aReferencePack([], { standards: [standard], plans: [aPlan()], applications, ...changes }),
  });

describe("applications behind a roster", () => {
  test("[R9] a candidate with fourteen years of work is admitted, by the path that is named", () => {
    expect(review([anApplication()]).findings).toEqual([
      expect.objectContaining({
        code: "application.admitted",
        facts: { by: expect.stringContaining("L4") as string, candidate: 4 },
      }),
    ]);
  });

  test("[R6] [R9] a child and a beginner are refused, with the candidate's number and each unmet clause", () => {
    const young = review([anApplication({ applicant: anApplicant({ birthDay: day("2012-01-01") }) })]);
    expect(young.allowed).toBe(false);
    expect(codes(young)).toContain("eligibility.too-young");
    const beginner = review([anApplication({ applicant: anApplicant({ employment: [] }) })]);
    expect(beginner.allowed).toBe(false);
    expect(beginner.findings.every(({ facts }) => facts["candidate"] === 4)).toBe(true);
  });

  test("[R12] an unverified certificate stops its holder once places are arranged, not before", () => {
    const l5: HeldCertificate = {
      occupation: RESTORER,
      direction: CERAMIC,
      level: "L5",
      number: "S000061000123205000001",
      issuedOn: day("2020-06-15"),
      holder: { name: "王建国", idHash: hashOf(1) },
      verified: null,
      revoked: false,
    };
    const employment = [
      { relatedness: "SAME", from: day("2021-09-01"), to: null, evidence: "劳动合同" } as const,
    ];
    const unverified = review([
      anApplication({ applicant: anApplicant({ certificates: [l5], employment }) }),
    ]);
    expect(unverified.allowed).toBe(false);
    expect(codes(unverified)).toContain("certificate.unverified");
    const verified = { how: "LOOKUP", by: p(1), on: TODAY } as const;
    const sighted = anApplicant({ certificates: [{ ...l5, verified }], employment });
    expect(codes(review([anApplication({ applicant: sighted })]))).toEqual(["application.admitted"]);
  });

  test("[R13] somebody who applied for the same level in another plan of these days is refused", () => {
    const other = aPlan({ code: "2026-B8" });
    const twice = review([anApplication(), anApplication({ plan: "2026-B8" })], { plans: [aPlan(), other] });
    expect(twice.allowed).toBe(false);
    expect(codes(twice)).toEqual(["application.admitted", "registration.duplicate"].slice(1));
  });

  test("[R52] a part that is no longer kept is told, and does not stop the others", () => {
    const keeps: PartResult[] = [
      {
        part: "THEORY",
        occupation: RESTORER,
        direction: CERAMIC,
        level: "L4",
        edition: "2021",
        on: day("2026-05-01"),
        mark: fraction(80),
        outcome: "PASS",
      },
    ];
    const off = review([anApplication({ keeps })]);
    expect(off.allowed).toBe(true);
    expect(codes(off)).toEqual(["application.admitted", "kept-part.off"]);
    const policy = demoPolicy();
    const on = { ...policy, keepPartMonths: { ...policy.keepPartMonths, value: 12 } };
    expect(codes(review([anApplication({ keeps })], { policy: on }))).toEqual([
      "application.admitted",
      "kept-part.kept",
    ]);
  });

  test("[R9] who has no application, and an occupation without a standard, are told and not passed over", () => {
    expect(codes(review([]))).toEqual(["application.unknown"]);
    expect(codes(review([anApplication()], { standards: [] }))).toEqual(["application.no-standard"]);
    const ended = { ...standard, effectiveTo: day("2026-01-01") };
    expect(codes(review([anApplication()], { standards: [ended] }))).toEqual(["application.no-standard"]);
    const later = { ...standard, effectiveTo: day("2027-01-01") };
    expect(codes(review([anApplication()], { standards: [later] }))).toEqual(["application.admitted"]);
    const unknown = { ...standard, ruleSet: "nobody-knows-it" };
    expect(codes(review([anApplication()], { standards: [unknown] }))).toEqual(["application.no-standard"]);
    expect(codes(review([anApplication()], {}, null))).toEqual([]);
  });

  test("[R8] years since a certificate count work in the occupation only, never idle years", () => {
    const worked = [
      { relatedness: "SAME", from: day("2021-06-15"), to: day("2023-06-14"), evidence: "合同" } as const,
    ];
    expect(yearsSince(day("2021-06-15"), worked, { scope: "SAME", until: day("2025-06-15") })).toEqual({
      anniversaries: 4,
      worked: 2,
      years: 2,
    });
  });
});

describe("incidents", () => {
  const anIncident = (changes: Partial<Incident> = {}): Incident => ({
    code: "I-1",
    person: hashOf(1),
    tier: "C3",
    part: "SKILL",
    on: day("2026-05-10"),
    document: "处理决定 3 号",
    ...changes,
  });

  test("[R76] each tier cancels what the rule says", () => {
    const effect = (tier: Incident["tier"]) => {
      const { cancelled, asCheating, freeFrom, referred } = incidentEffect(anIncident({ tier }));
      return { parts: cancelled.length, asCheating, freeFrom, referred };
    };
    expect(effect("C1")).toEqual({ parts: 1, asCheating: false, freeFrom: null, referred: false });
    expect(effect("C2")).toEqual({ parts: 1, asCheating: true, freeFrom: null, referred: false });
    expect(effect("C3")).toEqual({ parts: 3, asCheating: true, freeFrom: "2027-01-01", referred: false });
    expect(effect("C4")).toEqual({ parts: 3, asCheating: true, freeFrom: null, referred: true });
  });

  test("[R76] a candidate of tier C3 is refused in November and free in January", () => {
    const on = (text: string) => codes(checkBarred(hashOf(1), day(text), [anIncident()]));
    expect(on("2026-11-23")).toEqual(["incident.barred"]);
    expect(on("2027-01-01")).toEqual(["incident.none"]);
    expect(on("2026-05-09")).toEqual(["incident.none"]);
    expect(codes(checkBarred(hashOf(2), TODAY, [anIncident()]))).toEqual(["incident.none"]);
    expect(codes(checkBarred(hashOf(1), TODAY, [anIncident({ tier: "C1" })]))).toEqual(["incident.none"]);
    expect(codes(checkBarred(hashOf(1), TODAY, [anIncident({ tier: "C4" })]))).toEqual(["incident.referred"]);
    const sitting = review([anApplication()], { incidents: [anIncident()] });
    expect(sitting.allowed).toBe(false);
    expect(codes(sitting)).toEqual(["incident.barred", "application.admitted"]);
  });

  test("[R76] sheets marked against a recusal are void, and no other sheet is", () => {
    const sheet = SheetId.parse("A".repeat(22));
    const sheets = [{ sheet, examiner: p(1), candidate: "c1" }];
    expect(codes(voidSheets(sheets, [{ examiner: p(1), candidate: "c1" }]))).toEqual(["incident.sheet-void"]);
    expect(codes(voidSheets(sheets, [{ examiner: p(1), candidate: "c2" }]))).toEqual(["incident.no-breach"]);
    expect(codes(voidSheets(sheets, [{ examiner: p(2), candidate: "c1" }]))).toEqual(["incident.no-breach"]);
  });
});

describe("plans", () => {
  const reference = aReferencePack();

  test("[R16] a theory room of thirty-one with two invigilators is refused, whoever is listed twice", () => {
    const room = (invigilators: PersonId[]) =>
      aPlan({ theoryRooms: [{ code: "301", candidates: 31, invigilators }] });
    const short = reviewPlan(room([p(1), p(2), p(2)]), { level: "L4" }, reference);
    expect(short.findings[0]).toMatchObject({ code: "panel.invigilators", facts: { room: "301", least: 3 } });
    expect(reviewPlan(room([p(1), p(2), p(3)]), { level: "L4" }, reference).allowed).toBe(true);
  });

  test("[R17] a level-2 sitting without a review committee is refused, and a level-4 plan with one too", () => {
    const committee = [1, 2, 3].map((no) => ({ person: p(no), senior: true }));
    expect(codes(reviewPlan(null, { level: "L2" }, reference))).toContain("panel.review-missing");
    expect(reviewPlan(aPlan({ reviewCommittee: committee }), { level: "L2" }, reference).allowed).toBe(true);
    expect(codes(reviewPlan(aPlan({ reviewCommittee: committee }), { level: "L4" }, reference))).toContain(
      "panel.review-not-applicable",
    );
  });

  test("a plan is found by occupation, level, direction and day", () => {
    const work = { occupation: RESTORER, direction: CERAMIC, level: "L4", day: TODAY } as const;
    expect(planFor(work, [aPlan()])?.code).toBe("2026-B7");
    expect(planFor(work, [aPlan({ direction: null })])?.code).toBe("2026-B7");
    expect(planFor({ ...work, direction: null }, [aPlan()])).toBeNull();
    expect(planFor({ ...work, level: "L3" }, [aPlan()])).toBeNull();
    expect(planFor({ ...work, day: day("2026-12-01") }, [aPlan()])).toBeNull();
    expect(planFor({ ...work, day: day("2026-11-19") }, [aPlan()])).toBeNull();
    expect(planFor({ ...work, occupation: OccupationCode.parse("4-13-03-01") }, [aPlan()])).toBeNull();
  });
});

describe("identity and personal papers", () => {
  const use = { keepsTemplate: false, callsNetwork: false };

  test("[R79] a person may always check by hand, whatever the policy", () => {
    for (const faceComparison of [true, false]) {
      expect(codes(checkIdentityMethod("MANUAL", use, { faceComparison }))).toEqual(["identity.manual"]);
    }
  });

  test("[R79] a face comparison is refused without the policy, with a template, or over a network", () => {
    const face = (changes: Partial<typeof use>, faceComparison = true) =>
      codes(checkIdentityMethod("FACE", { ...use, ...changes }, { faceComparison }));
    expect(face({})).toEqual(["identity.face-allowed"]);
    expect(face({}, false)).toEqual(["identity.face-off"]);
    expect(face({ keepsTemplate: true })).toEqual(["identity.template-kept"]);
    expect(face({ callsNetwork: true })).toEqual(["identity.network-called"]);
  });

  test("[R77] a picture is not held without a ground, nor after the consent was withdrawn", () => {
    const consent = {
      person: hashOf(1),
      fields: ["PHOTO" as const],
      ground: "CONSENT" as const,
      purpose: "准考证",
      on: day("2026-01-01"),
      withdrawnOn: day("2026-06-01"),
    };
    const held = (on: string, field: "PHOTO" | "BIOMETRIC" = "PHOTO", person = hashOf(1)) =>
      codes(mayHold(field, person, day(on), [consent]));
    expect(held("2026-03-01")).toEqual(["personal.ground-recorded"]);
    expect(held("2025-12-31")).toEqual(["personal.no-ground"]);
    expect(held("2026-06-01")).toEqual(["personal.no-ground"]);
    expect(held("2026-03-01", "BIOMETRIC")).toEqual(["personal.no-ground"]);
    expect(held("2026-03-01", "PHOTO", hashOf(2))).toEqual(["personal.no-ground"]);
    expect(codes(mayHold("PHOTO", hashOf(1), TODAY, [{ ...consent, withdrawnOn: null }]))).toEqual([
      "personal.ground-recorded",
    ]);
  });

  test("[R77] no column of pictures, ID images or biometrics is taken from a spreadsheet", () => {
    const { findings } = withheldColumns(["照片", "身份证扫描件", "指纹特征", "联系电话", "Photo"]);
    expect(findings.map(({ facts }) => [facts["heading"], facts["field"]])).toEqual([
      ["照片", "PHOTO"],
      ["身份证扫描件", "ID_IMAGE"],
      ["指纹特征", "BIOMETRIC"],
      ["Photo", "PHOTO"],
    ]);
  });
});

test("[R2] a rubric for a post that employers appoint to is refused with that reason", () => {
  const read = importRubric({ ...ceramic, level: "SPECIAL" });
  expect(!read.ok && read.error.map(({ path, code }) => [path, code])).toContainEqual([
    "level",
    "rubric.position-not-examinable",
  ]);
});
