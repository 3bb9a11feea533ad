// A candidate's sheets were whole, and then marks moved in one direction before they were signed. Model: items change after a sheet
// is whole at a rate that policy names (Poisson), each by so many points up or down (normal around nothing): the points by which a
// candidate's sheets moved in all are compound Poisson. What several examiners changed of one candidate adds up. Whoever reads the
// work twice moves marks both ways, and little.
import { groupBy, invariant } from "#shared/base";
import { rubricItem, type ItemInput, type Rubric } from "#shared/exam";
import { scoreItem } from "../marking/scoring.ts";
import { compoundPoissonTail } from "./chance.ts";
import { aFlag, isUnlikely, type FlagRule } from "./flag.ts";
import {
  marksBeforeSigning,
  signedSheets,
  soleOf,
  toPoints,
  type MarkAct,
  type SignedSheet,
} from "./history.ts";

export const lateChanges: FlagRule = (history, policy) => {
  const candidates = groupBy(signedSheets(history), ({ sheet }) => sheet.candidate);
  return [...candidates].flatMap(([candidate, sheets]) => {
    const changed = sheets.map((one) => ({ ...one, changes: changesSinceWhole(one, history.rubric) }));
    const changes = changed.flatMap((one) => one.changes);
    const points = changes.reduce((sum, { by }) => sum + by, 0);
    const rate = (sheets.length * policy.laterChangesPerHundredSheets) / 100;
    const chance = Math.min(
      1,
      candidates.size * compoundPoissonTail(Math.abs(points), rate, policy.laterChangeTenths / 10),
    );
    if (changes.length < policy.laterChangesLeast || !isUnlikely(chance, policy)) return [];
    const touched = changed.filter((one) => one.changes.length > 0);
    return [
      aFlag("late-changes", {
        rule: "R46",
        person: soleOf(touched.map(({ sheet }) => sheet.examiner)),
        candidates: [candidate],
        sheets: touched.map(({ sheet }) => sheet.id),
        entries: changes.flatMap(({ entries }) => entries),
        chance,
        facts: { count: changes.length, points: Math.round(10 * points) / 10 },
      }),
    ];
  });
};

interface Change {
  readonly entries: readonly number[];
  /** Points. */
  readonly by: number;
}

/** Items whose mark is another one at the signature than when every item had one for the first time. */
function changesSinceWhole(one: SignedSheet, rubric: Rubric): Change[] {
  const acts = marksBeforeSigning(one);
  const marks = new Map<number, number>();
  let whole: { readonly entry: number; readonly marks: ReadonlyMap<number, number> } | null = null;
  for (const { entry, item, input } of acts) {
    const points = pointsOf(item, input, rubric);
    if (points === null) marks.delete(item);
    else marks.set(item, points);
    if (!whole && marks.size === rubric.items.length) whole = { entry, marks: new Map(marks) };
  }
  if (!whole) return [];
  const { entry: since, marks: before } = whole;
  return [...marks].flatMap(([no, points]) => {
    // Nothing is signed before it is whole, so every item had a mark.
    const by = points - (before.get(no) as number);
    return by === 0 ? [] : [{ by, entries: entriesOf(no, acts, since) }];
  });
}

function entriesOf(no: number, acts: readonly MarkAct[], since: number): number[] {
  return acts.filter(({ item, entry }) => item === no && entry > since).map(({ entry }) => entry);
}

function pointsOf(no: number, input: ItemInput | null, rubric: Rubric): number | null {
  const item = rubricItem(rubric, no);
  invariant(item, `item ${no} is in the rubric`);
  const steps = scoreItem(item, input ?? undefined);
  return steps === null ? null : toPoints(steps) * toPoints(rubric.step);
}
