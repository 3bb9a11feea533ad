// The tables in memory: main's view of its own journal, and the yardstick tests compare the window's store with.
import { fold } from "./fold.ts";
import type { JournalEntry } from "./entry.ts";
import type { ReadRow, RowOf, TableName } from "./tables.ts";
import { TABLES } from "./tables.ts";

export interface JournalView {
  readonly read: ReadRow;
  rows<T extends TableName>(table: T): readonly RowOf<T>[];
  keys(table: TableName): readonly string[];
  apply(entry: JournalEntry): void;
}

export function createJournalView(): JournalView {
  const tables = new Map<TableName, Map<string, unknown>>(
    (Object.keys(TABLES) as TableName[]).map((name) => [name, new Map<string, unknown>()]),
  );
  const tableOf = <T extends TableName>(table: T) => tables.get(table) as Map<string, RowOf<T>>;
  const read: ReadRow = (table, key) => tableOf(table).get(key);
  return {
    read,
    rows: (table) => [...tableOf(table).values()],
    keys: (table) => [...tableOf(table).keys()],
    apply: (entry) => {
      for (const { table, key, row } of fold(entry, read)) tables.get(table)?.set(key, row);
    },
  };
}
