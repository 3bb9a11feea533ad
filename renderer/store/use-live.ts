// Live queries: what a screen may read, repainted when a transaction commits. `undefined` means not read yet, `null`
// that there is no such row. The only file with Dexie's React hook.
import { useLiveQuery } from "dexie-react-hooks";
import type { CandidateRef, HashId, PersonId, SittingId } from "#shared/base";
import type { Sheet } from "#shared/exam";
import {
  ONLY,
  type BatchRow,
  type CandidateRow,
  type CentreRow,
  type PersonRow,
  type RubricRow,
  type SittingRow,
} from "#shared/journal";
import { readCursor, type Database } from "./database.ts";
import { useStore } from "./StoreProvider.tsx";

type Live<T> = T | undefined;

export const useCentre = (): Live<CentreRow | null> => useLive((db) => db.centre.get(ONLY).then(orNull), []);

export const usePeople = (): Live<readonly PersonRow[]> => useLive((db) => db.people.toArray(), []);

export const usePerson = (id: PersonId | null): Live<PersonRow | null> =>
  useLive(async (db) => (id === null ? null : orNull(await db.people.get(id))), [id]);

/** Newest day first. */
export const useSittings = (): Live<readonly SittingRow[]> =>
  useLive(async (db) => (await db.sittings.toArray()).sort(newestFirst), []);

export const useSitting = (id: SittingId): Live<SittingRow | null> =>
  useLive((db) => db.sittings.get(id).then(orNull), [id]);

/** In roster order. */
export const useCandidates = (sitting: SittingId): Live<readonly CandidateRow[]> =>
  useLive((db) => db.candidates.where({ sitting }).sortBy("no"), [sitting]);

export const useSheets = (sitting: SittingId): Live<readonly Sheet[]> =>
  useLive((db) => db.sheets.where({ sitting }).toArray(), [sitting]);

export const useSheetOf = (candidate: CandidateRef | null, examiner: PersonId): Live<Sheet | null> =>
  useLive(
    async (db) =>
      candidate === null ? null : orNull(await db.sheets.where({ candidate, examiner }).first()),
    [candidate, examiner],
  );

export const useRubric = (hash: HashId | null): Live<RubricRow | null> =>
  useLive(async (db) => (hash === null ? null : orNull(await db.rubrics.get(hash))), [hash]);

export const useRubrics = (): Live<readonly RubricRow[]> => useLive((db) => db.rubrics.toArray(), []);

/** In the order they were sealed; every sitting's without an argument. */
export const useBatches = (sitting?: SittingId): Live<readonly BatchRow[]> =>
  useLive(
    async (db) =>
      (await db.batches.toArray())
        .filter(({ covers }) => sitting === undefined || covers.includes(sitting))
        .sort((a, b) => a.sealedSeq - b.sealedSeq),
    [sitting],
  );

/** How many facts are durable in both copies: the journal's sequence that the tables have reached. */
export const useCursor = (): Live<number> => useLive(async (db) => (await readCursor(db))?.seq ?? 0, []);

/**
 * Dexie's hook goes on showing the former answer after its question changed. A key pressed in that moment would mark
 * the wrong candidate: an answer counts only for the question it was given to.
 */
function useLive<T>(
  query: (db: Database) => Promise<T>,
  facts: readonly (string | null | undefined)[],
): Live<T> {
  const { db } = useStore();
  const question = facts.join(" ");
  const answer = useLiveQuery(async () => ({ question, value: await query(db) }), [db, question]);
  return answer?.question === question ? answer.value : undefined;
}

function orNull<T>(row: T | undefined): T | null {
  return row ?? null;
}

function newestFirst(a: SittingRow, b: SittingRow): number {
  return b.day.localeCompare(a.day) || b.roster.seq - a.roster.seq;
}
