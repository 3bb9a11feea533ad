// Live queries: what a screen may read, repainted when a transaction commits. `undefined` means not read yet, `null`
// that there is no such row. The only file with Dexie's React hook.
import type { Table } from "dexie";
import { useLiveQuery } from "dexie-react-hooks";
import type { CandidateRef, HashId, Kid, PersonId, SheetId, SittingId } from "#shared/base";
import type { Readiness, Review, Sheet, Transcription } from "#shared/exam";
import {
  ONLY,
  type BatchRow,
  type CallRow,
  type CandidateRow,
  type CentreRow,
  type ChainRow,
  type IncidentRow,
  type PersonRow,
  type RegistryRow,
  type RowOf,
  type RubricRow,
  type SittingRow,
  type TableName,
  type VersionRow,
} from "#shared/journal";
import { readCursor, readInParts } from "./database.ts";
import type { SealedRow } from "./sealer.ts";
import type { Store } from "./store.ts";
import { useStore } from "./StoreProvider.tsx";

type Live<T> = T | undefined;

export const useChain = (): Live<ChainRow | null> => useRow("chain", ONLY);
/** What the registry said of itself and of this device; null before it said anything. */
export const useRegistry = (): Live<RegistryRow | null> => useRow("registry", ONLY);

export const useCentre = (): Live<CentreRow | null> => useRow("centre", ONLY);

/** The newest fire drill of a device. */
export const useReadiness = (device: Kid): Live<Readiness | null> => useRow("readiness", device);

export const usePeople = (): Live<readonly PersonRow[]> => useLive((store) => store.rows("people", all), []);

export const usePerson = (id: PersonId | null): Live<PersonRow | null> => useRow("people", id);

/** Newest day first. */
export const useSittings = (): Live<readonly SittingRow[]> =>
  useLive(async (store) => (await store.rows("sittings", all)).sort(newestFirst), []);

export const useSitting = (id: SittingId): Live<SittingRow | null> => useRow("sittings", id);

/** In roster order. */
export const useCandidates = (sitting: SittingId): Live<readonly CandidateRow[]> =>
  useLive(
    async (store) =>
      (await store.rows("candidates", (from) => readInParts(from, { sitting }))).sort((a, b) => a.no - b.no),
    [sitting],
  );

export const useSheets = (sitting: SittingId): Live<readonly Sheet[]> =>
  useLive((store) => store.rows("sheets", (from) => readInParts(from, { sitting })), [sitting]);

export const useAllSheets = (): Live<readonly Sheet[]> => useLive((store) => store.rows("sheets", all), []);

export const useAllCandidates = (): Live<readonly CandidateRow[]> =>
  useLive((store) => store.rows("candidates", all), []);

/** Decisions of supervisors about a sitting, in the order they came to be here. */
export const useReviews = (sitting: SittingId): Live<readonly Review[]> =>
  useLive(
    async (store) =>
      (await store.rows("reviews", (from) => from.where({ sitting }).toArray())).sort(
        (a, b) => a.heldSeq - b.heldSeq,
      ),
    [sitting],
  );

/** Every version of a sheet that came by stick or was set aside, in the order it came. */
export const useVersions = (): Live<readonly VersionRow[]> =>
  useLive(
    async (store) =>
      (await store.rows("versions", all)).sort(
        (a, b) => a.at.wall - b.at.wall || a.hash.localeCompare(b.hash),
      ),
    [],
  );

export const useSheetOf = (candidate: CandidateRef | null, examiner: PersonId): Live<Sheet | null> =>
  useLive(
    async (store) =>
      candidate === null
        ? null
        : first(await store.rows("sheets", (from) => from.where({ candidate, examiner }).toArray())),
    [candidate, examiner],
  );

export const useRubric = (hash: HashId | null): Live<RubricRow | null> => useRow("rubrics", hash);

export const useRubrics = (): Live<readonly RubricRow[]> =>
  useLive((store) => store.rows("rubrics", all), []);

/** Of every sitting, as they were written. */
export const useIncidents = (): Live<readonly IncidentRow[]> =>
  useLive((store) => store.rows("incidents", all), []);

/** Of every sitting, oldest first. */
export const useCalls = (): Live<readonly CallRow[]> =>
  useLive(async (store) => (await store.rows("calls", all)).sort((a, b) => a.at.wall - b.at.wall), []);

/** Paper sheets that are or were typed, in the order they were begun. */
export const useTranscriptions = (): Live<readonly Transcription[]> =>
  useLive(
    async (store) =>
      (await store.rows("transcriptions", all)).sort(
        (a, b) => a.openedAt.wall - b.openedAt.wall || a.id.localeCompare(b.id),
      ),
    [],
  );

export const useTranscription = (sheet: SheetId | null): Live<Transcription | null> =>
  useRow("transcriptions", sheet);

/** In the order they were sealed; every sitting's without an argument. */
export const useBatches = (sitting?: SittingId): Live<readonly BatchRow[]> =>
  useLive(
    async (store) =>
      (await store.rows("batches", all))
        .filter(({ covers }) => sitting === undefined || covers.includes(sitting))
        .sort((a, b) => a.sealedSeq - b.sealedSeq),
    [sitting],
  );

/** How many facts are durable in both copies: the journal's sequence that the tables have reached. */
export const useCursor = (): Live<number> =>
  useLive(async (store) => (await readCursor(store.db))?.seq ?? 0, []);

/**
 * Dexie's hook goes on showing the former answer after its question changed. A key pressed in that moment would mark
 * the wrong candidate: an answer counts only for the question it was given to.
 */
function useLive<T>(
  query: (store: Store) => Promise<T>,
  facts: readonly (string | null | undefined)[],
): Live<T> {
  const store = useStore();
  const question = facts.join(" ");
  const answer = useLiveQuery(async () => ({ question, value: await query(store) }), [store, question]);
  return answer?.question === question ? answer.value : undefined;
}

function useRow<T extends TableName>(table: T, key: string | null): Live<RowOf<T> | null> {
  return useLive(
    async (store) =>
      key === null
        ? null
        : first(
            await store.rows(table, (from) => from.bulkGet([key]).then((found) => found.flatMap(orNone))),
          ),
    [table, key],
  );
}

const all = (from: Table<SealedRow, string>) => from.toArray();

function first<T>(rows: readonly T[]): T | null {
  return rows[0] ?? null;
}

function orNone<T>(row: T | undefined): T[] {
  return row === undefined ? [] : [row];
}

function newestFirst(a: SittingRow, b: SittingRow): number {
  return b.day.localeCompare(a.day) || b.roster.seq - a.roster.seq;
}
