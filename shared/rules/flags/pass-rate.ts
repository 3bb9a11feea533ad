// More or fewer candidates pass than the record of earlier sittings lets expect. Model: each sitting has a pass rate of its own
// around the record's (beta), because one sitting's candidates are alike and a record is itself a sample; so the number that
// passes is beta-binomial, and the chance is of both its tails. Few candidates can hardly be unusual, and then nothing is said.
// While a sitting is marked the question is asked again after every candidate, so that only the answer at its close has the stated
// chance.
import { groupBy } from "#shared/base";
import type { Sheet } from "#shared/exam";
import { resultOfSheets } from "../results/standing.ts";
import type { SittingResult } from "../results/passing.ts";
import { betaBinomial } from "./chance.ts";
import { aFlag, type FlagPolicy, type FlagRule } from "./flag.ts";
import { countedOf, signedSheets, type PassRecord, type SittingHistory } from "./history.ts";

export const passRate: FlagRule = (history, policy) => {
  const { earlier } = history;
  if (!earlier || earlier.assessed < policy.passRecordLeast) return [];
  const signed = signedSheets(history);
  const results = resultsOf(
    signed.map(({ sheet }) => sheet),
    history,
    policy,
  );
  const passed = results.filter(isPass).length;
  const each = betaBinomial(results.length, ...weightsOf(earlier, policy));
  const chance = Math.min(1, 2 * Math.min(sum(each.slice(0, passed + 1)), sum(each.slice(passed))));
  if (chance * 1_000_000 >= policy.passRateFalseAlarmsPerMillion) return [];
  return [
    aFlag("pass-rate", {
      rule: "R49",
      candidates: [...new Set(signed.map(({ sheet }) => sheet.candidate))],
      entries: signed.map((one) => one.signed.entry),
      chance,
      facts: {
        ...{ passed, assessed: results.length },
        recordPercent: Math.round((100 * earlier.passed) / earlier.assessed),
      },
    }),
  ];
};

/** The beta distribution of a sitting's own rate. */
function weightsOf({ assessed, passed }: PassRecord, policy: FlagPolicy): [number, number] {
  const rate = (passed + 1) / (assessed + 2);
  const likeness = policy.sittingLikenessPerMille / 1000;
  const weight = 1 / (likeness + (1 - likeness) / (assessed + 1)) - 1;
  return [rate * weight, (1 - rate) * weight];
}

function isPass({ outcome }: SittingResult): boolean {
  return outcome === "PASS";
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
  return { assessed: results.length, passed: results.filter(isPass).length };
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
