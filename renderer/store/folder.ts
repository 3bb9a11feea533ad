// Entries in, rows out: the one writer of the tables. Each call is one strict transaction that moves the rows and the
// cursor together, so the tables are always the fold of a prefix of the journal. Only IndexedDB is awaited inside: rows are
// sealed before.
import { invariant } from "#shared/base";
import {
  createJournalView,
  fold,
  rowsTouched,
  type ReadRow,
  type RowWrite,
  type StoredEntry,
  type TableName,
} from "#shared/journal";
import {
  BrokenSeal,
  CURSOR,
  openRows,
  readCursor,
  tableNames,
  tableOf,
  type Cursor,
  type Database,
} from "./database.ts";
import type { SealedRow, Sealer } from "./sealer.ts";
import { SCHEMA_VERSION } from "./versions/index.ts";

/** `gap`: entries are missing before these. `damaged`: a row that an entry speaks of is not there. */
export type FoldOutcome = "folded" | "gap" | "damaged";

export async function foldIn(
  db: Database,
  sealer: Sealer,
  entries: readonly StoredEntry[],
): Promise<FoldOutcome> {
  const found = await findTouched(db, entries);
  const after = found.cursor?.seq ?? 0;
  const fresh = entries.filter(({ entry }) => entry.seq > after);
  const [first] = fresh;
  const last = fresh.at(-1);
  if (!first || !last) return "folded";
  if (first.entry.seq !== after + 1) return "gap";
  const rows = await openTouched(sealer, found.rows);
  if (!rows || !foldOver(rows, fresh)) return "damaged";
  const sealed = await sealAll(sealer, rows.written());
  return db.transaction("rw", [...sealed.keys(), META], async () => {
    // The store writes one thing at a time; if the cursor moved all the same, what was read is old.
    if (((await readCursor(db))?.seq ?? 0) !== after) return "gap";
    const counts = await countAfter(db, found.cursor?.rows ?? {}, rows);
    await Promise.all([
      ...[...sealed].map(([name, own]) => putAll(db, name, own)),
      writeCursor(db, last, counts),
    ]);
    return "folded";
  });
}

interface Touched {
  readonly cursor: Cursor | undefined;
  readonly rows: readonly (readonly [name: TableName, rows: readonly SealedRow[]])[];
}

/** Everything a fold has to know, in one transaction over the tables it speaks of: a mark waits for it. */
async function findTouched(db: Database, entries: readonly StoredEntry[]): Promise<Touched> {
  const keys = new Map<TableName, Set<string>>();
  for (const { table, key } of entries.flatMap(({ entry }) => rowsTouched(entry)))
    keys.set(table, (keys.get(table) ?? new Set()).add(key));
  return db.transaction("r", [...keys.keys(), META], async () => {
    const [cursor, ...rows] = await Promise.all([
      readCursor(db),
      ...[...keys].map(async ([name, own]): Promise<Touched["rows"][number]> => {
        const found = await tableOf(db, name).bulkGet([...own]);
        return [name, found.filter((one) => one !== undefined)];
      }),
    ]);
    return { cursor, rows };
  });
}

/** Rows that were not there before are counted; what was read was there. */
async function countAfter(
  db: Database,
  before: Readonly<Record<string, number>>,
  rows: Rows,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of tableNames) {
    const unread = rows.written().filter(({ table, key }) => table === name && !rows.wasThere(name, key));
    const found = unread.length === 0 ? [] : await tableOf(db, name).bulkGet(unread.map(({ key }) => key));
    counts[name] = (before[name] ?? 0) + found.filter((one) => one === undefined).length;
  }
  return counts;
}

export interface Rebuilding {
  /** The next entries in order, from the first one on; nothing is thrown away yet. */
  take(entries: readonly StoredEntry[]): void;
  /** All tables as these entries make them; answers how many entries it were. */
  finish(): Promise<number>;
}

/**
 * All tables from nothing. Rows are sealed and written a part at a time, the cursor last: whoever dies in between finds
 * no cursor, and rebuilds again.
 */
export function startRebuilding(db: Database, sealer: Sealer): Rebuilding {
  const view = createJournalView();
  let count = 0;
  let last: StoredEntry | undefined;
  return {
    take: (entries) => {
      for (const stored of entries) {
        invariant(stored.entry.seq === count + 1, "the journal is read without a gap");
        view.apply(stored.entry);
        count += 1;
        last = stored;
      }
    },
    finish: async () => {
      const counts: Record<string, number> = {};
      let part: RowWrite[] = [];
      let isFirst = true;
      const write = async (cursor: StoredEntry | null) => {
        const sealed = await sealAll(sealer, part);
        await db.transaction("rw", db.tables, async () => {
          if (isFirst) await Promise.all(db.tables.map((table) => table.clear()));
          for (const [name, rows] of sealed) await putAll(db, name, rows);
          if (cursor) await writeCursor(db, cursor, counts);
        });
        [part, isFirst] = [[], false];
      };
      for (const table of tableNames) {
        const rows = view.rows(table);
        counts[table] = rows.length;
        for (const [at, key] of view.keys(table).entries()) {
          part.push({ table, key, row: rows[at] } as RowWrite);
          if (part.length === ROWS_AT_ONCE) await write(null);
        }
      }
      await write(last ?? null);
      return count;
    },
  };
}

/** An ordinary centre's year is one transaction, and nobody sees half of it. */
const ROWS_AT_ONCE = 5_000;

interface Rows {
  readonly read: ReadRow;
  set(write: RowWrite): void;
  written(): readonly RowWrite[];
  /** Read before, and found. */
  wasThere(table: TableName, key: string): boolean;
}

/** Undefined when a row is there and does not open. */
async function openTouched(sealer: Sealer, found: Touched["rows"]): Promise<Rows | undefined> {
  const rows = new Map<string, unknown>();
  const writes = new Map<string, RowWrite>();
  const there = new Set<string>();
  try {
    for (const [name, sealed] of found) {
      const opened = await openRows(sealer, name, sealed);
      sealed.forEach(({ key }, at) => {
        rows.set(idOf(name, key), opened[at]);
        there.add(idOf(name, key));
      });
    }
  } catch (error) {
    if (error instanceof BrokenSeal) return undefined;
    throw error;
  }
  return {
    read: ((table: TableName, key: string) => rows.get(idOf(table, key))) as ReadRow,
    set: (write) => {
      rows.set(idOf(write.table, write.key), write.row);
      writes.set(idOf(write.table, write.key), write);
    },
    written: () => [...writes.values()],
    wasThere: (table, key) => there.has(idOf(table, key)),
  };
}

/** False when the tables lack a row the journal made: Chromium lost part of them, and they are rebuilt. */
function foldOver(rows: Rows, entries: readonly StoredEntry[]): boolean {
  try {
    for (const { entry } of entries) for (const write of fold(entry, rows.read)) rows.set(write);
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("invariant:")) return false;
    throw error;
  }
}

async function sealAll(sealer: Sealer, writes: readonly RowWrite[]): Promise<Map<TableName, SealedRow[]>> {
  const sealed = new Map<TableName, SealedRow[]>();
  const rows = await Promise.all(writes.map(({ table, key, row }) => sealer.seal(table, key, row)));
  writes.forEach(({ table }, at) => {
    const row = rows[at];
    const own = sealed.get(table) ?? [];
    if (row) own.push(row);
    sealed.set(table, own);
  });
  return sealed;
}

async function putAll(db: Database, name: TableName, rows: readonly SealedRow[]): Promise<void> {
  await tableOf(db, name).bulkPut(
    [...rows],
    rows.map(({ key }) => key),
  );
}

async function writeCursor(
  db: Database,
  { entry, hash }: StoredEntry,
  rows: Readonly<Record<string, number>>,
): Promise<void> {
  const cursor: Cursor = { seq: entry.seq, hash, schemaVersion: SCHEMA_VERSION, rows };
  await db.meta.put(cursor, CURSOR);
}

const META = "meta";

function idOf(table: TableName, key: string): string {
  return `${table} ${key}`;
}
