// The public logs as the acceptance journal has them: the journal says when a log was opened, and its entries say which
// leaves went into it.
import { digestToHashId, type LogOrigin } from "#shared/base";
import type { TreeHead } from "#shared/wire";
import type { EntryOf } from "../acceptance/entries.ts";
import type { PlacedEntry } from "../acceptance/journal.ts";
import { DataRefused } from "../data-refused.ts";
import { leavesOf } from "./leaves.ts";
import { createLog, type OneLog } from "./one-log.ts";

export interface DerivedLogs {
  /** The log that is open; undefined before the first. */
  current(): OneLog | undefined;
  all(): readonly OneLog[];
  /** Was the log after this one opened in the knowledge that this was promised of it? Null: what nobody can read. */
  isGivenUp(log: OneLog, promised: TreeHead | null): boolean;
  take(placed: PlacedEntry): void;
}

type LogEnd = NonNullable<EntryOf<"log.opened">["former"]>;

export function deriveLogs(found: readonly PlacedEntry[]): DerivedLogs {
  const logs: OneLog[] = [];
  const ends = new Map<LogOrigin, LogEnd>();
  const take = ({ entry }: PlacedEntry): void => {
    if (entry.kind === "log.opened") {
      logs.push(createLog(entry.log));
      if (entry.former) ends.set(entry.former.log, entry.former);
    }
    const current = logs.at(-1);
    for (const leaf of leavesOf(entry)) {
      if (!current) throw new DataRefused("acceptance.journal: a decision before any log was opened");
      current.append(leaf);
    }
  };
  for (const placed of found) take(placed);
  const isGivenUp = (log: OneLog, promised: TreeHead | null): boolean => {
    const said = ends.get(log.origin);
    const end = endOf(log, promised);
    return said !== undefined && (!promised || (said.size === end.size && said.root === end.root));
  };
  return { current: () => logs.at(-1), all: () => logs, isGivenUp, take };
}

/** How a log ended: as it was last published where the journal cannot give that, and else as the journal has it. */
export function endOf({ origin, tree }: OneLog, promised: TreeHead | null): LogEnd {
  const { size, root } = promised ?? { size: tree.size(), root: tree.root(tree.size()) };
  return { log: origin, size, root: digestToHashId(root) };
}
