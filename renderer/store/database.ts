// The IndexedDB database, by way of Dexie: tables as shared/journal names them, keyed out of line, and `meta` with the
// cursor that says how far the journal has been folded in.
import { Dexie, type Table } from "dexie";
import { z } from "zod";
import { HashId, refuse, ok, type Refusal, type Result } from "#shared/base";
import { TABLES, type RowOf, type TableName } from "#shared/journal";
import { isSealedRow, type SealedRow, type Sealer } from "./sealer.ts";
import { SCHEMA_VERSION, versions } from "./versions/index.ts";

export const DATABASE_NAME = "jiangping";
export const CURSOR = "cursor";
export const tableNames = Object.keys(TABLES) as TableName[];

/** The newest journal entry that is folded in, the schema its rows were written with, and how many rows there are. */
export const Cursor = z.strictObject({
  seq: z.int().min(0),
  hash: HashId,
  schemaVersion: z.int().min(1),
  /** By table: a disk that lost some of them says nothing. Not there in what was written before it was counted. */
  rows: z.record(z.string(), z.int().min(0)).optional(),
});
export type Cursor = z.infer<typeof Cursor>;

export type Database = Dexie & {
  readonly [T in TableName]: Table<SealedRow, string>;
} & { readonly meta: Table<Cursor, string> };

export type OpenRefusal = Refusal<"store.newer" | "store.failed">;

/**
 * Refuses a database of a newer app before anything is written: Dexie 4 itself would open it without a word.
 * `discardFiles` is the last help where Chromium neither opens nor deletes what is on the disk.
 */
export async function openDatabase(
  name: string,
  discardFiles: () => Promise<void> = () => Promise.resolve(),
): Promise<Result<Database, OpenRefusal>> {
  const found = await foundVersion(name);
  const newest = SCHEMA_VERSION * DEXIE_VERSION_STEP;
  if (found > newest) return refuse({ code: "store.newer", facts: { found, known: newest } });
  const db = new Dexie(name, { chromeTransactionDurability: "strict" }) as Database;
  for (const { number, tables } of versions) db.version(number).stores(tables);
  // A database that Chromium cannot read is worth nothing: the journal has all of it, and it is made anew, once.
  if ((await tryOpening(db)) === null) return ok(db);
  await Dexie.delete(name).catch(() => undefined); // that failed too: opening says so once more
  if ((await tryOpening(db)) === null) return ok(db);
  await discardFiles();
  const reason = await tryOpening(db);
  return reason === null ? ok(db) : refuse({ code: "store.failed", facts: { reason } });
}

/** 0 where there is none, or where Chromium cannot even say: opening it will say the same. */
async function foundVersion(name: string): Promise<number> {
  try {
    return (await indexedDB.databases()).find((one) => one.name === name)?.version ?? 0;
  } catch (error) {
    if (error instanceof DOMException) return 0;
    throw error;
  }
}

/** Null when it is open, else what Chromium said. */
async function tryOpening(db: Database): Promise<string | null> {
  try {
    await db.open();
    return null;
  } catch (error) {
    if (error instanceof Dexie.DexieError) return error.name;
    throw error;
  }
}

/** Throws everything away, also what cannot be read any more, and goes on with an empty database. */
export async function emptyDatabase(db: Database): Promise<void> {
  await db.delete({ disableAutoOpen: false });
  await db.open();
}

/** Does every table have the rows that the cursor says? */
export async function isComplete(db: Database, { rows = {} }: Cursor): Promise<boolean> {
  const counts = await Promise.all(tableNames.map((name) => tableOf(db, name).count()));
  return tableNames.every((name, at) => counts[at] === rows[name]);
}

/** Undefined when there is none, or none that this app wrote. */
export async function readCursor(db: Database): Promise<Cursor | undefined> {
  const read = Cursor.safeParse(await db.meta.get(CURSOR));
  return read.success ? read.data : undefined;
}

export function tableOf(db: Database, name: TableName): Table<SealedRow, string> {
  return db.table(name);
}

/** A row that is there and does not open: changed by somebody, or by a disk. */
export class BrokenSeal extends Error {}

/**
 * The rows of what was found; throws where one was not sealed here. The one place that says which row is in which table. A
 * sitting may have ten thousand: between one part and the next the window takes keys and draws.
 */
export async function openRows<T extends TableName>(
  sealer: Sealer,
  table: T,
  found: readonly SealedRow[],
): Promise<RowOf<T>[]> {
  const rows: RowOf<T>[] = [];
  for (const part of partsOf(found, OPENED_A_TURN)) {
    if (rows.length > 0) await nextTurn();
    rows.push(...(await Promise.all(part.map((one) => openRow(sealer, table, one)))));
  }
  return rows;
}

async function openRow<T extends TableName>(sealer: Sealer, table: T, found: SealedRow): Promise<RowOf<T>> {
  const opened = isSealedRow(found) ? await sealer.open(table, found) : null;
  if (!opened) throw new BrokenSeal(`a row of ${table} does not open`);
  return opened.row as RowOf<T>;
}

/** What is found, in parts where it is much: IndexedDB hands over a whole answer in one go, however long that takes. */
export async function readInParts(
  from: Table<SealedRow, string>,
  where: Readonly<Record<string, string>>,
): Promise<SealedRow[]> {
  const keys = await from.where(where).primaryKeys();
  if (keys.length <= READ_AT_ONCE) return from.where(where).toArray();
  const rows: SealedRow[] = [];
  for (const part of partsOf(keys, READ_A_TURN))
    for (const row of await from.bulkGet([...part])) if (row !== undefined) rows.push(row);
  return rows;
}

/** Rows that are handed over in one go, as those of nearly every sitting are: one question costs less than many. */
export const READ_AT_ONCE = 1000;
/** Of more than that, rows that one turn of the window reads; and rows that it decrypts and parses. */
export const READ_A_TURN = 200;
export const OPENED_A_TURN = 100;

function* partsOf<T>(all: readonly T[], most: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += most) yield all.slice(at, at + most);
}

/** Behind what the window has waiting. A timer would do, and be held back where the window is not seen. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Every table of the journal's rows with its keys, sorted: what a rebuilt store must equal, row for row. */
export async function exportRows(
  db: Database,
  sealer: Sealer,
): Promise<Record<TableName, [key: string, row: unknown][]>> {
  const exported = {} as Record<TableName, [string, unknown][]>;
  for (const name of tableNames) {
    const keys = await tableOf(db, name).toCollection().primaryKeys();
    const rows = await openRows(sealer, name, await tableOf(db, name).toArray());
    exported[name] = keys.map((key, at) => [key, rows[at]]);
  }
  return exported;
}

/** Dexie multiplies its version numbers by ten before IndexedDB sees them. */
const DEXIE_VERSION_STEP = 10;
