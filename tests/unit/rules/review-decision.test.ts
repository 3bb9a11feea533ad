// Who decides about what a panel signed, who signs second, and what follows (R23, R46, R76).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, PersonId } from "#shared/base";
import { ReviewDecision, type Decision } from "#shared/exam";
import {
  checkReviewers,
  mayRemark,
  mayReview,
  needsSecond,
  reviewEffect,
  type ReviewAsked,
} from "#shared/rules";
import { property } from "../../support/property.ts";

const id = (name: string) => PersonId.parse(name);
const [SUPERVISOR, OTHER, LEADER, MARKER, TRAINER] = ["s-1", "s-2", "l-1", "e-1", "t-1"].map(id) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const day = Day.parse("2026-11-23");
const card = (person: PersonId, validTo = "2027-11-22") => ({
  ...{ person, kind: "INTERNAL" as const },
  ...{ validFrom: Day.parse("2024-11-23"), validTo: Day.parse(validTo) },
});
const POLICY = { everyExamSupervised: true };

const asked = (over: Partial<ReviewAsked> = {}): ReviewAsked => ({
  ...{
    decision: "confirm",
    replaced: null,
    isContradicted: false,
    by: SUPERVISOR,
    second: null,
    isSupervisor: true,
  },
  ...{ panel: [LEADER, MARKER], examiners: [MARKER], trainers: [TRAINER], talliers: [] },
  ...{ reason: "看过录像", question: null, day, cards: [card(SUPERVISOR), card(OTHER)] },
  ...over,
});
const blocks = ({ findings }: Decision) =>
  findings.filter(({ severity }) => severity === "block").map(({ code }) => code);
const said = (over: Partial<ReviewAsked> = {}) => blocks(mayReview(asked(over), POLICY));
const byLeader = { person: LEADER, office: "panelLeader" as const };
const bySupervisor = { person: OTHER, office: "supervisor" as const };

describe("[R23] who decides", () => {
  test("a supervisor within term with no other part in the sitting may confirm alone", () => {
    const decision = mayReview(asked(), POLICY);
    expect([decision.allowed, decision.findings.map(({ code }) => code)]).toEqual([
      true,
      ["review.independent"],
    ]);
  });

  test.each<[string, Partial<ReviewAsked>, string[]]>([
    ["is no supervisor", { isSupervisor: false }, ["review.not-supervisor"]],
    ["sits on the panel", { panel: [SUPERVISOR, MARKER] }, ["review.on-panel"]],
    ["taught here", { trainers: [SUPERVISOR] }, ["supervision.trainer"]],
    ["tallied here", { talliers: [SUPERVISOR] }, ["review.tallied"]],
    ["is out of term", { cards: [card(SUPERVISOR, "2026-11-22")] }, ["supervision.term"]],
    ["has no card", { cards: [] }, ["supervision.term"]],
    ["gives no reason", { reason: " " }, ["review.no-reason"]],
    ["returns without a question", { decision: "return" }, ["review.no-question"]],
    ["returns with a blank one", { decision: "return", question: " " }, ["review.no-question"]],
  ])("nobody who %s", (_, over, codes) => {
    expect(said(over)).toEqual(codes);
  });

  test("a question is needed for what is returned, and allowed for everything else", () => {
    expect(said({ decision: "return", question: "第三项？" })).toEqual([]);
    expect(said({ question: "第三项？" })).toEqual([]);
  });
});

describe("[R46] [R76] who signs second", () => {
  test("void and re-mark need a second signature, and so does whatever takes their place", () => {
    for (const decision of ReviewDecision.options)
      for (const replaced of [null, ...ReviewDecision.options]) {
        const weighs = (one: string | null) => one === "void" || one === "re-mark";
        const isWeighty = weighs(decision) || weighs(replaced);
        expect(needsSecond(decision, replaced, false)).toBe(isWeighty);
        // R51: Sheets of somebody who is said to have left stand on the word of two alone.
        const settles = decision === "confirm" || replaced === "confirm";
        expect(needsSecond(decision, replaced, true)).toBe(isWeighty || settles);
      }
    expect(said({ decision: "void" })).toEqual(["review.second-missing"]);
    expect(said({ decision: "re-mark" })).toEqual(["review.second-missing"]);
    expect(said({ replaced: "void" })).toEqual(["review.second-missing"]);
    expect(said({ decision: "escalate" })).toEqual([]);
    expect(said({ isContradicted: true })).toEqual(["review.second-missing"]);
    expect(said({ isContradicted: true, second: byLeader })).toEqual([]);
  });

  test("a leader who did not mark what is looked at, or another supervisor, may", () => {
    expect(said({ decision: "void", second: byLeader })).toEqual([]);
    expect(said({ decision: "void", second: bySupervisor })).toEqual([]);
  });

  test.each<[string, Partial<ReviewAsked>, string[]]>([
    [
      "an examiner of it, leader or not",
      { examiners: [MARKER, LEADER], second: byLeader },
      ["review.second-examiner"],
    ],
    ["who decides", { second: { person: SUPERVISOR, office: "supervisor" } }, ["review.second-same"]],
    ["who holds no office", { second: { person: TRAINER, office: null } }, ["review.second-no-office"]],
    ["a supervisor of the panel", { panel: [OTHER, MARKER], second: bySupervisor }, ["review.on-panel"]],
    ["a supervisor who taught", { trainers: [OTHER], second: bySupervisor }, ["supervision.trainer"]],
    ["a supervisor who tallied", { talliers: [OTHER], second: bySupervisor }, ["review.tallied"]],
    ["a supervisor out of term", { cards: [card(SUPERVISOR)], second: bySupervisor }, ["supervision.term"]],
  ])("never %s", (_, over, codes) => {
    expect(said({ decision: "void", ...over })).toEqual(codes);
  });

  const person = fc.constantFrom(SUPERVISOR, OTHER, LEADER, MARKER, TRAINER);
  const office = fc.constantFrom("panelLeader" as const, "supervisor" as const, null);
  const decided = fc.constantFrom(...ReviewDecision.options);
  property(
    "[R46] however people and offices fall, nothing weighty is allowed to one person or to whoever marked it",
    500,
    [
      fc.record({
        ...{ decision: decided, replaced: fc.option(decided, { nil: null }), by: person },
        second: fc.option(fc.record({ person, office }), { nil: null }),
        isContradicted: fc.boolean(),
        panel: fc.subarray([SUPERVISOR, OTHER, LEADER, MARKER]),
        examiners: fc.subarray([SUPERVISOR, OTHER, LEADER, MARKER]),
      }),
    ],
    (one) => {
      if (!checkReviewers(one).allowed) return;
      expect(one.panel).not.toContain(one.by);
      if (needsSecond(one.decision, one.replaced, one.isContradicted)) expect(one.second).not.toBeNull();
      if (!one.second) return;
      expect(one.second.person).not.toBe(one.by);
      expect(one.examiners).not.toContain(one.second.person);
      expect(one.second.office).not.toBeNull();
    },
  );
});

describe("[R76] what follows", () => {
  test("only what is void or marked again takes a result away, and only what is confirmed is closed", () => {
    const effects = ReviewDecision.options.map((one) => [one, reviewEffect(one)] as const);
    expect(effects.filter(([, { withholds }]) => withholds).map(([one]) => one)).toEqual(["re-mark", "void"]);
    expect(effects.map(([one, { next }]) => [one, next])).toEqual([
      ["confirm", null],
      ["return", "examiner"],
      ["re-mark", "panel"],
      ["void", "panel"],
      ["escalate", "operator"],
    ]);
  });

  test("nobody of the former panel, no trainer and no reviewer marks again; another examiner may", () => {
    const former = { panel: [LEADER, MARKER], trainers: [TRAINER], reviewers: [SUPERVISOR] };
    const remark = (person: PersonId, roles: ("examiner" | "supervisor")[] = ["examiner"]) =>
      mayRemark({ id: person, roles }, former).findings.map(({ code }) => code);
    expect(remark(id("e-9"))).toEqual(["re-mark.another-panel"]);
    expect(remark(id("e-9"), ["supervisor"])).toEqual(["re-mark.not-examiner"]);
    expect(remark(MARKER)).toEqual(["re-mark.former-panel"]);
    expect(remark(TRAINER)).toEqual(["re-mark.trainer"]);
    expect(remark(SUPERVISOR)).toEqual(["re-mark.reviewer"]);
  });
});
