// Panels, rooms, committees, leaders (R14 to R17, R20).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PersonId } from "#shared/base";
import { policyValues, type Person } from "#shared/exam";
import {
  checkInvigilators,
  checkLeader,
  checkPanelSize,
  checkReviewCommittee,
  defaultPolicy,
  requiredPanel,
} from "#shared/rules";
import { property } from "../../support/property.ts";

const policy = policyValues(defaultPolicy());
const id = (no: number) => PersonId.parse(`p-${no}`);
const people: Person[] = [
  ...[1, 2, 3, 4, 5, 6].map((no) => ({ id: id(no), name: `考评员${no}`, roles: ["examiner" as const] })),
  { id: id(7), name: "组长", roles: ["examiner", "panelLeader"] },
  { id: id(8), name: "管理员", roles: ["administrator"] },
];
const panelOf = (...members: number[]) => members.map((no, at) => ({ person: id(no), leader: at === 0 }));
const codesOf = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);

describe("the size of a panel", () => {
  test.each([
    [1, 3],
    [5, 3],
    [12, 3],
    [15, 3],
    [16, 5],
    [20, 5],
    [25, 5],
    [26, 7],
    [30, 7],
  ])("[R14] %i candidates at the same time need %i examiners", (candidates, least) => {
    expect(requiredPanel(candidates, policy)).toBe(least);
  });

  property(
    "[R14] the required panel is odd, at least the minimum and never below the ratio",
    1000,
    [fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 })],
    (candidates, minPanel, candidatesPerExaminer) => {
      const size = requiredPanel(candidates, { minPanel, candidatesPerExaminer, oddPanel: true });
      expect(size % 2).toBe(1);
      expect(size).toBeGreaterThanOrEqual(minPanel);
      expect(size * candidatesPerExaminer).toBeGreaterThanOrEqual(candidates);
    },
  );

  test("[R15] three members are enough for five candidates, and the reason says so", () => {
    const decision = checkPanelSize(panelOf(7, 1, 2), 5, people, policy);
    expect(decision).toEqual({
      allowed: true,
      findings: [{ rule: "R14", severity: "info", code: "panel.size-met", facts: { members: 3, least: 3 } }],
    });
  });

  test("[R15] two members are refused, four are refused as even", () => {
    expect(codesOf(checkPanelSize(panelOf(7, 1), 5, people, policy))).toEqual([
      "panel.too-small",
      "panel.even",
    ]);
    expect(codesOf(checkPanelSize(panelOf(7, 1, 2, 3), 5, people, policy))).toEqual(["panel.even"]);
  });

  test("[R14] three members are refused for sixteen candidates at once", () => {
    const decision = checkPanelSize(panelOf(7, 1, 2), 16, people, policy);
    expect(decision.allowed).toBe(false);
    expect(decision.findings[0]).toMatchObject({ rule: "R14", code: "panel.ratio", facts: { least: 5 } });
  });

  test("[R15] nobody sits twice, and nobody who is not an examiner sits at all", () => {
    expect(codesOf(checkPanelSize(panelOf(7, 1, 1), 5, people, policy))).toEqual(["panel.repeated"]);
    expect(codesOf(checkPanelSize(panelOf(7, 1, 8), 5, people, policy))).toEqual(["panel.not-examiner"]);
    expect(codesOf(checkPanelSize(panelOf(7, 1, 99), 5, people, policy))).toEqual(["panel.not-examiner"]);
  });

  test("[R14] a policy that allows even panels asks for no odd number", () => {
    const even = { ...policy, oddPanel: false, minPanel: 1, candidatesPerExaminer: 5 };
    expect(requiredPanel(10, even)).toBe(2);
    expect(checkPanelSize(panelOf(7, 1), 10, people, even).allowed).toBe(true);
  });
});

describe("rooms and committees", () => {
  test.each([
    [1, 2],
    [15, 2],
    [16, 2],
    [30, 2],
    [31, 3],
    [45, 3],
    [46, 4],
  ])("[R16] %i candidates in a room need %i invigilators, and one fewer is refused", (candidates, least) => {
    expect(checkInvigilators(least, candidates, policy).allowed).toBe(true);
    expect(checkInvigilators(least - 1, candidates, policy).findings[0]).toMatchObject({
      code: "panel.invigilators",
      facts: { least },
    });
  });

  const committee = (seniors: number, others = 0) =>
    Array.from({ length: seniors + others }, (_, at) => ({ person: id(at + 1), senior: at < seniors }));

  test("[R17] a review at L3 is not applicable, and none is asked for", () => {
    expect(codesOf(checkReviewCommittee("L3", committee(3), policy))).toEqual([
      "panel.review-not-applicable",
    ]);
    expect(checkReviewCommittee("L3", null, policy)).toEqual({ allowed: true, findings: [] });
  });

  test("[R17] L2 without a review is refused, with three senior members it passes", () => {
    expect(codesOf(checkReviewCommittee("L2", null, policy))).toEqual(["panel.review-missing"]);
    expect(checkReviewCommittee("L1", committee(3), policy).allowed).toBe(true);
  });

  test("[R17] an even committee, a small one and a junior member are refused", () => {
    expect(codesOf(checkReviewCommittee("L2", committee(4), policy))).toEqual(["panel.review-size"]);
    expect(codesOf(checkReviewCommittee("L2", committee(1), policy))).toEqual(["panel.review-size"]);
    expect(codesOf(checkReviewCommittee("L2", committee(2, 1), policy))).toEqual(["panel.review-not-senior"]);
  });
});

describe("the leader", () => {
  test("[R20] one member who may lead, leads", () => {
    expect(codesOf(checkLeader(panelOf(7, 1, 2), people))).toEqual(["panel.leader-named"]);
  });

  test("[R20] no leader, a leader without the role, and two leaders are refused", () => {
    expect(codesOf(checkLeader([], people))).toEqual(["panel.no-leader"]);
    expect(codesOf(checkLeader(panelOf(1, 7), people))).toEqual(["panel.no-leader"]);
    const two = [7, 1].map((no) => ({ person: id(no), leader: true }));
    expect(codesOf(checkLeader(two, people))).toEqual(["panel.leaders"]);
  });
});
