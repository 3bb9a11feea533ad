// The public logs as the acceptance journal has them: the journal says when a log was opened, and its entries say which
// leaves went into it.
import type { PlacedEntry } from "../acceptance/journal.ts";
import { DataRefused } from "../data-refused.ts";
import { leavesOf } from "./leaves.ts";
import { createLog, type OneLog } from "./one-log.ts";

export interface DerivedLogs {
  /** The log that is open; undefined before the first. */
  current(): OneLog | undefined;
  all(): readonly OneLog[];
  take(placed: PlacedEntry): void;
}

export function deriveLogs(found: readonly PlacedEntry[]): DerivedLogs {
  const logs: OneLog[] = [];
  const take = ({ entry }: PlacedEntry): void => {
    if (entry.kind === "log.opened") logs.push(createLog(entry.log));
    const current = logs.at(-1);
    for (const leaf of leavesOf(entry)) {
      if (!current) throw new DataRefused("acceptance.journal: a decision before any log was opened");
      current.append(leaf);
    }
  };
  for (const placed of found) take(placed);
  return { current: () => logs.at(-1), all: () => logs, take };
}
