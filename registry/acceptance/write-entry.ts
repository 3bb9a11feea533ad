// Writing a decision: flushed in the journal first, then in the public log and filed in the index, in the journal's order;
// entries that wait while others are filed share the next transaction. An index that could not follow would give answers
// the journal does not know, so that is as final as a failed flush.
import type { Index } from "../store/index-of-journal.ts";
import type { AcceptanceEntry } from "./entries.ts";
import type { AcceptanceJournal, PlacedEntry } from "./journal.ts";
import { atStep } from "./steps.ts";

export type WriteEntry = (entry: AcceptanceEntry) => Promise<void>;

export function createWriteEntry(
  journal: AcceptanceJournal,
  index: Pick<Index, "apply">,
  log: { take(placed: PlacedEntry): void },
  crash: (error: unknown) => void,
): WriteEntry {
  let waiting: PlacedEntry[] = [];
  let filing: Promise<void> | null = null;

  /** Files all that waits; resolves for every one of them at once. */
  const fileWaiting = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    try {
      await index.apply(group);
      for (const { entry } of group) atStep(`${entry.kind} filed`);
    } catch (error) {
      crash(error);
      throw error;
    }
  };

  return async (entry) => {
    atStep(`${entry.kind} due`);
    const placed = await journal.append(entry);
    log.take(placed);
    waiting.push(placed);
    // Whoever comes while a transaction runs waits for it, then one of them files for all.
    const before = filing;
    const own = before ? before.then(() => (waiting.length > 0 ? fileWaiting() : undefined)) : fileWaiting();
    filing = own;
    await own;
  };
}
