// What supervisors decided, for the operator's page: each decision with what it is worth now. A decision stands while nothing
// follows it and what it speaks of still counts as it did, or when it took a result away.
import { groupBy } from "#shared/base";
import { reviewEffect, standingReview } from "#shared/rules";
import { isOfSubject } from "#shared/wire";
import { countedSittings } from "../acceptance/counted.ts";
import { basisOfCounted, inOrder, wasCounted, type CountedSitting } from "../acceptance/judge.ts";
import type { Index } from "../store/index-of-journal.ts";
import {
  LINES,
  type ContradictionRow,
  type DecisionRow,
  type Listed,
  type PanelRow,
} from "../store/operator-queries.ts";

export interface Decided extends DecisionRow {
  readonly state: "stands" | "superseded" | "outdated" | "answered";
}

export interface Decisions {
  readonly all: Listed<Decided>;
  /** Those that stand and are left to whoever runs the registry. */
  readonly escalated: readonly Decided[];
}

export async function gatherDecisions(index: Index): Promise<Decisions> {
  const listed = await index.decisions();
  const escalated = await thinned(
    (after) => index.escalations(after),
    async (rows) => (await decidedIn(rows, index)).filter(({ state }) => state === "stands"),
  );
  return { all: { ...listed, rows: await decidedIn(listed.rows, index) }, escalated: escalated.rows };
}

/** What each is worth now, in the order in which they are listed. */
async function decidedIn(rows: readonly DecisionRow[], index: Index): Promise<Decided[]> {
  const countedOf = await countedFor(rows, index);
  return rows.map((row) => {
    const sitting = countedOf(row);
    const basis = sitting && basisOfCounted(row.sitting, row.subject, sitting);
    const taken = inOrder(sitting?.reviews ?? []);
    const now = { ...row, basis: basis ?? row.basis };
    const isStanding = standingReview(taken, now)?.hash === row.hash;
    const isReturned = reviewEffect(row.decision).next === "examiner";
    const isAnswered =
      isReturned && sitting !== undefined && wasCounted({ ...row, exam: { id: row.sitting } }, sitting);
    const since = isAnswered ? "answered" : basis !== row.basis ? "outdated" : "superseded";
    return { ...row, state: isStanding ? "stands" : since };
  });
}

/** Who is said to have left and was marked by the whole panel, as long as no two people have said which of it stands (R51). */
export function gatherContradictions(index: Index): Promise<Listed<ContradictionRow>> {
  return thinned(
    (after) => index.contradictions(after),
    async (rows) => {
      const countedOf = await countedFor(rows, index);
      return rows.filter((row) => isUnsaid(row, countedOf(row)));
    },
  );
}

function isUnsaid({ sitting, candidate }: ContradictionRow, of: CountedSitting | undefined): boolean {
  const subject = { kind: "candidate", candidate } as const;
  const basis = of && basisOfCounted(sitting, subject, of);
  if (!of || basis === undefined) return false;
  const standing = standingReview(inOrder(of.reviews), { sitting, subject, basis });
  const isConfirmed = standing?.decision === "confirm" && standing.second !== null;
  // Who signed a void before anybody knew that they left has not said which of it stands.
  const isAboutBoth =
    standing?.basis === basis ||
    (standing !== null && wasCounted({ ...standing, exam: { id: sitting } }, of));
  return !isConfirmed && !(standing?.decision === "void" && isAboutBoth);
}

/** Divergent panels, but those whose result two people took away: there is no mark left to settle (R43, R76). */
export function gatherPanels(index: Index): Promise<Listed<PanelRow>> {
  return thinned(
    (after) => index.divergentPanels(after),
    async (rows) => {
      const open = rows.filter(({ said }) => said === null);
      const countedOf = await countedFor(open, index);
      return rows.filter((row) => {
        const of = row.said === null ? countedOf(row) : undefined;
        return !of || !isWithheld(row, of);
      });
    },
  );
}

function isWithheld({ sitting, candidate }: PanelRow, of: CountedSitting): boolean {
  const taken = inOrder(of.reviews);
  return taken
    .filter(({ subject }) => isOfSubject(subject, candidate))
    .some(({ subject }) => {
      const basis = basisOfCounted(sitting, subject, of);
      const standing = basis && standingReview(taken, { sitting, subject, basis });
      return standing ? reviewEffect(standing.decision).withholds : false;
    });
}

/**
 * A list that only what counts can thin out, which no query knows: read on until it is full. What lies behind a full one is counted
 * as it was found, thinned or not.
 */
async function thinned<T, K>(
  listAfter: (after: number) => Promise<Listed<T>>,
  keep: (rows: readonly T[]) => Promise<readonly K[]>,
): Promise<Listed<K>> {
  const kept: K[] = [];
  for (let after = 0; ;) {
    const { rows, unlisted } = await listAfter(after);
    kept.push(...(await keep(rows)));
    after += rows.length;
    if (kept.length >= LINES || unlisted === 0) {
      const shown = kept.slice(0, LINES);
      return { rows: shown, unlisted: unlisted + kept.length - shown.length };
    }
  }
}

type OfSitting = Pick<DecisionRow, "institution" | "sitting">;

async function countedFor(
  rows: readonly OfSitting[],
  index: Index,
): Promise<(row: OfSitting) => CountedSitting | undefined> {
  const counted = new Map<string, CountedSitting>();
  for (const [institution, own] of groupBy(rows, (row) => row.institution)) {
    const sittings = [...new Set(own.map(({ sitting }) => sitting))];
    for (const [sitting, of] of await countedSittings(institution, sittings, index))
      counted.set(`${institution} ${sitting}`, of);
  }
  return ({ institution, sitting }) => counted.get(`${institution} ${sitting}`);
}
