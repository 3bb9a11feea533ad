// More or fewer candidates pass than the record of earlier sittings lets expect. Asked twice: of everybody, both ways, and only whether
// too many pass, of those who are not well above the pass mark. Whoever sells passes lifts marks that would have failed to just above it
// and leaves the good ones alone: failures are missing there while nobody else did better (Dee, Dobbie, Jacob & Rockoff 2019, "The causes
// and consequences of test score manipulation", on marks that their own teachers gave). Better candidates pass more often too, but then
// there are fewer near the mark, and the second question is moved less by them than the first. What would be expected there is taken from
// the record and not from a curve through this sitting's own marks (McCrary 2008), for which thirty candidates are too few.
// Model: each sitting has a pass rate of its own around the record's (beta), because one sitting's candidates are alike and a record is
// itself a sample; so the number that passes is beta-binomial. The chance is twice that of the less likely answer, for two questions.
// Few candidates can hardly be unusual, and then nothing is said. While a sitting is marked it is asked again after every candidate, so
// that only the answer at its close has the stated chance.
import { compare, fraction, groupBy, invariant } from "#shared/base";
import type { Sheet } from "#shared/exam";
import { resultOfSheets } from "../results/standing.ts";
import type { SittingResult } from "../results/passing.ts";
import { betaBinomial } from "./chance.ts";
import { aFlag, type FlagPolicy, type FlagRule } from "./flag.ts";
import { countedOf, signedSheets, type Passes, type PassRecord, type SittingHistory } from "./history.ts";

export const passRate: FlagRule = (history, policy) => {
  const { earlier } = history;
  if (!earlier || earlier.assessed < policy.passRecordLeast) return [];
  const signed = signedSheets(history);
  const sheets = signed.map(({ sheet }) => sheet);
  const { near, ...all } = passesIn(sheets, history, policy);
  const whole = tailsOf(all, earlier, policy);
  const chance = Math.min(
    1,
    2 * Math.min(1, 2 * Math.min(whole.few, whole.many), tailsOf(near, earlier.near, policy).many),
  );
  if (chance * 1_000_000 >= policy.passRateFalseAlarmsPerMillion) return [];
  return [
    aFlag("pass-rate", {
      rule: "R49",
      candidates: [...new Set(sheets.map(({ candidate }) => candidate))],
      entries: signed.map((one) => one.signed.entry),
      chance,
      facts: {
        ...{ passed: all.passed, assessed: all.assessed, recordPercent: percentOf(earlier) },
        ...{ above: policy.nearPassPoints, nearPassed: near.passed, near: near.assessed },
        nearRecordPercent: percentOf(earlier.near),
      },
    }),
  ];
};

/** How likely it is that so few pass or fewer, and so many or more; of a record without anybody nothing is unlikely. */
function tailsOf({ assessed, passed }: Passes, record: Passes, policy: FlagPolicy) {
  if (record.assessed === 0) return { few: 1, many: 1 };
  const each = betaBinomial(assessed, ...weightsOf(record, policy));
  return { few: sum(each.slice(0, passed + 1)), many: sum(each.slice(passed)) };
}

function percentOf({ assessed, passed }: Passes): number {
  return Math.round((100 * passed) / Math.max(1, assessed));
}

/** The beta distribution of a sitting's own rate. */
function weightsOf({ assessed, passed }: Passes, policy: FlagPolicy): [number, number] {
  const rate = (passed + 1) / (assessed + 2);
  const likeness = policy.sittingLikenessPerMille / 1000;
  const weight = 1 / (likeness + (1 - likeness) / (assessed + 1)) - 1;
  return [rate * weight, (1 - rate) * weight];
}

function sum(chances: readonly number[]): number {
  return chances.reduce((all, chance) => all + chance, 0);
}

/** R49: Candidates whose whole panel has signed, and how many of them pass as it stands. */
export function passesIn(
  sheets: readonly Sheet[],
  panel: Pick<SittingHistory, "rubric" | "panel">,
  policy: FlagPolicy,
): PassRecord {
  const results = resultsOf(sheets, panel, policy);
  const enough = fraction(policy.passMark + policy.nearPassPoints);
  const near = results.filter(({ mark }) => {
    invariant(mark, "a panel that has signed has a mark");
    return compare(mark.exact, enough) < 0;
  });
  return { ...countPasses(results), near: countPasses(near) };
}

/** What several sittings came to together. */
export function sumOfPasses(records: readonly PassRecord[]): PassRecord {
  const together = (all: readonly Passes[]): Passes => ({
    assessed: sum(all.map(({ assessed }) => assessed)),
    passed: sum(all.map(({ passed }) => passed)),
  });
  return { ...together(records), near: together(records.map(({ near }) => near)) };
}

function countPasses(results: readonly SittingResult[]): Passes {
  return { assessed: results.length, passed: results.filter(({ outcome }) => outcome === "PASS").length };
}

function resultsOf(
  sheets: readonly Sheet[],
  { rubric, panel }: Pick<SittingHistory, "rubric" | "panel">,
  policy: FlagPolicy,
): SittingResult[] {
  return [...groupBy(sheets, ({ candidate }) => candidate).values()].flatMap((own) => {
    const result = resultOfSheets(
      {
        ...{ sheets: own, rubric, members: panel.length, unmarkedAs: null },
        // A divergence is another flag's; here the mark is asked for as it stands.
        divergenceReason: "settled",
        totalOf: (sheet) => countedOf(sheet).total,
      },
      policy,
    );
    return result ? [result] : [];
  });
}
