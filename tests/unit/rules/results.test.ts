// R35 and R40 to R56, R71, R75, R80: the rulebook's examples, and what holds for every panel.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compare,
  Day,
  fraction,
  fractionToText,
  IdHash,
  PersonId,
  roundHalfUp,
  type Fraction,
} from "#shared/base";
import { DirectionCode, OccupationCode, type PartResult, type ResultEvent, type Sheet } from "#shared/exam";
import {
  areFiguresOf,
  checkAppeal,
  checkTally,
  identityShown,
  isWorkingDay,
  knownCalendars,
  mayAmend,
  mayApprove,
  mayIssue,
  mayLock,
  mayRecheck,
  noticeEnds,
  overallOutcome,
  panelDivergence,
  panelJudgement,
  panelMark,
  partKept,
  partPasses,
  recheckInTime,
  recheckSheets,
  reportingDue,
  resultInForce,
  resultOfSheets,
  sampleRubrics,
  sittingResult,
  twoMarkers,
  weightedMark,
  workingDayAfter,
} from "#shared/rules";
import { property } from "../../support/property.ts";

const policy = {
  passMark: 60,
  decimals: 1,
  passDecidedOn: "ROUNDED" as const,
  trimExtremes: false,
  trimFrom: 5,
  divergencePoints: 10,
  failPartCap: 59,
};
const trimming = { ...policy, trimExtremes: true };
const day = (text: string) => Day.parse(text);
const tenths = (...values: number[]) => values.map((value) => fraction(value, 10));
const d4 = [fraction(214, 3), fraction(70), fraction(147, 2)];
const candidate = { totals: d4, vetoes: [], absence: null, divergenceReason: null, judgements: [] };
const EXAM = {
  occupation: OccupationCode.parse("4-13-03-02"),
  direction: DirectionCode.parse("CERAMIC"),
  level: "L4",
  edition: "2021",
} as const;
const THEORY: PartResult = {
  ...EXAM,
  part: "THEORY",
  on: Day.parse("2025-06-10"),
  mark: fraction(72),
  outcome: "PASS",
};
const codes = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);

test("[R41, D4] a panel with 214/3, 70.0 and 73.5 has 71.6 and passes", () => {
  const result = sittingResult(candidate, policy);
  expect(result.mark?.rounded).toEqual(fraction(716, 10));
  expect(result.outcome).toBe("PASS");
});

test("[R38] a confirmed veto never passes: 59.0, or nothing at all", () => {
  const failed = sittingResult({ ...candidate, vetoes: [{ code: "V1", effect: "FAIL_PART" }] }, policy);
  expect([failed.outcome, failed.mark?.exact]).toEqual(["FAIL", fraction(59)]);
  const out = sittingResult({ ...candidate, vetoes: [{ code: "V2", effect: "DISQUALIFY" }] }, policy);
  expect([out.outcome, out.mark?.exact]).toEqual(["CANCELLED", fraction(0)]);
});

test("[R51] absent and cancelled have no mark", () => {
  for (const absence of ["ABSENT", "CANCELLED"] as const) {
    expect(sittingResult({ ...candidate, absence }, policy)).toMatchObject({ mark: null, outcome: absence });
  }
});

test("[R43] a divergent panel has no outcome before a reason is given", () => {
  const totals = [fraction(58), fraction(72), fraction(66)];
  expect(sittingResult({ ...candidate, totals }, policy).outcome).toBe("DIVERGENT");
  expect(sittingResult({ ...candidate, totals, divergenceReason: "reviewed" }, policy).outcome).toBe("PASS");
  expect(panelDivergence(totals, " ", policy)[0]?.code).toBe("divergence.panel");
});

test("[R44] 59.8, 60.0, 60.1 pass at one decimal and not at two or exactly", () => {
  const { mark } = panelMark(tenths(598, 600, 601), policy);
  expect(partPasses(mark, policy).allowed).toBe(true);
  expect(partPasses(mark, { ...policy, decimals: 2 }).allowed).toBe(false);
  expect(partPasses(mark, { ...policy, passDecidedOn: "EXACT" }).allowed).toBe(false);
  expect(sittingResult({ ...candidate, totals: tenths(599, 599, 600) }, policy).outcome).toBe("FAIL");
});

test("[R35] (2,2,3) is 4.67, (3,3,3) is 6 and (1,2,3) is not taken without judging again", () => {
  const judge = (levels: number[], again = false) =>
    panelJudgement({ no: 1, max: 6 }, levels, again, { judgeSpread: 1 });
  expect(fractionToText(judge([2, 2, 3]).mark)).toBe("4.67");
  expect(judge([3, 3, 3]).mark).toEqual(fraction(6));
  expect(codes(judge([1, 2, 3]))).toEqual(["judgement.judge-again"]);
  expect(codes(judge([1, 2, 3], true))).toEqual(["judgement.spread"]);
});

test("[R40] 80 at 60 % and 70 at 40 % are 76, and weights that are no hundred crash", () => {
  const second = { mark: fraction(70), percent: 40 };
  expect(weightedMark([{ mark: fraction(80), percent: 60 }, second])).toEqual(fraction(76));
  expect(() => weightedMark([second])).toThrow();
});

test("[R42] extremes are dropped from five on and never from three", () => {
  const five = [80, 81, 79, 90, 60].map((mark) => fraction(mark));
  expect(panelMark(five, trimming).mark).toEqual(fraction(80));
  expect(panelMark(five, policy).mark).toEqual(fraction(78));
  expect(codes(panelMark(d4, trimming))).toEqual(["panel-mark.mean"]);
});

test("[R35] figures are those of their sheets only with the very mean and the very spread", () => {
  const totals = [fraction(80), fraction(81), fraction(60)];
  const figures = { mean: fraction(221, 3), spread: fraction(21) };
  expect(areFiguresOf(figures, totals, policy)).toBe(true);
  expect(areFiguresOf({ ...figures, mean: fraction(737, 10) }, totals, policy)).toBe(false);
  expect(areFiguresOf({ ...figures, spread: fraction(20) }, totals, policy)).toBe(false);
});

test("[R43] two markers 8 of 25 apart do not stand without a third", () => {
  const mark = (b: number, third: Fraction | null) =>
    twoMarkers([fraction(20), fraction(b)], third, 25, { thirdMarkerPercent: 30 });
  expect(codes(mark(12, null))).toEqual(["divergence.third-needed"]);
  expect(mark(12, fraction(17)).mark).toEqual(fraction(49, 3));
  expect(mark(13, null).mark).toEqual(fraction(33, 2));
});

test("[R50] a failed or missing part does not pass", () => {
  expect(overallOutcome("L4", { THEORY: "PASS", SKILL: "PASS" }).outcome).toBe("PASS");
  expect(overallOutcome("L4", { THEORY: "PASS", SKILL: "FAIL" }).outcome).toBe("FAIL");
  expect(overallOutcome("L2", { THEORY: "PASS", SKILL: "PASS" }).outcome).toBe("INCOMPLETE");
  expect(overallOutcome("L1", { THEORY: "PASS", SKILL: "PASS", REVIEW: "DIVERGENT" }).outcome).toBe(
    "INCOMPLETE",
  );
});

test("[R52] a passed part is kept twelve months and not a day longer", () => {
  const keep = { keepPartMonths: 12 };
  expect(partKept(THEORY, EXAM, day("2026-06-09"), keep).allowed).toBe(true);
  expect(partKept(THEORY, EXAM, day("2026-06-11"), keep).allowed).toBe(false);
});

test("[R52] what was another exam, was not passed, or is kept nowhere is sat again, never kept", () => {
  const keep = { keepPartMonths: 12 };
  const on = day("2026-06-09");
  expect(codes(partKept(THEORY, { ...EXAM, edition: "2026" }, on, keep))).toEqual(["kept-part.other-exam"]);
  expect(codes(partKept(THEORY, { ...EXAM, level: "L3" }, on, keep))).toEqual(["kept-part.other-exam"]);
  expect(codes(partKept({ ...THEORY, outcome: "FAIL" }, EXAM, on, keep))).toEqual(["kept-part.not-passed"]);
  expect(codes(partKept(THEORY, EXAM, on, { keepPartMonths: 0 }))).toEqual(["kept-part.off"]);
});

test("[R53, R54, R71] notice and recheck end on the rulebook's days, and no later", () => {
  const years = knownCalendars();
  const ten = { recheckWorkingDays: 10 };
  expect(noticeEnds(day("2026-03-02"), years, { noticeWorkingDays: 5 }).day).toBe("2026-03-06");
  expect(workingDayAfter(day("2026-03-02"), 10, years)).toEqual({ day: "2026-03-16", provisional: false });
  expect(recheckInTime(day("2026-03-30"), day("2026-04-14"), years, ten).allowed).toBe(true);
  expect(recheckInTime(day("2026-03-30"), day("2026-04-15"), years, ten).allowed).toBe(false);
  expect(workingDayAfter(day("2026-12-30"), 5, years).provisional).toBe(true);
});

test("[R75] a report five working days after the assessment is due on 13 March, and warned about, not blocked", () => {
  const step = { step: "report", assessor: "SOCIAL_ORG", after: "ASSESSMENT_ENDED", workingDays: 5 } as const;
  const event = { kind: "ASSESSMENT_ENDED", on: day("2026-03-06"), assessor: "SOCIAL_ORG" } as const;
  const on = (today: string) => reportingDue(event, day(today), knownCalendars(), { reportingSteps: [step] });
  expect(on("2026-03-13").findings[0]).toMatchObject({ severity: "info", facts: { due: "2026-03-13" } });
  expect(on("2026-03-14").findings[0]?.severity).toBe("warn");
});

test("[R44] a million random panels round as the rational reference (property, 1000000 runs)", () => {
  let seed = 20260302;
  const next = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let run = 0; run < 1_000_000; run++) {
    const sixths = [next(601), next(601), next(601)];
    const { mark } = panelMark(
      sixths.map((n) => fraction(n, 6)),
      policy,
    );
    const reference = (2n * 10n * BigInt(sixths.reduce((a, b) => a + b, 0)) + 18n) / 36n;
    const rounded = roundHalfUp(mark, 1);
    if (BigInt(rounded) !== reference) expect(rounded, sixths.join()).toBe(Number(reference));
    if (partPasses(mark, policy).allowed !== reference >= 600n) expect.fail(sixths.join());
  }
});

const p = (no: number) => PersonId.parse(`p-${no}`);

test("[R45] a marker sees no identity before all sheets are locked, unless the work is watched live", () => {
  expect(codes(identityShown(false, false))).toEqual(["identity.blind"]);
  expect(identityShown(false, true).allowed).toBe(true);
  expect(identityShown(true, false).allowed).toBe(true);
});

test("[R46] a leader does not change a member's mark, and the author not without a reason", () => {
  const asked = {
    author: p(1),
    by: p(1),
    reason: "看错刻度",
    status: "DRAFT",
    countersignedBy: null,
  } as const;
  expect(codes(mayAmend(asked))).toEqual(["amendment.own-entry"]);
  expect(codes(mayAmend({ ...asked, by: p(2) }))).toEqual(["amendment.not-author"]);
  expect(codes(mayAmend({ ...asked, reason: " " }))).toEqual(["amendment.own-entry"]);
});

test("[R46, R47] after signing a second person countersigns, and after the lock nobody changes anything", () => {
  const asked = {
    author: p(1),
    by: p(1),
    reason: "转抄错误",
    status: "SIGNED",
    countersignedBy: p(2),
  } as const;
  expect(mayAmend(asked).allowed).toBe(true);
  for (const countersignedBy of [null, p(1)]) {
    expect(codes(mayAmend({ ...asked, countersignedBy }))).toEqual(["amendment.no-countersignature"]);
  }
  expect(codes(mayAmend({ ...asked, reason: " " }))).toEqual(["amendment.no-reason"]);
  expect(codes(mayAmend({ ...asked, status: "LOCKED" }))).toEqual(["amendment.locked"]);
});

test("[R47] sheets lock when all have signed and the leader closes, never before", () => {
  expect(codes(mayLock([p(1), p(2)], [p(2), p(1)], p(1), p(1)))).toEqual(["lock.all-signed"]);
  expect(codes(mayLock([p(1), p(2)], [p(1)], p(1), p(2)))).toEqual(["lock.unsigned", "lock.not-leader"]);
});

test("[R48] two people outside the panel tally the same total, and nothing less is taken", () => {
  const same = { recomputed: fraction(214, 3), stored: fraction(428, 6) };
  const tally = { clerk: p(8), checker: p(9), panel: [p(1)], sheets: [same, same] };
  const two = { twoPersonTally: true };
  expect(codes(checkTally(tally, two))).toEqual(["tally.agrees"]);
  expect(codes(checkTally({ ...tally, checker: null }, two))).toEqual(["tally.no-checker"]);
  expect(checkTally({ ...tally, checker: null }, { twoPersonTally: false }).allowed).toBe(true);
  expect(codes(checkTally({ ...tally, checker: p(8) }, two))).toEqual(["tally.same-person"]);
  expect(codes(checkTally({ ...tally, clerk: p(1) }, two))).toEqual(["tally.panel-member"]);
});

test("[R48] a total that was not computed right is refused, and so is a tally nobody signed", () => {
  const wrong = { recomputed: fraction(214, 3), stored: fraction(71) };
  const none = { clerk: null, checker: null, panel: [p(1)], sheets: [wrong] };
  expect(codes(checkTally(none, { twoPersonTally: true }))).toEqual([
    "tally.no-clerk",
    "tally.no-checker",
    "tally.total-differs",
  ]);
  expect(codes(checkTally(none, { twoPersonTally: false }))).toEqual(["tally.total-differs"]);
});

test("[R53] no certificate before the notice is over, and an objection stops one person only", () => {
  const [one, other] = ["1", "2"].map((digit) => IdHash.parse(digit.repeat(32)));
  const issue = (on: string, who = one!) =>
    mayIssue({ candidate: who, on: day(on) }, day("2026-03-06"), [other!]);
  expect(codes(issue("2026-03-06"))).toEqual(["notice.running"]);
  expect(codes(issue("2026-03-09"))).toEqual(["notice.over"]);
  expect(codes(issue("2026-03-09", other))).toEqual(["notice.objection"]);
});

test("[R55] markers, talliers and one person twice do not recheck", () => {
  expect(codes(mayRecheck([p(5), p(6)], [p(1)], [p(2)]))).toEqual(["recheck.independent"]);
  expect(codes(mayRecheck([p(1), p(2)], [p(1)], [p(2)]))).toEqual(["recheck.involved", "recheck.involved"]);
  expect(codes(mayRecheck([p(5), p(5)], [p(1)], [p(2)]))).toEqual(["recheck.same-person"]);
});

test("[R80] who examined, trained or tallied does not approve the results", () => {
  const batch = { examiners: [p(1)], trainers: [p(2)], talliers: [p(3)] };
  expect(codes(mayApprove(p(4), batch))).toEqual(["approval.independent"]);
  expect([1, 2, 3].map((no) => codes(mayApprove(p(no), batch))[0])).toEqual([
    "approval.among-examiners",
    "approval.among-trainers",
    "approval.among-talliers",
  ]);
});

const aMark = fc.integer({ min: 0, max: 600 }).map((n) => fraction(n, 6));

property(
  "[R41] the mean of equal sheets is the sheet",
  1000,
  [aMark, fc.integer({ min: 1, max: 15 })],
  (mark, n) => {
    expect(
      panelMark(
        Array.from({ length: n }, () => mark),
        trimming,
      ).mark,
    ).toEqual(mark);
  },
);

property(
  "[R42] a trimmed mean lies between lowest and highest",
  1000,
  [fc.array(aMark, { minLength: 5, maxLength: 9 })],
  (marks) => {
    const { mark } = panelMark(marks, trimming);
    const sorted = [...marks].sort(compare);
    expect(compare(sorted[0] ?? mark, mark)).toBeLessThanOrEqual(0);
    expect(compare(mark, sorted.at(-1) ?? mark)).toBeLessThanOrEqual(0);
  },
);

property(
  "[R71] a deadline never falls on a day off",
  1000,
  [fc.integer({ min: 0, max: 364 }), fc.integer({ min: 1, max: 40 })],
  (at, n) => {
    const from = day(new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10));
    expect(isWorkingDay(workingDayAfter(from, n, knownCalendars()).day, knownCalendars())).toBe(true);
  },
);

test("[R49] a mark a tenth below sixty does not pass", () => {
  expect(codes(partPasses(fraction(599, 10), policy))).toEqual(["part.below-pass"]);
  expect(codes(partPasses(fraction(60), policy))).toEqual(["part.passed"]);
});

test("[R50] ninety-five in theory does not make up for a skill part below the pass mark", () => {
  const { outcome, findings } = overallOutcome("L4", { THEORY: "PASS", SKILL: "FAIL" });
  expect(outcome).toBe("FAIL");
  expect(findings.map(({ code, facts }) => [code, facts["part"]])).toEqual([
    ["overall.part-failed", "SKILL"],
  ]);
});

test("[R41] no sheet is left out of the panel's mark, however far it lies from the others", () => {
  const { mark, findings } = panelMark([fraction(90), fraction(80), fraction(40)], policy);
  expect(mark).toEqual(fraction(70));
  expect(findings.map(({ code }) => code)).toEqual(["panel-mark.mean"]);
});

test("[R40] weights that do not make up one hundred percent are refused", () => {
  expect(() => weightedMark([{ mark: fraction(80), percent: 60 }])).toThrow(/100/);
  expect(weightedMark([{ mark: fraction(80), percent: 100 }])).toEqual(fraction(80));
});

test("[R45] names are not shown to a blind panel while a sheet is open", () => {
  expect(codes(identityShown(false, false))).toEqual(["identity.blind"]);
  expect(codes(identityShown(false, true))).toEqual(["identity.all-locked"]);
});

test("[R54] a recheck asked for a day late is refused, and an unknown year makes the last day provisional", () => {
  const ten = { recheckWorkingDays: 10 };
  const asked = (published: string, submitted: string) =>
    codes(recheckInTime(day(published), day(submitted), knownCalendars(), ten));
  expect(asked("2026-03-02", "2026-03-16")).toEqual(["recheck.in-time"]);
  expect(asked("2026-03-02", "2026-03-17")).toEqual(["recheck.too-late"]);
  expect(asked("2031-03-03", "2031-03-04")).toEqual(["recheck.in-time", "calendar.provisional"]);
});

test("[R75] a deadline in a year without a holiday table is told as provisional, not as certain", () => {
  const steps = { step: "report", assessor: "ANY", after: "ASSESSMENT_ENDED", workingDays: 5 } as const;
  const ended = { kind: "ASSESSMENT_ENDED", on: day("2031-03-03"), assessor: "SOCIAL_ORG" } as const;
  expect(codes(reportingDue(ended, day("2031-03-04"), [], { reportingSteps: [steps] }))).toEqual([
    "reporting.due",
    "calendar.provisional",
  ]);
});

test("[R55] a recheck finds missing sheets, unmarked items and wrong sums, and never judges again", () => {
  const right = { examiner: p(1), unmarked: 0, recomputed: fraction(58), stored: fraction(58) };
  expect(codes(recheckSheets([p(1)], [right]))).toEqual(["recheck.upheld"]);
  expect(codes(recheckSheets([p(1), p(2)], [right]))).toEqual(["recheck.sheet-missing"]);
  expect(codes(recheckSheets([p(1)], [{ ...right, unmarked: 1 }]))).toEqual(["recheck.item-unmarked"]);
  const added = recheckSheets([p(1)], [{ ...right, recomputed: fraction(61) }]);
  expect(codes(added)).toEqual(["recheck.total-corrected"]);
  expect(added.allowed).toBe(true);
});

test("[R56] a correction stands, and what was published is not overwritten", () => {
  const published: ResultEvent = { kind: "published", mark: fraction(58), outcome: "FAIL" };
  const recheck = { submittedOn: day("2026-03-10"), checkers: [p(5), p(6)] as [PersonId, PersonId] };
  const corrected: ResultEvent = {
    kind: "rechecked",
    ...recheck,
    finding: "CORRECTED",
    mark: fraction(61),
    outcome: "PASS",
  };
  expect(resultInForce([published])).toEqual({ inForce: published, replaced: [] });
  expect(resultInForce([published, corrected])).toEqual({ inForce: corrected, replaced: [published] });
  const upheld: ResultEvent = { ...corrected, finding: "UPHELD", mark: fraction(58), outcome: "FAIL" };
  expect(resultInForce([published, upheld])).toEqual({ inForce: upheld, replaced: [] });
  const absent: ResultEvent = { kind: "published", mark: null, outcome: "ABSENT" };
  expect(resultInForce([absent, { ...upheld, mark: null, outcome: "ABSENT" }]).replaced).toEqual([]);
  expect(() => resultInForce([])).toThrow(/publication/);
});

test("[R56] an appeal goes to the HR authority after the notification, not before it and not to the institution", () => {
  const appeal = {
    mark: null,
    outcome: "FAIL",
    notifiedOn: day("2026-03-20"),
    submittedOn: day("2026-03-21"),
    addressee: "HR_AUTHORITY",
    document: "申诉-1",
  } as const;
  expect(codes(checkAppeal(appeal))).toEqual(["appeal.to-authority"]);
  expect(codes(checkAppeal({ ...appeal, submittedOn: day("2026-03-19") }))).toEqual(["appeal.before-notice"]);
  expect(codes(checkAppeal({ ...appeal, addressee: "INSTITUTION" }))).toEqual(["appeal.wrong-addressee"]);
});

test("[R41] a panel has no result while a sheet is missing, and an absent candidate has no mark", () => {
  const [rubric] = sampleRubrics();
  if (!rubric) throw new Error("no sample rubric");
  const judge = rubric.items.find((item) => item.kind === "JUDGE");
  if (!judge) throw new Error("no judgement item");
  const sheet = (level: 1 | 3, vetoes: Sheet["vetoes"] = []) =>
    ({
      items: { [String(judge.no)]: { kind: "JUDGE", level } },
      vetoes,
      signature: { total: fraction(70) },
    }) as unknown as Sheet;
  const panel = {
    ...{ rubric, members: 2, unmarkedAs: null, divergenceReason: null },
    totalOf: () => fraction(70),
  };
  const all = { ...policy, judgeSpread: 1 };
  expect(resultOfSheets({ ...panel, sheets: [sheet(3)] }, all)).toBeNull();
  expect(resultOfSheets({ ...panel, sheets: [], unmarkedAs: "ABSENT" }, all)?.outcome).toBe("ABSENT");
  expect(resultOfSheets({ ...panel, sheets: [sheet(3)], unmarkedAs: "CANCELLED" }, all)).toMatchObject({
    outcome: "CANCELLED",
    mark: null,
  });
  const apart = { ...panel, sheets: [sheet(3), sheet(1)] };
  expect(resultOfSheets(apart, all)?.outcome).toBe("DIVERGENT");
  const spread = resultOfSheets({ ...apart, divergenceReason: "已合看" }, all);
  expect(spread?.outcome).toBe("PASS");
  expect(spread?.findings.map(({ code }) => code)).toContain("judgement.spread");
  const [veto] = rubric.vetoes;
  const vetoed = resultOfSheets({ ...panel, sheets: [sheet(3), sheet(3, [veto!.code])] }, all);
  expect(vetoed?.outcome).toBe("FAIL");
  const blank = { items: {}, vetoes: [], signature: { total: fraction(70) } } as unknown as Sheet;
  expect(resultOfSheets({ ...panel, sheets: [blank, blank] }, all)?.outcome).toBe("PASS");
});
