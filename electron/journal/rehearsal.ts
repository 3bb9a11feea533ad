// Folds entries on trial before they are written. An entry on the disk that the fold cannot take would stop every
// later start, so it must fail here, while it is still only somebody's bug. What they fold to is what the view takes once
// they are flushed: nothing is folded twice.
import { fold, type JournalEntry, type JournalView, type ReadRow, type RowWrite } from "#shared/journal";

export interface Rehearsal {
  /** Throws as the fold throws, and then keeps nothing of these entries. */
  fold(entries: readonly JournalEntry[]): readonly RowWrite[];
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
      const writes: RowWrite[] = [];
      for (const entry of entries)
        for (const write of fold(entry, read)) {
          changed.set(`${write.table} ${write.key}`, write.row);
          writes.push(write);
        }
      for (const [name, row] of changed) rows.set(name, row);
      return writes;
    },
  };
}
