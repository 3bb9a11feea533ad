// An examiner is stricter or milder than the rest of the panel, over many candidates. Model: the differences between an
// examiner's totals and the mean of at least two others of the same candidates are normal; the chance is Student's, that so many
// sheets come out so far beyond the difference policy allows although the examiner is at that limit. Few sheets prove nothing:
// below the least number nothing is said, and above it the test itself asks more of fewer. Only the farthest is named, because
// a panel of three is pulled by one.
import { groupBy } from "#shared/base";
import { mean, studentTail } from "./chance.ts";
import { aFlag, isUnlikely, type FlagRule } from "./flag.ts";
import { signedSheets, toPoints, type SittingHistory } from "./history.ts";
import { apartFromOthers } from "../quality/severity.ts";

export const examinerSeverity: FlagRule = (history, policy) => {
  const examiners = [...differencesIn(history)]
    .filter(([, rows]) => rows.length >= policy.severityLeastSheets)
    .map(([person, rows]) => {
      const by = mean(rows.map(({ apart }) => apart));
      const variance = rows.reduce((sum, { apart }) => sum + (apart - by) ** 2, 0) / (rows.length - 1);
      const error = Math.max(Math.sqrt(variance / rows.length), 1e-6);
      const t = (Math.abs(by) - policy.severityPoints) / error;
      return { person, rows, by, tail: t > 0 ? 2 * studentTail(t, rows.length - 1) : 1 };
    })
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const [farthest] = examiners;
  if (!farthest) return [];
  const { person, rows, by, tail } = farthest;
  const chance = Math.min(1, examiners.length * tail);
  if (!isUnlikely(chance, policy)) return [];
  return [
    aFlag("examiner-severity", {
      rule: "R43",
      person,
      candidates: rows.map(({ sheet }) => sheet.candidate),
      sheets: rows.map(({ sheet }) => sheet.id),
      entries: rows.map(({ signed }) => signed.entry),
      chance,
      facts: { points: Math.round(10 * by) / 10, count: rows.length, allowed: policy.severityPoints },
    }),
  ];
};

/** By examiner, every sheet that at least two others signed of the same candidate, as it was signed before anybody's was seen. */
export function differencesIn(history: Pick<SittingHistory, "sheets">) {
  const marks = signedSheets(history).map((one) => ({
    ...one,
    candidate: one.sheet.candidate,
    points: toPoints(one.signed.total),
  }));
  return groupBy(apartFromOthers(marks), ({ sheet }) => sheet.examiner);
}
