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

/** What the last folds left, for the next one: a mark on the same sheet asks IndexedDB for nothing before it writes. */
export interface FoldMemory {
  /** Null when nobody knows how the tables stand; who writes them another way forgets it. */
  held: Standing | null;
}

/** Rows as they stand at a cursor. */
interface Standing {
  readonly cursor: Cursor | undefined;
  readonly rows: ReadonlyMap<string, unknown>;
}

/** Rows of some acts: whoever goes from sheet to sheet has each of them read once. */
const MOST_HELD = 50;

export async function foldIn(
  db: Database,
  sealer: Sealer,
  entries: readonly StoredEntry[],
  memory: FoldMemory,
): Promise<FoldOutcome> {
  const { held } = memory;
  memory.held = null; // until the transaction is committed nothing is known
  const standing = held && holdsAll(held, entries) ? held : await readTouched(db, sealer, entries);
  if (!standing) return "damaged";
  const after = standing.cursor?.seq ?? 0;
  const fresh = entries.filter(({ entry }) => entry.seq > after);
  const [first] = fresh;
  const last = fresh.at(-1);
  if (!first || !last) return "folded";
  if (first.entry.seq !== after + 1) return "gap";
  const rows = createRows(standing.rows);
  if (!foldOver(rows, fresh)) return "damaged";
  const sealed = await sealAll(sealer, rows.written());
  const folded = await db.transaction("rw", [...sealed.keys(), META], async () => {
    // The store writes one thing at a time; if the cursor moved all the same, what was read is old.
    const now = await readCursor(db);
    if (now?.seq !== standing.cursor?.seq || now?.hash !== standing.cursor?.hash) return null;
    const cursor = cursorAt(last, await countAfter(db, standing.cursor?.rows ?? {}, rows));
    await Promise.all([
      ...[...sealed].map(([name, own]) => putAll(db, name, own)),
      db.meta.put(cursor, CURSOR),
    ]);
    return cursor;
  });
  if (!folded) return "gap";
  if (rows.all().size <= MOST_HELD) memory.held = { cursor: folded, rows: rows.all() };
  return "folded";
}

function holdsAll(held: Standing, entries: readonly StoredEntry[]): boolean {
  return touchedBy(entries).every(({ table, key }) => held.rows.has(idOf(table, key)));
}

function touchedBy(entries: readonly StoredEntry[]) {
  return entries.flatMap(({ entry }) => rowsTouched(entry));
}

/**
 * Everything a fold has to know, in one transaction over the tables it speaks of: a mark waits for it. Undefined when a row is
 * there and does not open.
 */
async function readTouched(
  db: Database,
  sealer: Sealer,
  entries: readonly StoredEntry[],
): Promise<Standing | undefined> {
  const keys = new Map<TableName, Set<string>>();
  for (const { table, key } of touchedBy(entries)) keys.set(table, (keys.get(table) ?? new Set()).add(key));
  const { cursor, found } = await db.transaction("r", [...keys.keys(), META], async () => {
    const [cursor, ...found] = await Promise.all([
      readCursor(db),
      ...[...keys].map(async ([name, own]) => ({ name, sealed: await tableOf(db, name).bulkGet([...own]) })),
    ]);
    return { cursor, found };
  });
  const rows = new Map<string, unknown>();
  try {
    for (const { name, sealed } of found) {
      const there = sealed.filter((one) => one !== undefined);
      const opened = await openRows(sealer, name, there);
      there.forEach(({ key }, at) => rows.set(idOf(name, key), opened[at]));
    }
  } catch (error) {
    if (error instanceof BrokenSeal) return undefined;
    throw error;
  }
  return { cursor, rows };
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
          if (cursor) await db.meta.put(cursorAt(cursor, counts), CURSOR);
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
  /** Known before, and found. */
  wasThere(table: TableName, key: string): boolean;
  all(): ReadonlyMap<string, unknown>;
}

function createRows(before: ReadonlyMap<string, unknown>): Rows {
  const rows = new Map(before);
  const writes = new Map<string, RowWrite>();
  return {
    read: ((table: TableName, key: string) => rows.get(idOf(table, key))) as ReadRow,
    set: (write) => {
      rows.set(idOf(write.table, write.key), write.row);
      writes.set(idOf(write.table, write.key), write);
    },
    written: () => [...writes.values()],
    wasThere: (table, key) => before.has(idOf(table, key)),
    all: () => rows,
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

function cursorAt({ entry, hash }: StoredEntry, rows: Readonly<Record<string, number>>): Cursor {
  return { seq: entry.seq, hash, schemaVersion: SCHEMA_VERSION, rows };
}

const META = "meta";

function idOf(table: TableName, key: string): string {
  return `${table} ${key}`;
}
