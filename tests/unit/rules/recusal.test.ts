// Who must not judge whom, whose card covers what, who sat too often, and the whole review of a sitting (R18 to R31).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, IdHash, InstitutionId, PersonId } from "#shared/base";
import { digest } from "#shared/crypto";
import {
  DirectionCode,
  OccupationCode,
  policyValues,
  type ExaminerQualification,
  type Person,
  type ReferencePack,
  type Relation,
  type TrainingClass,
} from "#shared/exam";
import {
  checkAuthors,
  checkConsecutive,
  checkDeclarations,
  checkExaminer,
  checkInstitutionTraining,
  checkKinship,
  checkOutsider,
  checkRelations,
  checkRotation,
  checkSupervisor,
  checkTrained,
  defaultPolicy,
  lacksMitigation,
  reviewSitting,
  type SittingFacts,
} from "#shared/rules";
import { property } from "../../support/property.ts";
import { aReferencePack } from "../../support/reference-builder.ts";

const policy = policyValues(defaultPolicy());
const day = (text: string) => Day.parse(text);
const p = (no: number) => PersonId.parse(`p-${no}`);
const hashOf = (no: number) => IdHash.parse(String(no).padStart(32, "0"));
const candidates = [1, 2, 3].map((no) => ({ no, idHash: hashOf(no) }));
const RESTORER = OccupationCode.parse("4-13-03-02");
const EXCAVATOR = OccupationCode.parse("4-13-03-01");
const [CERAMIC, PAPER] = [DirectionCode.parse("CERAMIC"), DirectionCode.parse("PAPER")];
const TODAY = day("2026-11-23");
const work = { occupation: RESTORER, direction: CERAMIC, level: "L4" as const, day: TODAY };
const codesOf = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);

const aClass = (changes: Partial<TrainingClass> = {}): TrainingClass => ({
  code: "C7",
  occupation: RESTORER,
  direction: CERAMIC,
  provider: "91350100M000100Y43",
  namesAssessment: false,
  lessons: [{ day: day("2026-03-02"), hours: 4, trainer: p(1) }],
  learners: [hashOf(1)],
  ...changes,
});
const aRelation = (kind: Relation["kind"], candidate = 1): Relation => ({
  person: p(1),
  candidate: hashOf(candidate),
  kind,
  source: "DECLARED",
});

describe("kin and relations", () => {
  test.each(["SPOUSE", "LINEAL", "COLLATERAL3", "IN_LAW"] as const)(
    "[R24] %s of a candidate is refused on that candidate's sheet",
    (kind) => {
      expect(checkKinship(p(1), candidates, [aRelation(kind, 2)]).findings).toEqual([
        { rule: "R24", severity: "block", code: "recusal.kin", facts: { person: "p-1", candidate: 2, kind } },
      ]);
    },
  );

  test("[R24] kin of somebody who does not sit here blocks nothing", () => {
    expect(checkKinship(p(1), candidates, [aRelation("SPOUSE", 9)]).allowed).toBe(true);
    expect(checkKinship(p(2), candidates, [aRelation("SPOUSE", 1)]).allowed).toBe(true);
    expect(codesOf(checkKinship(p(1), candidates, [aRelation("MASTER")]))).toEqual([]);
  });

  test.each(["MASTER", "TEACHER", "SUPERIOR", "INTEREST", "SELF"] as const)("[R27] %s is refused", (kind) => {
    expect(codesOf(checkRelations(p(1), candidates, [aRelation(kind)], "EMPLOYER", policy))).toEqual([
      "recusal.relation",
    ]);
  });

  test("[R27] a colleague is refused by a social organisation and a warning at an employer", () => {
    const check = (assessor: "SOCIAL_ORG" | "EMPLOYER", colleagueRule = policy.colleagueRule) =>
      checkRelations(p(1), candidates, [aRelation("COLLEAGUE")], assessor, { colleagueRule }).allowed;
    expect(check("SOCIAL_ORG")).toBe(false);
    expect(check("EMPLOYER")).toBe(true);
    expect(check("EMPLOYER", "BLOCK")).toBe(false);
    expect(check("SOCIAL_ORG", "WARN")).toBe(true);
    expect(codesOf(checkRelations(p(1), candidates, [aRelation("SPOUSE")], "EMPLOYER", policy))).toEqual([]);
  });

  test("[R27] three colleagues without an outsider are refused, one outsider is enough", () => {
    const { findings } = checkRelations(p(1), candidates, [aRelation("COLLEAGUE")], "EMPLOYER", policy);
    const panel = [p(1), p(2), p(3)];
    expect(codesOf(checkOutsider(panel, findings, () => true))).toEqual(["recusal.no-external"]);
    expect(checkOutsider(panel, findings, (person) => person !== p(3)).allowed).toBe(true);
    expect(checkOutsider(panel, [], () => true).allowed).toBe(true);
  });
});

describe("trainers", () => {
  const check = (one: TrainingClass, on = TODAY, trainerScope = policy.trainerScope) =>
    checkTrained(p(1), candidates, { ...work, day: on }, [one], { ...policy, trainerScope });

  test("[R25] a trainer is refused on the sheet of an own learner, with class, hours and day", () => {
    const lessons = [4, 3].map((hours, at) => ({ day: day(`2026-03-0${at + 2}`), hours, trainer: p(1) }));
    expect(check(aClass({ lessons })).findings).toEqual([
      {
        rule: "R25",
        severity: "block",
        code: "recusal.trained",
        facts: { person: "p-1", candidate: 1, class: "C7", hours: 7, day: "2026-03-03" },
      },
    ]);
  });

  test("[R25] a class about other work is only a warning", () => {
    for (const other of [aClass({ direction: PAPER }), aClass({ occupation: EXCAVATOR, direction: null })]) {
      expect(check(other)).toMatchObject({
        allowed: true,
        findings: [{ severity: "warn", code: "recusal.trained-other-work" }],
      });
    }
    expect(check(aClass({ direction: null })).allowed).toBe(false);
    const anyDirection = { ...work, direction: null };
    expect(checkTrained(p(1), candidates, anyDirection, [aClass({ direction: PAPER })], policy).allowed).toBe(
      false,
    );
  });

  test("[R25] who did not teach, and whose learners do not sit, blocks nothing", () => {
    const others = [{ day: day("2026-03-02"), hours: 4, trainer: p(2) }];
    expect(check(aClass({ lessons: others })).findings).toEqual([]);
    expect(check(aClass({ learners: [hashOf(9)] })).findings).toEqual([]);
  });

  test("[R25] where the policy says so, the trainer leaves the whole panel and not one sheet only", () => {
    expect(codesOf(check(aClass(), TODAY, "SITTING"))).toEqual(["recusal.trained", "recusal.trainer-leaves"]);
    expect(codesOf(check(aClass({ learners: [] }), TODAY, "SITTING"))).toEqual([]);
  });

  test("[R26] the link blocks for 24 months after the last lesson and not a day longer", () => {
    const one = aClass({ lessons: [{ day: day("2024-03-01"), hours: 2, trainer: p(1) }] });
    expect(check(one, day("2026-02-28")).allowed).toBe(false);
    expect(check(one, day("2026-03-01"))).toMatchObject({
      allowed: true,
      findings: [{ rule: "R26", severity: "warn", code: "recusal.trained-long-ago" }],
    });
  });

  test("[R26] a project that names this assessment has no time limit and still blocks", () => {
    const lessons = [{ day: day("2014-03-01"), hours: 2, trainer: p(1) }];
    expect(check(aClass({ lessons, namesAssessment: true })).allowed).toBe(false);
  });
});

describe("cards", () => {
  const card = (changes: Partial<ExaminerQualification> = {}): ExaminerQualification => ({
    person: p(1),
    grade: "EXAMINER",
    cardNo: "K1",
    occupation: RESTORER,
    directions: [CERAMIC],
    levels: ["L5", "L4", "L3"],
    status: "ACTIVE",
    validFrom: day("2025-06-01"),
    validTo: day("2026-11-30"),
    ...changes,
  });
  const check = (cards: ExaminerQualification[], changes: Partial<typeof work> = {}, leads = false) =>
    codesOf(checkExaminer(p(1), leads, { ...work, ...changes }, cards));

  test("[R18] [R19] a card that covers trade, level and day is named", () => {
    expect(check([card()])).toEqual(["examiner.covered"]);
    expect(check([card({ directions: [] })])).toEqual(["examiner.covered"]);
  });

  test("[R19] no card, and another person's card, are refused", () => {
    expect(check([])).toEqual(["examiner.no-qualification"]);
    expect(check([card({ person: p(2) })])).toEqual(["examiner.no-qualification"]);
  });

  test("[R19] another direction or occupation is refused unless the card lists it", () => {
    expect(check([card({ directions: [PAPER] })])).toEqual(["examiner.other-trade"]);
    expect(check([card({ occupation: EXCAVATOR })])).toEqual(["examiner.other-trade"]);
    const general = { ...work, direction: null };
    expect(codesOf(checkExaminer(p(1), false, general, [card()]))).toEqual(["examiner.other-trade"]);
  });

  test("[R19] a card valid to 30 November is refused on 1 December, and before its first day", () => {
    expect(check([card()], { day: day("2026-11-30") })).toEqual(["examiner.covered"]);
    expect(check([card()], { day: day("2026-12-01") })).toEqual(["examiner.term"]);
    expect(check([card()], { day: day("2025-05-31") })).toEqual(["examiner.term"]);
    expect(check([card({ status: "SUSPENDED" })])).toEqual(["examiner.term"]);
    const [older, newer] = [card({ validTo: day("2024-11-30") }), card()];
    for (const cards of [
      [older, newer],
      [newer, older],
    ]) {
      expect(checkExaminer(p(1), false, { ...work, day: day("2026-12-01") }, cards).findings).toMatchObject([
        { facts: { validTo: "2026-11-30" } },
      ]);
    }
  });

  test("[R18] an examiner does not mark L2, a senior examiner marks L5", () => {
    expect(check([card()], { level: "L2" as never })).toEqual(["examiner.level"]);
    const senior = card({ grade: "SENIOR", levels: ["L5", "L4", "L3", "L2", "L1"] });
    expect(check([senior], { level: "L5" as never })).toEqual(["examiner.covered"]);
  });

  test("[R20] at L2 and L1 only a senior examiner leads", () => {
    const odd = card({ levels: ["L2", "L1"] });
    expect(check([odd], { level: "L2" as never }, true)).toEqual(["examiner.leader-not-senior"]);
    expect(check([{ ...odd, grade: "SENIOR" }], { level: "L1" as never }, true)).toEqual([
      "examiner.covered",
    ]);
  });
});

describe("rotation", () => {
  const [A, B] = [InstitutionId.parse("a"), InstitutionId.parse("b")];
  const panels = (order: string, members = [p(1), p(2), p(3)]) =>
    Array.from(order, (institution, at) => ({
      institution: InstitutionId.parse(institution),
      occupation: RESTORER,
      day: day(`2026-0${at + 1}-10`),
      members,
    }));
  const run = (order: string) => checkConsecutive(p(1), A, panels(order).reverse(), policy);

  test("[R21] a fourth panel in a row at one institution is refused", () => {
    expect(run("aaa").findings).toMatchObject([{ code: "rotation.consecutive", facts: { run: 4, most: 3 } }]);
  });

  test("[R21] a panel elsewhere between them begins a new run", () => {
    expect(run("aaba").findings).toMatchObject([{ code: "rotation.run", facts: { run: 2 } }]);
    expect(run("aa").allowed).toBe(true);
    expect(checkConsecutive(p(9), A, panels("aaa"), policy).findings).toMatchObject([{ facts: { run: 1 } }]);
  });

  const changed = (members: PersonId[], f = policy.rotationShare) =>
    checkRotation(members, { institution: A, occupation: RESTORER, day: TODAY }, panels("aa"), {
      rotationShare: f,
    });

  test("[R22] the same three again are refused, one new member is enough", () => {
    expect(changed([p(1), p(2), p(3)]).findings).toMatchObject([
      { code: "rotation.unchanged", facts: { changed: 0, due: 1, day: "2026-02-10" } },
    ]);
    expect(changed([p(1), p(2), p(4)]).allowed).toBe(true);
  });

  test("[R22] five members need two new ones, and one is not enough for three where the share is a half", () => {
    expect(changed([1, 2, 3, 4, 5].map(p)).findings).toMatchObject([{ facts: { due: 2, changed: 2 } }]);
    expect(changed([p(1), p(2), p(4)], { n: 1, d: 2 }).allowed).toBe(false);
  });

  test("[R22] the first panel of an occupation is compared with nothing", () => {
    const at = { institution: B, occupation: RESTORER, day: TODAY };
    expect(codesOf(checkRotation([p(1)], at, panels("aa"), policy))).toEqual(["rotation.first"]);
  });
});

describe("supervision, authors, the institution, declarations", () => {
  const cards = [{ person: p(8), kind: "EXTERNAL" as const, validFrom: day("2025-01-01"), validTo: TODAY }];
  const none = { panel: [], trainers: [] };

  test("[R23] a sitting without a supervisor is refused, unless the policy asks for none", () => {
    expect(codesOf(checkSupervisor(null, TODAY, none, cards, policy))).toEqual(["supervision.missing"]);
    expect(checkSupervisor(null, TODAY, none, cards, { everyExamSupervised: false }).allowed).toBe(true);
  });

  test("[R23] a supervisor within term is named; a member, a trainer and an expired card are refused", () => {
    const check = (others = none, on = TODAY) => codesOf(checkSupervisor(p(8), on, others, cards, policy));
    expect(check()).toEqual(["supervision.present"]);
    expect(check({ panel: [p(8)] as never, trainers: [] })).toEqual(["supervision.on-panel"]);
    expect(check({ panel: [], trainers: [p(8)] as never })).toEqual(["supervision.trainer"]);
    expect(check(none, day("2026-11-24"))).toEqual(["supervision.term"]);
    expect(check(none, day("2024-12-31"))).toEqual(["supervision.term"]);
  });

  test("[R30] an author of the paper who taught a candidate is refused for 24 months, and no longer", () => {
    const check = (on: Day) => checkAuthors([p(1)], candidates, on, [aClass()], policy);
    expect(check(TODAY).findings).toMatchObject([{ rule: "R30", code: "separation.author" }]);
    expect(check(day("2028-03-02")).allowed).toBe(true);
    expect(checkAuthors([p(2)], candidates, TODAY, [aClass()], policy).allowed).toBe(true);
  });

  test("[R31] an institution's own learners need an external majority or a recorded mitigation", () => {
    const check = (
      external: number,
      institutionSeparation = policy.institutionSeparation,
      mitigation: string | null = null,
    ) =>
      checkInstitutionTraining(
        "91350100M000100Y43",
        candidates,
        [aClass()],
        { members: 3, external },
        mitigation,
        { institutionSeparation },
      );
    expect(codesOf(check(2))).toEqual(["separation.external-majority"]);
    expect(check(1)).toMatchObject({ allowed: true, findings: [{ code: "separation.mitigation-needed" }] });
    expect(lacksMitigation(check(1))).toBe(true);
    const recorded = check(1, policy.institutionSeparation, "各组由未授课的考评员主评");
    expect(recorded).toMatchObject({ allowed: true, findings: [{ code: "separation.mitigation-recorded" }] });
    expect(lacksMitigation(recorded)).toBe(false);
    expect(codesOf(check(3, "BLOCK"))).toEqual(["separation.institution-barred"]);
  });

  test("[R31] a recorded mitigation does not lift a policy that bars the institution", () => {
    const panel = { members: 3, external: 0 };
    const strict = { institutionSeparation: "BLOCK" as const };
    const decision = checkInstitutionTraining(
      "91350100M000100Y43",
      candidates,
      [aClass()],
      panel,
      "已说明",
      strict,
    );
    expect(codesOf(decision)).toEqual(["separation.institution-barred"]);
    expect(decision.allowed).toBe(false);
  });

  test("[R31] learners of another provider raise nothing, not even where the policy blocks", () => {
    const panel = { members: 3, external: 0 };
    const strict = { institutionSeparation: "BLOCK" as const };
    expect(checkInstitutionTraining("X", candidates, [aClass()], panel, null, strict).findings).toEqual([]);
  });

  test("[R29] one silent person keeps the sheets closed, and all answers open them", () => {
    expect(checkDeclarations([p(1), p(2)], [p(1)]).findings).toMatchObject([
      { severity: "block", code: "recusal.undeclared", facts: { person: "p-2" } },
    ]);
    expect(codesOf(checkDeclarations([p(1)], [p(1), p(2)]))).toEqual(["recusal.all-declared"]);
  });
});

const people: Person[] = [
  ...[1, 2, 3, 4, 5].map((no) => ({ id: p(no), name: `考评员${no}`, roles: ["examiner" as const] })),
  { id: p(6), name: "组长甲", roles: ["examiner", "panelLeader"] },
  { id: p(7), name: "组长乙", roles: ["examiner", "panelLeader"] },
  { id: p(8), name: "督导", roles: ["supervisor"] },
];
const factsOf = (reference: Partial<ReferencePack>, changes: Partial<SittingFacts> = {}): SittingFacts => ({
  day: TODAY,
  rubric: { code: "DEMO-CERAMIC-L4", occupation: RESTORER, direction: CERAMIC, level: "L4" },
  perRotation: 5,
  panel: [
    { person: p(6), leader: true },
    { person: p(1), leader: false },
    { person: p(2), leader: false },
  ],
  mitigation: null,
  supervisor: p(8),
  candidates,
  people,
  reference: aReferencePack(people, { demo: false, ...reference }),
  ...changes,
});
const blocksOf = (facts: SittingFacts) =>
  reviewSitting(facts, digest)
    .decision.findings.filter(({ severity }) => severity === "block")
    .map(({ code }) => code);

describe("the whole sitting", () => {
  test("[R28] nothing stands against a sound panel, and nobody is replaced", () => {
    const reviewed = reviewSitting(factsOf({}), digest);
    expect(reviewed.decision.allowed).toBe(true);
    expect(reviewed.replacements).toEqual([]);
    expect(blocksOf(factsOf({}, { candidates: [] }))).toEqual([]);
  });

  test("[R25] [R28] a trainer on the panel is refused; free examiners replace them, in the same order every time", () => {
    const facts = factsOf({
      training: [aClass()],
      relations: [aRelation("SPOUSE")].map((one) => ({ ...one, person: p(3) })),
    });
    const { decision, replacements } = reviewSitting(facts, digest);
    expect(decision.allowed).toBe(false);
    const [first] = replacements;
    expect(replacements).toHaveLength(1);
    expect(first?.member).toBe(p(1));
    expect([...(first?.by ?? [])].sort()).toEqual([p(4), p(5), p(7)]);
    expect(reviewSitting(facts, digest).replacements).toEqual(replacements);
  });

  test("[R28] the sitting's own supervisor is not offered as a replacement", () => {
    const facts = factsOf({ training: [aClass()] }, { supervisor: p(4) });
    expect(reviewSitting(facts, digest).replacements[0]?.by).not.toContain(p(4));
  });

  test("[R21] [R22] a panel entered for this very day, or a later one, is not counted against it", () => {
    const registration = aReferencePack().registration;
    const panels = ["2026-11-23", "2026-11-24", "2026-11-25"].map((on) => ({
      institution: registration.institution,
      occupation: RESTORER,
      day: day(on),
      members: [p(6), p(1), p(2)],
    }));
    expect(blocksOf(factsOf({ panels }))).toEqual([]);
    const before = panels.map((one, at) => ({ ...one, day: day(`2026-10-0${at + 1}`) }));
    expect(blocksOf(factsOf({ panels: before }))).toContain("rotation.consecutive");
  });

  test("[R28] a leader is replaced only by somebody who may lead", () => {
    const lessons = [{ day: TODAY, hours: 1, trainer: p(6) }];
    expect(reviewSitting(factsOf({ training: [aClass({ lessons })] }), digest).replacements).toEqual([
      { member: p(6), by: [p(7)] },
    ]);
  });

  test("[R23] [R24] a supervisor who is kin of a candidate is refused, and a missing one too", () => {
    const relations = [{ ...aRelation("LINEAL"), person: p(8) }];
    expect(blocksOf(factsOf({ relations }))).toEqual(["recusal.kin"]);
    expect(blocksOf(factsOf({}, { supervisor: null }))).toEqual(["supervision.missing"]);
  });

  test("[R30] [R31] the paper's author and the institution's own learners are found, never overlooked", () => {
    const own = aReferencePack().registration.creditCode;
    const reference = {
      training: [aClass({ provider: own, lessons: [{ day: TODAY, hours: 1, trainer: p(5) }] })],
      paperAccess: [
        { rubric: "DEMO-CERAMIC-L4", person: p(5) },
        { rubric: "OTHER", person: p(4) },
      ],
      employers: [1, 2, 6].map((no) => ({ person: p(no), employer: own })),
    };
    const { findings } = reviewSitting(factsOf(reference), digest).decision;
    expect(findings.filter(({ severity }) => severity !== "info").map(({ code }) => code)).toEqual([
      "separation.author",
      "separation.mitigation-needed",
    ]);
  });

  property(
    "[R28] a panel whose members were replaced as offered has no individual block left",
    200,
    [fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 })],
    (trainers) => {
      const lessons = trainers.map((no) => ({ day: TODAY, hours: 1, trainer: p(no) }));
      const facts = factsOf({ training: [aClass({ lessons })] });
      const { replacements } = reviewSitting(facts, digest);
      const taken = new Set<PersonId>();
      const panel = facts.panel.map((member) => {
        const by = replacements
          .find((one) => one.member === member.person)
          ?.by.find((one) => !taken.has(one));
        if (by !== undefined) taken.add(by);
        return { ...member, person: by ?? member.person };
      });
      const isFull = replacements.length === taken.size;
      const left = blocksOf({ ...facts, panel }).filter((code) => code.startsWith("recusal"));
      if (isFull) expect(left).toEqual([]);
      else expect(left).not.toEqual([]);
    },
  );
});
