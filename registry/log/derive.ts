// The public logs as the acceptance journal has them: the journal says when a log was opened, and its entries say which
// leaves went into it.
import { invariant } from "#shared/base";
import type { PlacedEntry } from "../acceptance/journal.ts";
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
      invariant(current, "a log is opened before anything else is decided");
      current.append(leaf);
    }
  };
  for (const placed of found) take(placed);
  return { current: () => logs.at(-1), all: () => logs, take };
}
