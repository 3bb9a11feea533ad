// Writing a decision: flushed in the journal first, then filed in the index. An index that could not follow would give
// answers the journal does not know, so that is as final as a failed flush.
import type { Index } from "../store/index-of-journal.ts";
import type { AcceptanceEntry } from "./entries.ts";
import type { AcceptanceJournal } from "./journal.ts";

export type WriteEntry = (entry: AcceptanceEntry) => Promise<void>;

export function createWriteEntry(
  journal: AcceptanceJournal,
  index: Index,
  crash: (error: unknown) => void,
): WriteEntry {
  return async (entry) => {
    const placed = await journal.append(entry);
    try {
      await index.apply(placed);
    } catch (error) {
      crash(error);
      throw error;
    }
  };
}
