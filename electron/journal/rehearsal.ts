// Folds entries on trial before they are written. An entry on the disk that the fold cannot take would stop every
// later start, so it must fail here, while it is still only somebody's bug.
import { fold, type JournalEntry, type JournalView, type ReadRow } from "#shared/journal";

export interface Rehearsal {
  /** Throws as the fold throws, and then keeps nothing of these entries. */
  fold(entries: readonly JournalEntry[]): void;
}

export function createRehearsal(view: JournalView): Rehearsal {
  const rows = new Map<string, unknown>();
  return {
    fold: (entries) => {
      const changed = new Map<string, unknown>();
      const read: ReadRow = (table, key) => {
        const name = `${table} ${key}`;
        return (changed.get(name) ?? rows.get(name) ?? view.read(table, key)) as ReturnType<
          typeof view.read<typeof table>
        >;
      };
      for (const entry of entries)
        for (const { table, key, row } of fold(entry, read)) changed.set(`${table} ${key}`, row);
      for (const [name, row] of changed) rows.set(name, row);
    },
  };
}
