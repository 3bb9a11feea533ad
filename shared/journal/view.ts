// The tables in memory: main's view of its own journal, and the yardstick tests compare the window's store with. Rows
// that belong to a sitting lie on its shelf, and a shelf taken from a checkpoint stays shut until somebody asks for one
// of its rows: what lies in it from earlier years costs a start nothing.
import { invariant } from "#shared/base";
import { fold } from "./fold.ts";
import type { JournalEntry } from "./entry.ts";
import type { ReadRow, RowOf, RowWrite, TableName } from "./tables.ts";
import { TABLES } from "./tables.ts";

/**
 * Of the tables whose rows name their sitting and never change it, those that grow with every candidate. Decisions, incidents and
 * calls name theirs too; they are few, and lie with the rest.
 */
const SHELVED = ["candidates", "sheets"] as const;
export type ShelvedTable = (typeof SHELVED)[number];

export type KeyedRows = readonly (readonly [key: string, row: unknown])[];
export type ShelfRows = Readonly<Record<ShelvedTable, KeyedRows>>;

export interface ShutShelf {
  readonly sitting: string;
  /** True for every key on it; a wrong yes costs an opening. */
  mayHold(table: ShelvedTable, key: string): boolean;
  /** Called at most once. */
  open(): ShelfRows;
}

/** Where a view begins when it does not begin with the first entry. */
export interface ViewStart {
  readonly tables: Readonly<Partial<Record<TableName, KeyedRows>>>;
  readonly shelves: readonly ShutShelf[];
}

export interface ShelfState {
  readonly sitting: string;
  /** Grows with every change; 0 while it is as the view began with it. */
  readonly version: number;
  /** Null where the version is the one that was known. */
  readonly rows: ShelfRows | null;
}

/** The view of one moment: rows are never changed in place, so it stays what it was. */
export interface ViewSnapshot {
  readonly tables: Readonly<Record<string, KeyedRows>>;
  readonly shelves: readonly ShelfState[];
}

/** What the gate, the rules and every report read: none of them writes. */
export interface JournalView {
  readonly read: ReadRow;
  /** In the order they were made; those of a sitting together. */
  rows<T extends TableName>(table: T): readonly RowOf<T>[];
  /** The rows of one sitting, without a look at any other. */
  rowsOf<T extends ShelvedTable>(table: T, sitting: string): readonly RowOf<T>[];
  keys(table: TableName): readonly string[];
}

/** The view that grows with its journal. */
export interface GrowingView extends JournalView {
  apply(entry: JournalEntry): void;
  /** What entries were folded to over this view as it stands. */
  take(writes: readonly RowWrite[]): void;
  /** `known`: the version of a shelf whose rows the caller has already, if any. */
  snapshot(known: (sitting: string) => number | undefined): ViewSnapshot;
}

interface Shelf {
  readonly sitting: string;
  version: number;
  shut: ShutShelf | null;
  readonly tables: Readonly<Record<ShelvedTable, Map<string, unknown>>>;
}

export function createJournalView(start: ViewStart = { tables: {}, shelves: [] }): GrowingView {
  const tables = new Map<TableName, Map<string, unknown>>(
    tableNames.filter((name) => !isShelved(name)).map((name) => [name, new Map(start.tables[name] ?? [])]),
  );
  const shelves = new Map<string, Shelf>(
    start.shelves.map((shut) => [shut.sitting, { ...emptyShelf(shut.sitting), shut }]),
  );

  /** Shut ones, newest last. */
  let shut = [...shelves.values()];
  const shelfOf = { candidates: new Map<string, Shelf>(), sheets: new Map<string, Shelf>() };

  function opened(shelf: Shelf): Shelf {
    if (!shelf.shut) return shelf;
    const rows = shelf.shut.open();
    shelf.shut = null;
    shut = shut.filter((one) => one !== shelf);
    for (const table of SHELVED) for (const [key, row] of rows[table]) lay(shelf, table, key, row);
    return shelf;
  }

  function lay(shelf: Shelf, table: ShelvedTable, key: string, row: unknown): void {
    shelf.tables[table].set(key, row);
    shelfOf[table].set(key, shelf);
  }

  /** Newest first: whoever is asked for is nearly always of today. */
  function find(table: ShelvedTable, key: string): unknown {
    const known = shelfOf[table].get(key);
    if (known) return known.tables[table].get(key);
    for (const shelf of shut.filter((one) => one.shut?.mayHold(table, key)).reverse()) {
      const row = opened(shelf).tables[table].get(key);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  function put(table: TableName, key: string, row: unknown): void {
    if (!isShelved(table)) {
      tables.get(table)?.set(key, row);
      return;
    }
    const { sitting } = row as { readonly sitting?: unknown };
    invariant(typeof sitting === "string", "a shelved row names its sitting");
    const shelf = opened(shelves.get(sitting) ?? emptyShelf(sitting));
    shelves.set(sitting, shelf);
    lay(shelf, table, key, row);
    shelf.version += 1;
  }

  const mapsOf = (table: TableName): Map<string, unknown>[] =>
    isShelved(table)
      ? [...shelves.values()].map((shelf) => opened(shelf).tables[table])
      : [tables.get(table) ?? new Map<string, unknown>()];
  const read: ReadRow = <T extends TableName>(table: T, key: string) =>
    (isShelved(table) ? find(table, key) : tables.get(table)?.get(key)) as RowOf<T> | undefined;

  const take = (writes: readonly RowWrite[]) => {
    for (const { table, key, row } of writes) put(table, key, row);
  };

  return {
    read,
    rows: <T extends TableName>(table: T) =>
      mapsOf(table).flatMap((rows) => [...rows.values()]) as RowOf<T>[],
    rowsOf: <T extends ShelvedTable>(table: T, sitting: string) => {
      const shelf = shelves.get(sitting);
      return (shelf ? [...opened(shelf).tables[table].values()] : []) as RowOf<T>[];
    },
    keys: (table) => mapsOf(table).flatMap((rows) => [...rows.keys()]),
    apply: (entry) => take(fold(entry, read)),
    take,
    snapshot: (known) => ({
      tables: Object.fromEntries([...tables].map(([name, rows]) => [name, [...rows]])),
      shelves: [...shelves.values()].map((shelf) => ({
        sitting: shelf.sitting,
        version: shelf.version,
        rows: known(shelf.sitting) === shelf.version ? null : rowsOn(opened(shelf)),
      })),
    }),
  };
}

const tableNames = Object.keys(TABLES) as TableName[];

function isShelved(table: TableName): table is ShelvedTable {
  return (SHELVED as readonly TableName[]).includes(table);
}

function emptyShelf(sitting: string): Shelf {
  return { sitting, version: 0, shut: null, tables: { candidates: new Map(), sheets: new Map() } };
}

function rowsOn({ tables }: Shelf): ShelfRows {
  return { candidates: [...tables.candidates], sheets: [...tables.sheets] };
}
