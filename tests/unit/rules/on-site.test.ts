// Supervision on site (R23): who may sign for a visit, and what is still missing of its checklist.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Day, PersonId } from "#shared/base";
import { NO_NOTES, VisitAnswerKind, VisitReport, type Decision, type VisitNotes } from "#shared/exam";
import { checklistNamed, lackingOf, mayVisit, onSiteChecklist, type VisitorAsked } from "#shared/rules";
import { property } from "../../support/property.ts";
import { aVisitReport } from "../../support/wire-builders.ts";

const [SUPERVISOR, LEADER, TRAINER] = ["s-1", "l-1", "t-1"].map((id) => PersonId.parse(id)) as [
  PersonId,
  PersonId,
  PersonId,
];
const POLICY = { everyExamSupervised: true };
const card = (validTo = "2027-11-22") => ({
  ...{ person: SUPERVISOR, kind: "INTERNAL" as const },
  ...{ validFrom: Day.parse("2024-11-23"), validTo: Day.parse(validTo) },
});
const asked = (over: Partial<VisitorAsked> = {}): VisitorAsked => ({
  ...{ person: SUPERVISOR, isSupervisor: true, day: Day.parse("2026-11-23") },
  ...{ panel: [LEADER], trainers: [TRAINER], talliers: [], cards: [card()] },
  ...over,
});
const codesOf = ({ findings }: Decision) => findings.map(({ code }) => code);

describe("[R23] a visit", () => {
  test("is signed by a supervisor within term with no other part in the sitting", () => {
    const decision = mayVisit(asked(), POLICY);
    expect([decision.allowed, codesOf(decision)]).toEqual([true, ["visit.independent"]]);
  });

  test.each<[string, Partial<VisitorAsked>, string[]]>([
    ["is no supervisor", { isSupervisor: false }, ["review.not-supervisor"]],
    ["sits on the panel", { panel: [LEADER, SUPERVISOR] }, ["supervision.on-panel"]],
    ["taught here", { trainers: [SUPERVISOR] }, ["supervision.trainer"]],
    ["tallied here", { talliers: [SUPERVISOR] }, ["visit.tallied"]],
    ["is out of term", { cards: [card("2026-11-22")] }, ["supervision.term"]],
    ["has no card", { cards: [] }, ["supervision.term"]],
    [
      "has two reasons against them",
      { cards: [], talliers: [SUPERVISOR] },
      ["supervision.term", "visit.tallied"],
    ],
  ])("is not signed by somebody who %s", (_, over, codes) => {
    const decision = mayVisit(asked(over), POLICY);
    expect([decision.allowed, codesOf(decision)]).toEqual([false, codes]);
  });
});

describe("the checklist", () => {
  const checklist = onSiteChecklist();

  test("has every item once, in both languages and with its source", () => {
    const codes = checklist.items.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { text, hint, source } of checklist.items) {
      expect([text.zh, hint.zh].every((words) => /\p{Script=Han}/u.test(words))).toBe(true);
      expect([text.en, hint.en].some((words) => /\p{Script=Han}/u.test(words))).toBe(false);
      expect(source).toMatch(/[RS]\d|4\.\d|Part D/);
    }
  });

  test("is known by its name, and no other list stands in for one that is not here", () => {
    expect([checklistNamed(checklist.id), checklistNamed("on-site-99")]).toEqual([checklist, null]);
  });

  test("[R23] lacks its first item without an answer, then the words of the first no", () => {
    const [first, second] = checklist.items.map(({ code }) => code);
    if (first === undefined || second === undefined) throw new Error("two items");
    expect(lackingOf(NO_NOTES, checklist)).toEqual({ item: first, lacks: "answer" });
    const all = Object.fromEntries(
      checklist.items.map(({ code }) => [code, { answer: "yes" as const, words: "" }]),
    );
    expect(lackingOf({ answers: all }, checklist)).toBeNull();
    const no = { ...all, [second]: { answer: "no" as const, words: " " } };
    expect(lackingOf({ answers: no }, checklist)).toEqual({ item: second, lacks: "words" });
    expect(
      lackingOf({ answers: { ...no, [second]: { answer: "no", words: "缺一人" } } }, checklist),
    ).toBeNull();
  });

  property(
    "[R23] what lacks nothing can be signed, and nothing else can",
    300,
    [
      fc.array(
        fc.record({
          answer: fc.constantFrom(...VisitAnswerKind.options, null),
          words: fc.constantFrom("", " ", "缺灭火器"),
        }),
        { minLength: checklist.items.length, maxLength: checklist.items.length },
      ),
    ],
    (given) => {
      const answers: VisitNotes["answers"] = {};
      for (const [at, { code }] of checklist.items.entries()) {
        const one = given[at];
        if (one && one.answer !== null) answers[code] = { answer: one.answer, words: one.words };
      }
      const listed = checklist.items.flatMap(({ code: item }) => {
        const one = answers[item];
        return one ? [{ item, answer: one.answer, words: one.words }] : [];
      });
      const isReport = VisitReport.safeParse(aVisitReport({ answers: listed })).success;
      const isWhole = listed.length === checklist.items.length && isReport;
      expect(lackingOf({ answers }, checklist) === null).toBe(isWhole);
    },
  );

  test("a room that does not add up, and an item answered twice, are no report", () => {
    const report = aVisitReport();
    const [first] = report.answers;
    if (!first) throw new Error("an answer");
    expect(VisitReport.safeParse(report).success).toBe(true);
    expect(VisitReport.safeParse({ ...report, room: { ...report.room, absent: 1 } }).success).toBe(false);
    expect(VisitReport.safeParse({ ...report, answers: [...report.answers, first] }).success).toBe(false);
  });
});
