// What supervisors decided, for the operator's page: each decision with what it is worth now. A decision stands while nothing
// follows it and what it speaks of still counts as it did, or when it took a result away.
import { reviewEffect, standingReview } from "#shared/rules";
import { isOfSubject } from "#shared/wire";
import { countedSittings } from "../acceptance/known.ts";
import { basisOfCounted, inOrder, wasCounted, type CountedSitting } from "../acceptance/judge.ts";
import type { Index } from "../store/index-of-journal.ts";
import type { ContradictionRow, DecisionRow, Listed, PanelRow } from "../store/operator-queries.ts";

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
  const rows: Decided[] = [];
  for (const institution of new Set(listed.rows.map((row) => row.institution))) {
    const own = listed.rows.filter((row) => row.institution === institution);
    const sittings = [...new Set(own.map(({ sitting }) => sitting))];
    const counted = await countedSittings(institution, sittings, index);
    for (const row of own) {
      const sitting = counted.get(row.sitting);
      const basis = sitting && basisOfCounted(row.sitting, row.subject, sitting);
      const taken = inOrder(sitting?.reviews ?? []);
      const now = { ...row, basis: basis ?? row.basis };
      const isStanding = standingReview(taken, now)?.hash === row.hash;
      const isReturned = reviewEffect(row.decision).next === "examiner";
      const isAnswered =
        isReturned && sitting !== undefined && wasCounted({ ...row, exam: { id: row.sitting } }, sitting);
      const since = isAnswered ? "answered" : basis !== row.basis ? "outdated" : "superseded";
      rows.push({ ...row, state: isStanding ? "stands" : since });
    }
  }
  rows.sort((a, b) => b.place - a.place || b.seq - a.seq);
  return {
    all: { ...listed, rows },
    escalated: rows.filter(
      ({ state, decision }) => state === "stands" && reviewEffect(decision).next === "operator",
    ),
  };
}

/** Who is said to have left and was marked by the whole panel, as long as no two people have said which of it stands (R51). */
export async function gatherContradictions(index: Index): Promise<Listed<ContradictionRow>> {
  const listed = await index.contradictions();
  const open: ContradictionRow[] = [];
  for (const institution of new Set(listed.rows.map((row) => row.institution))) {
    const own = listed.rows.filter((row) => row.institution === institution);
    const counted = await countedSittings(
      institution,
      [...new Set(own.map(({ sitting }) => sitting))],
      index,
    );
    for (const row of own) {
      const of = counted.get(row.sitting);
      const subject = { kind: "candidate", candidate: row.candidate } as const;
      const basis = of && basisOfCounted(row.sitting, subject, of);
      if (!of || basis === undefined) continue;
      const about = { sitting: row.sitting, subject, basis };
      const standing = standingReview(inOrder(of.reviews), about);
      const isConfirmed = standing?.decision === "confirm" && standing.second !== null;
      // Who signed a void before anybody knew that they left has not said which of it stands.
      const isAboutBoth =
        standing?.basis === basis ||
        (standing !== null && wasCounted({ ...standing, exam: { id: row.sitting } }, of));
      const isVoid = standing?.decision === "void" && isAboutBoth;
      if (!isConfirmed && !isVoid) open.push(row);
    }
  }
  return { ...listed, rows: open };
}

/** Divergent panels, but those whose result two people took away: there is no mark left to settle (R43, R76). */
export async function gatherPanels(index: Index): Promise<Listed<PanelRow>> {
  const listed = await index.divergentPanels();
  const open = listed.rows.filter(({ said }) => said === null);
  const gone = new Set<PanelRow>();
  for (const institution of new Set(open.map((row) => row.institution))) {
    const own = open.filter((row) => row.institution === institution);
    const sittings = [...new Set(own.map(({ sitting }) => sitting))];
    const counted = await countedSittings(institution, sittings, index);
    for (const row of own) {
      const of = counted.get(row.sitting);
      if (of && isWithheld(row, of)) gone.add(row);
    }
  }
  return { ...listed, rows: listed.rows.filter((row) => !gone.has(row)) };
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
