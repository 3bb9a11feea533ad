// The window's store against the journal it was folded from: every row of every table, one for one (P2).
import { ok, type Refusal, type Result } from "#shared/base";
import { TABLES, type JournalView, type TableName } from "#shared/journal";
import type { ReportOf, TaskOf } from "../messages.ts";
import { openScratch, type Parts, type StoreFound } from "../parts.ts";

const PAGE = 500;

export async function compareStore(
  task: TaskOf<"store">,
  parts: Parts,
): Promise<Result<ReportOf<"store">, Refusal>> {
  const opened = await openScratch(task, parts);
  if (!opened.ok) return opened;
  const journal = opened.value;
  try {
    const { account, rows } = await parts.openStore(async (after) => ({
      entries: await journal.read(after, PAGE),
      head: journal.head(),
    }));
    return ok({ report: "store", ...differences(journal.view, rows), account });
  } finally {
    await journal.close();
  }
}

/** Rows that are missing, too many, or not what the journal says. */
export function differences(view: JournalView, found: StoreFound["rows"]): { rows: number; wrong: number } {
  let [rows, wrong] = [0, 0];
  for (const table of Object.keys(TABLES) as TableName[]) {
    const wanted = view.rows(table);
    const keys = view.keys(table);
    const there = new Map(found[table] ?? []);
    rows += keys.length;
    wrong += keys.filter((key, at) => sorted(there.get(key)) !== sorted(wanted[at])).length;
    wrong += [...there.keys()].filter((key) => !keys.includes(key)).length;
  }
  return { rows, wrong };
}

/** As text, whatever order the fields came in. */
function sorted(value: unknown): string {
  if (value === undefined) return "";
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
