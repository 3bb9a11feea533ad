// The store's life: opened once, brought level with the journal, then given entries one group at a time. It asks
// nobody by itself: how to read the journal is handed in. When the tables and the journal disagree, the journal is
// right and the tables are rebuilt.
import { Dexie, type Table } from "dexie";
import { NO_HASH, ok, refuse, type HashId, type Refusal, type Result } from "#shared/base";
import type { RowOf, StoredEntry, TableName } from "#shared/journal";
import {
  BrokenSeal,
  emptyDatabase,
  exportRows,
  isComplete,
  openDatabase,
  openRows,
  readCursor,
  tableOf,
  type Database,
  type OpenRefusal,
} from "./database.ts";
import { foldIn, startRebuilding, type FoldMemory } from "./folder.ts";
import type { SealedRow, Sealer } from "./sealer.ts";
import { SCHEMA_VERSION } from "./versions/index.ts";

export interface JournalPart {
  readonly entries: readonly StoredEntry[];
  readonly head: { readonly seq: number; readonly hash: HashId };
}
/** Entries after a sequence, oldest first, at least one while there are any. */
export type ReadJournal = (after: number) => Promise<Result<JournalPart, Refusal>>;

/** Why the tables were thrown away, and how many entries made them again. */
export interface RebuildAccount {
  readonly reason: "empty" | "older-schema" | "journal-shorter" | "other-journal" | "damaged";
  readonly entries: number;
}

/** Entries taken in, of so many; told while a person waits. */
export type OnProgress = (progress: { readonly done: number; readonly of: number }) => void;

export type StoreRefusal = OpenRefusal | Refusal;

export interface Store {
  readonly db: Database;
  /** How the start went: null when the tables only had to be brought level. */
  readonly account: RebuildAccount | null;
  /** Resolves when the entries are in a committed transaction, and not before. */
  takeIn(entries: readonly StoredEntry[]): Promise<Result<void, Refusal>>;
  /** Reads from the journal whatever is not folded in yet. */
  catchUp(): Promise<Result<void, Refusal>>;
  /** The same, unless this entry is folded in already: whoever wrote it has taken it in. */
  reach(seq: number): Promise<Result<void, Refusal>>;
  /** Rows of one table, opened; asked within Dexie's own promises, so that a live query sees what was asked. */
  rows<T extends TableName>(
    table: T,
    ask: (from: Table<SealedRow, string>) => PromiseLike<readonly SealedRow[]>,
  ): Promise<RowOf<T>[]>;
  exportRows(): ReturnType<typeof exportRows>;
  close(): void;
}

export interface StoreHelp {
  readonly onProgress?: OnProgress;
  /** Has the database's files thrown away, for when Chromium cannot open them and cannot delete them either. */
  readonly discardFiles?: () => Promise<void>;
}

export async function openStore(
  name: string,
  read: ReadJournal,
  sealer: Sealer,
  { onProgress = () => undefined, discardFiles }: StoreHelp = {},
): Promise<Result<Store, StoreRefusal>> {
  const opened = await openDatabase(name, discardFiles);
  if (!opened.ok) return opened;
  const tables: Tables = { db: opened.value, sealer, read, onProgress, memory: { held: null } };
  const { db } = tables;
  const inTurn = createQueue();
  const levelled = await inTurn(() => guarded(() => bringLevelOrRebuild(tables)));
  if (!levelled.ok) {
    db.close();
    return levelled;
  }
  // Chromium may clear a profile that nobody asked it to keep; the answer changes nothing here.
  void navigator.storage.persist();
  return ok({
    db,
    account: levelled.value,
    takeIn: (entries) => inTurn(() => guarded(() => takeIn(tables, entries))),
    catchUp: () => inTurn(() => guarded(() => takeIn(tables, [], { readOn: true }))),
    reach: (seq) =>
      inTurn(() =>
        guarded(async () =>
          (await foldedTo(tables)) < seq ? takeIn(tables, [], { readOn: true }) : ok(undefined),
        ),
      ),
    rows: async (table, ask) => {
      try {
        return await openRows(sealer, table, await ask(tableOf(db, table)));
      } catch (error) {
        if (!(error instanceof BrokenSeal) && !isUnreadable(error)) throw error;
        // Somebody changed a row behind our back, or a disk lost it: the journal knows what it was.
        await inTurn(() => guarded(() => rebuild(tables, "damaged")));
        return openRows(sealer, table, await ask(tableOf(db, table)));
      }
    },
    exportRows: () => exportRows(db, sealer),
    close: () => db.close(),
  });
}

/** What the steps of bringing the tables level with the journal work on. */
interface Tables {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly read: ReadJournal;
  readonly onProgress: OnProgress;
  readonly memory: FoldMemory;
}

async function foldedTo({ db, memory }: Tables): Promise<number> {
  return (memory.held?.cursor ?? (await readCursor(db)))?.seq ?? 0;
}

/** What Chromium cannot read is no reason to stop: everything is in the journal. A full disk is. */
async function bringLevelOrRebuild(tables: Tables): Promise<Result<RebuildAccount | null, Refusal>> {
  try {
    return await bringLevel(tables);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return rebuild(tables, "damaged");
  }
}

async function bringLevel(tables: Tables): Promise<Result<RebuildAccount | null, Refusal>> {
  const { db, read } = tables;
  const cursor = await readCursor(db);
  if (cursor && cursor.schemaVersion > SCHEMA_VERSION) {
    return refuse({ code: "store.newer", facts: { found: cursor.schemaVersion, known: SCHEMA_VERSION } });
  }
  const start = await read(Math.max(0, (cursor?.seq ?? 0) - 1));
  if (!start.ok) return start;
  const { entries, head } = start.value;
  if (!cursor) return head.seq === 0 ? ok(null) : rebuild(tables, "empty");
  if (cursor.schemaVersion < SCHEMA_VERSION || !cursor.rows) return rebuild(tables, "older-schema");
  if (head.seq < cursor.seq) return rebuild(tables, "journal-shorter");
  if ((entries[0]?.hash ?? NO_HASH) !== cursor.hash) return rebuild(tables, "other-journal");
  if (!(await isComplete(db, cursor))) return rebuild(tables, "damaged");
  const followed = await followOn(tables);
  return followed === "damaged" ? rebuild(tables, "damaged") : followed;
}

async function takeIn(
  tables: Tables,
  entries: readonly StoredEntry[],
  { readOn } = { readOn: false },
): Promise<Result<void, Refusal>> {
  const outcome = readOn ? "gap" : await foldIn(tables.db, tables.sealer, entries, tables.memory);
  if (outcome === "folded") return ok(undefined);
  const followed = outcome === "gap" ? await followOn(tables) : "damaged";
  const settled = followed === "damaged" ? await rebuild(tables, "damaged") : followed;
  return settled.ok ? ok(undefined) : settled;
}

/** Reads on from the cursor until the journal's head is folded in. */
async function followOn({
  db,
  sealer,
  read,
  onProgress,
  memory,
}: Tables): Promise<Result<null, Refusal> | "damaged"> {
  while (true) {
    const after = (await readCursor(db))?.seq ?? 0;
    const part = await read(after);
    if (!part.ok) return part;
    if (part.value.entries.length === 0) return ok(null);
    onProgress({ done: after, of: part.value.head.seq });
    if ((await foldIn(db, sealer, part.value.entries, memory)) !== "folded") return "damaged";
  }
}

async function rebuild(
  { db, sealer, read, onProgress, memory }: Tables,
  reason: RebuildAccount["reason"],
): Promise<Result<RebuildAccount, Refusal>> {
  memory.held = null;
  const rebuilding = startRebuilding(db, sealer);
  // Everything is read before anything is thrown away: a journal that stops answering costs nothing.
  const whole = await readWhole(read, (part) => {
    rebuilding.take(part.entries);
    onProgress({ done: part.entries.at(-1)?.entry.seq ?? 0, of: part.head.seq });
  });
  if (!whole.ok) return whole;
  try {
    return ok({ reason, entries: await rebuilding.finish() });
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    await emptyDatabase(db);
    return ok({ reason, entries: await rebuilding.finish() });
  }
}

/** Every part from entry 1; the next one is on its way while this one is folded. */
async function readWhole(
  read: ReadJournal,
  take: (part: JournalPart) => void,
): Promise<Result<void, Refusal>> {
  let next = read(0);
  while (true) {
    const part = await next;
    if (!part.ok) return part;
    const last = part.value.entries.at(-1);
    if (!last) return ok(undefined);
    next = read(last.entry.seq);
    take(part.value);
  }
}

/** Chromium's word for files of its own that it does not understand. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Dexie.DexieError && !isAboutQuota(error) && UNREADABLE.has(error.name);
}

const UNREADABLE = new Set(["UnknownError", "NotReadableError", "DatabaseClosedError", "AbortError"]);

/** What IndexedDB itself may say no to; anything else is a bug and goes on up. */
async function guarded<T>(work: () => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Dexie.DexieError)) throw error;
    const full = isAboutQuota(error);
    return refuse(full ? { code: "store.full" } : { code: "store.failed", facts: { reason: error.name } });
  }
}

/** Dexie wraps it: in an aborted transaction, or among the failures of a bulk write. */
function isAboutQuota(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { name, inner, failures } = error as { name?: unknown; inner?: unknown; failures?: unknown };
  return (
    name === "QuotaExceededError" ||
    isAboutQuota(inner) ||
    (Array.isArray(failures) && failures.some(isAboutQuota))
  );
}

/** One thing at a time, in the order asked; a failure does not stop the next. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}
