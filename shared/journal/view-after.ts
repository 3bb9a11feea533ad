// A view as it will stand once entries that are not written yet are: each wish of an act is judged over what the wishes before it come
// to, and each entry is folded on trial, while the journal and its own view are as they were. An entry on the disk that the fold cannot
// take would stop every later start, so it must fail here, while it is still only somebody's bug.
import { fold } from "./fold.ts";
import type { JournalEntry } from "./entry.ts";
import type { ReadRow, RowOf, RowWrite, TableName } from "./tables.ts";
import type { JournalView, ShelvedTable } from "./view.ts";

export interface ViewAfter {
  /** Rows that are new stand after all others of their table. */
  readonly view: JournalView;
  /** Throws as the fold throws, and then keeps nothing of these entries. */
  take(entries: readonly JournalEntry[]): readonly RowWrite[];
}

export function viewAfter(below: JournalView): ViewAfter {
  const changed = new Map<TableName, Map<string, unknown>>();
  const changedIn = <T extends TableName>(table: T) =>
    (changed.get(table) ?? new Map<string, never>()) as ReadonlyMap<string, RowOf<T>>;
  const newIn = <T extends TableName>(table: T): RowOf<T>[] =>
    [...changedIn(table)].filter(([key]) => below.read(table, key) === undefined).map(([, row]) => row);

  const read: ReadRow = (table, key) => changedIn(table).get(key) ?? below.read(table, key);
  const keys = (table: TableName) => [...new Set([...below.keys(table), ...changedIn(table).keys()])];
  return {
    view: {
      read,
      keys,
      rows: (table) => {
        if (changedIn(table).size === 0) return below.rows(table);
        return keys(table).flatMap((key) => read(table, key) ?? []);
      },
      rowsOf: <T extends ShelvedTable>(table: T, sitting: string) => [
        ...below.rowsOf(table, sitting).map((row) => changedIn(table).get(keyOf(row)) ?? row),
        ...newIn(table).filter((row) => row.sitting === sitting),
      ],
    },
    take: (entries) => {
      const trial = new Map<string, unknown>();
      const readOnTrial: ReadRow = (table, key) =>
        (trial.get(`${table} ${key}`) as RowOf<typeof table> | undefined) ?? read(table, key);
      const writes: RowWrite[] = [];
      for (const entry of entries)
        for (const write of fold(entry, readOnTrial)) {
          trial.set(`${write.table} ${write.key}`, write.row);
          writes.push(write);
        }
      for (const { table, key, row } of writes)
        changed.set(table, (changed.get(table) ?? new Map<string, unknown>()).set(key, row));
      return writes;
    },
  };
}

function keyOf(row: RowOf<ShelvedTable>): string {
  return "ref" in row ? row.ref : row.id;
}
