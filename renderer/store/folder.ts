// Entries in, rows out: the one writer of the tables. Each call is one strict transaction that moves the rows and the
// cursor together, so the tables are always the fold of a prefix of the journal. Only IndexedDB is awaited inside.
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
import { CURSOR, readCursor, tableNames, tableOf, type Cursor, type Database } from "./database.ts";
import { SCHEMA_VERSION } from "./versions/index.ts";

/** `gap`: entries are missing before these. `damaged`: a row that an entry speaks of is not there. */
export type FoldOutcome = "folded" | "gap" | "damaged";

export async function foldIn(db: Database, entries: readonly StoredEntry[]): Promise<FoldOutcome> {
  return db.transaction("rw", db.tables, async () => {
    const cursor = await readCursor(db);
    const after = cursor?.seq ?? 0;
    const fresh = entries.filter(({ entry }) => entry.seq > after);
    const [first] = fresh;
    const last = fresh.at(-1);
    if (!first || !last) return "folded";
    if (first.entry.seq !== after + 1) return "gap";
    const rows = await readTouched(db, fresh);
    if (!foldOver(rows, fresh)) return "damaged";
    await writeRows(db, rows.written());
    await writeCursor(db, last);
    return "folded";
  });
}

/** All tables from nothing. One transaction: whoever dies half-way finds the old state, and rebuilds again. */
export async function rebuildFrom(
  db: Database,
  chunks: readonly (readonly StoredEntry[])[],
): Promise<{ entries: number }> {
  const view = createJournalView();
  let count = 0;
  let last: StoredEntry | undefined;
  for (const chunk of chunks) {
    for (const stored of chunk) {
      invariant(stored.entry.seq === count + 1, "the journal is read without a gap");
      view.apply(stored.entry);
      count += 1;
      last = stored;
    }
  }
  await db.transaction("rw", db.tables, async () => {
    await db.meta.clear();
    for (const name of tableNames) {
      await tableOf(db, name).clear();
      await tableOf(db, name).bulkPut([...view.rows(name)], [...view.keys(name)]);
    }
    if (last) await writeCursor(db, last);
  });
  return { entries: count };
}

interface Rows {
  readonly read: ReadRow;
  set(write: RowWrite): void;
  written(): readonly RowWrite[];
}

async function readTouched(db: Database, entries: readonly StoredEntry[]): Promise<Rows> {
  const rows = new Map<string, unknown>();
  const writes = new Map<string, RowWrite>();
  for (const name of tableNames) {
    const touched = entries.flatMap(({ entry }) => rowsTouched(entry)).filter(({ table }) => table === name);
    const keys = [...new Set(touched.map(({ key }) => key))];
    const found = await tableOf(db, name).bulkGet(keys);
    keys.forEach((key, at) => rows.set(idOf(name, key), found[at]));
  }
  return {
    read: ((table: TableName, key: string) => rows.get(idOf(table, key))) as ReadRow,
    set: (write) => {
      rows.set(idOf(write.table, write.key), write.row);
      writes.set(idOf(write.table, write.key), write);
    },
    written: () => [...writes.values()],
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

async function writeRows(db: Database, writes: readonly RowWrite[]): Promise<void> {
  for (const name of tableNames) {
    const own = writes.filter(({ table }) => table === name);
    if (own.length === 0) continue;
    await tableOf(db, name).bulkPut(
      own.map(({ row }) => row),
      own.map(({ key }) => key),
    );
  }
}

async function writeCursor(db: Database, { entry, hash }: StoredEntry): Promise<void> {
  const cursor: Cursor = { seq: entry.seq, hash, schemaVersion: SCHEMA_VERSION };
  await db.meta.put(cursor, CURSOR);
}

function idOf(table: TableName, key: string): string {
  return `${table} ${key}`;
}
