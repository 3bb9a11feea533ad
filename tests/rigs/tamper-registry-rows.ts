// The tables' part of the tampering rig of the registry (T12): what the owner of the database may do to every one of them, each
// change rolled back after the audit has looked.
import { join } from "node:path";
import { z } from "zod";
import { readAcceptanceJournal } from "../../registry/acceptance/journal.ts";
import { compareRows, rowsOfJournal } from "../../registry/audit/audit-index.ts";
import { readPglite } from "../../registry/store/pglite.ts";
import { SCHEMA } from "../../registry/store/tables.ts";

export const ROW_KINDS = ["rows deleted", "rows changed", "rows inserted"] as const;
type RowKind = (typeof ROW_KINDS)[number];

/**
 * Each row is taken away, each of its columns changed, and one that nobody sent put in, as the owner of the database may; then
 * all is rolled back. Answers which tables were left alone.
 */
export async function editRows(
  dataDir: string,
  aud: string,
  count: number,
  told: (kind: RowKind, what: string, isNoticed: boolean) => void,
): Promise<string[]> {
  const { found } = await readAcceptanceJournal(join(dataDir, "acceptance.journal"));
  const filled = new Map<number, ReturnType<typeof rowsOfJournal>>();
  const fill: typeof rowsOfJournal = (entries, of) => {
    const known = filled.get(entries.length) ?? rowsOfJournal(entries, of);
    filled.set(entries.length, known);
    return known;
  };
  const db = await readPglite(join(dataDir, "index", "pglite"));
  try {
    const whole = await compareRows(db, found, aud, fill);
    if (whole.length > 0) throw new Error(`untouched tables are not whole: ${JSON.stringify(whole)}`);
    const { tables, edits } = await rowEdits(db);
    const untouched = new Set(tables);
    const made = new Map<RowKind, number>();
    for (const { kind, table, ctid, change } of edits) {
      if ((made.get(kind) ?? 0) >= count && !untouched.has(table)) continue;
      await db.query(NoRow, "begin");
      if (await isMade(db, change, ctid)) {
        const findings = await compareRows(db, found, aud, fill);
        made.set(kind, (made.get(kind) ?? 0) + 1);
        untouched.delete(table);
        told(kind, `${table} ${ctid ?? ""} ${change}`, findings.length > 0);
      }
      await db.query(NoRow, "rollback");
    }
    return [...untouched];
  } finally {
    await db.close();
  }
}

/** A unique column refuses some edits by itself (23505): then there is nothing to notice. */
async function isMade(db: Tables, change: string, ctid: string | null): Promise<boolean> {
  try {
    await db.query(NoRow, change, ctid === null ? [] : [ctid]);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "23505") return false;
    throw error;
  }
}

type Tables = Pick<Awaited<ReturnType<typeof readPglite>>, "query">;
const NoRow = z.never();
const Column = z.object({ table_name: z.string(), column_name: z.string(), data_type: z.string() });
const Place = z.object({ ctid: z.string() });

interface RowEdit {
  readonly kind: RowKind;
  readonly table: string;
  /** The row that is edited, where it is there already. */
  readonly ctid: string | null;
  readonly change: string;
}

/** In turn from every table and of every kind, so that a small count meets them all. */
async function rowEdits(db: Tables): Promise<{ tables: string[]; edits: RowEdit[] }> {
  const columns = await db.query(
    Column,
    "select table_name, column_name, data_type from information_schema.columns where table_schema = $1",
    [SCHEMA],
  );
  const tables = [...new Set(columns.map((column) => column.table_name))];
  const lanes: RowEdit[][] = [];
  for (const table of tables) {
    const rows = await db.query(Place, `select ctid::text from ${table}`);
    const all = columns.filter((column) => column.table_name === table);
    const own = all.filter((column) => column.column_name !== "one");
    lanes.push(
      rows.map(({ ctid }) => ({
        ...{ kind: "rows deleted", table, ctid },
        change: `delete from ${table} where ctid = $1::tid`,
      })),
      rows.flatMap(({ ctid }) =>
        own.map(({ column_name: column, data_type: type }) => ({
          ...{ kind: "rows changed" as const, table, ctid },
          change: `update ${table} set ${column} = ${changed(column, type)} where ctid = $1::tid`,
        })),
      ),
      [
        {
          ...{ kind: "rows inserted", table, ctid: null },
          change: `insert into ${table} (${all.map((column) => column.column_name).join(", ")})
            values (${all.map((column) => invented(column.data_type)).join(", ")})`,
        },
      ],
    );
  }
  const longest = Math.max(...lanes.map((lane) => lane.length));
  const edits = Array.from({ length: longest }, (_, at) => lanes.flatMap((lane) => lane[at] ?? [])).flat();
  return { tables, edits };
}

function invented(type: string): string {
  return type === "boolean" ? "true" : type === "text" ? "'nobody sent this'" : "4711";
}

function changed(column: string, type: string): string {
  if (type === "boolean") return `not ${column}`;
  return type === "text" ? `coalesce(${column}, '') || 'x'` : `${column} + 1`;
}
