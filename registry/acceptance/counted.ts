// What counts of sittings, made of rows as the index or the journal has them: sheets with everything that counted of each, absences
// that stand, who left, and what supervisors decided. Asked for reviews and visits, for the operator's lists, and for flags.
import { groupBy, type CandidateRef, type HashId, type InstitutionId, type SittingId } from "#shared/base";
import { isLeaving } from "#shared/exam";
import type { Index } from "../store/index-of-journal.ts";
import type { JudgedDelta, JudgedSheet } from "./entries.ts";
import type { CountedSheet, CountedSitting } from "./judge.ts";

type OfSheet = Pick<JudgedSheet, "hash" | "sitting" | "candidate" | "examiner">;
type OfAmendment = { readonly target: HashId } & Link;
type OfDelta = Pick<JudgedDelta, "hash" | "sitting" | "kind" | "absence"> & AbsencePlace;

export interface CountedRows {
  readonly sheets: readonly OfSheet[];
  readonly held: readonly OfSheet[];
  readonly amendments: readonly OfAmendment[];
  readonly absences: readonly (AbsencePlace & { readonly hash: HashId })[];
  readonly deltas: readonly OfDelta[];
  /** Oldest first. */
  readonly reviews: CountedSitting["reviews"];
  readonly panels: readonly { readonly sitting: SittingId; readonly members: number }[];
}

export async function countedSittings(
  institution: InstitutionId,
  sittings: readonly SittingId[],
  index: Index,
): Promise<Map<SittingId, CountedSitting>> {
  if (sittings.length === 0) return new Map();
  const sheets = await index.sheets(institution, sittings);
  return countedIn(sittings, {
    sheets,
    held: await index.heldSheets(institution, sittings),
    amendments: await index.everyAmendmentOf(sheets.map(({ hash }) => hash)),
    absences: await index.absences(institution, sittings),
    deltas: await index.deltas(institution, sittings),
    reviews: await index.reviewsOf(institution, sittings),
    panels: await index.panelSizes(institution, sittings),
  });
}

export function countedIn(
  sittings: readonly SittingId[],
  { sheets, held, amendments, absences, deltas, reviews, panels }: CountedRows,
): Map<SittingId, CountedSitting> {
  const amended = groupBy(amendments, ({ target }) => target);
  const isBacked = isTakenBack(deltas);
  const overTime = (sheet: OfSheet): CountedSheet => {
    const later = inChain(sheet.hash, amended.get(sheet.hash) ?? []).map(({ hash }) => hash);
    return { ...sheet, effective: later.at(-1) ?? sheet.hash, versions: [sheet.hash, ...later] };
  };
  return new Map(
    sittings.map((sitting) => {
      const isOwn = (one: { readonly sitting: SittingId }) => one.sitting === sitting;
      return [
        sitting,
        {
          sheets: sheets.filter(isOwn).map(overTime),
          // Nobody amends what does not count yet.
          held: held.filter(isOwn).map(overTime),
          absences: absences.filter((row) => isOwn(row) && !isBacked(row)),
          leavings: deltas.filter((row) => isOwn(row) && isLeaving(row.kind)),
          members: panels.find(isOwn)?.members ?? Number.POSITIVE_INFINITY,
          reviews: reviews.filter(isOwn),
        },
      ];
    }),
  );
}

interface Link {
  readonly hash: HashId;
  readonly basis: HashId;
}

/** Amendments of one sheet in the order they counted: each rests on what counted before it, and the registry took no two on the same. */
export function inChain<A extends Link>(first: HashId, amendments: readonly A[]): A[] {
  const chain: A[] = [];
  for (let basis = first; ;) {
    const next = amendments.find((one) => one.basis === basis);
    if (!next) return chain;
    chain.push(next);
    basis = next.hash;
  }
}

interface AbsencePlace {
  readonly sitting: SittingId;
  readonly candidate: CandidateRef;
}

/** Whoever came late after all takes back their own absence and nobody else's. */
export function isTakenBack(
  deltas: readonly (AbsencePlace & { readonly absence: HashId | null })[],
): (absence: AbsencePlace & { readonly hash: HashId }) => boolean {
  const back = new Set(
    deltas.map(({ sitting, candidate, absence }) => `${sitting} ${candidate} ${absence ?? ""}`),
  );
  return ({ sitting, candidate, hash }) => back.has(`${sitting} ${candidate} ${hash}`);
}
