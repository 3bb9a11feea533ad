// The database against the journal: another one is filled from the journal as far as this one says it is, and every row of
// every table is compared, as text. What only passes through (offers) must at least be what was signed.
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { utf8ToText } from "#shared/base";
import { peekRecord, textToRecord } from "#shared/wire";
import { EMPTY_HEAD, type PlacedEntry } from "../acceptance/journal.ts";
import { readOrNothing } from "../keys/durable-file.ts";
import { createIndex } from "../store/index-of-journal.ts";
import { markAt } from "../store/open-index.ts";
import { openPglite, readPglite } from "../store/pglite.ts";
import { readPostgres } from "../store/postgres.ts";
import type { Database } from "../store/sql.ts";
import { RESULT_TABLE_NAMES } from "../store/tables.ts";
import type { Finding, VerifyOptions } from "./finding.ts";

export interface IndexAudit {
  readonly findings: readonly Finding[];
  /** Why the rows were not compared; null when they were. */
  readonly notCompared: string | null;
}

export function auditIndex(
  found: readonly PlacedEntry[],
  { dataDir, databaseUrl }: VerifyOptions,
  aud: string,
): Promise<IndexAudit> {
  return databaseUrl === null ? auditEmbedded(found, dataDir, aud) : auditOnPostgres(found, databaseUrl, aud);
}

const notCompared = (reason: string): IndexAudit => ({ findings: [], notCompared: reason });
const told = (where: string, what: string): IndexAudit => ({
  findings: [{ where, what }],
  notCompared: null,
});

async function auditOnPostgres(
  found: readonly PlacedEntry[],
  databaseUrl: string,
  aud: string,
): Promise<IndexAudit> {
  const db = await readPostgres(databaseUrl);
  try {
    if (db.tables === "none") return notCompared("the one that DATABASE_URL names is empty");
    if (db.tables === "others")
      return notCompared("its tables are another version's; the next start makes them anew");
    return { findings: await compareRows(db, found, aud, rowsOfJournal), notCompared: null };
  } catch (error) {
    if (!isOfTables(error)) throw error;
    return told("database", `cannot be read: ${error.message}`);
  } finally {
    await db.close();
  }
}

/** SQLSTATE class 42: a table or a column that is not there. */
function isOfTables(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("42");
}

async function auditEmbedded(
  found: readonly PlacedEntry[],
  dataDir: string,
  aud: string,
): Promise<IndexAudit> {
  const folder = join(dataDir, "index");
  const mark = await readOrNothing(join(folder, "closed-at"));
  // It is thrown away at the next start: there is nothing that anybody would believe.
  if (!mark) return notCompared("none in the data folder was closed cleanly; the next start makes it anew");
  const at = markAt(found.at(-1)?.frame ?? EMPTY_HEAD);
  const text = utf8ToText(mark);
  if (text.split(" ")[0] !== at.split(" ")[0])
    return told(join("index", "closed-at"), "is not of this journal");
  if (text !== at) return notCompared("its tables are another version's; the next start makes it anew");
  if (!existsSync(join(folder, "pglite"))) return told("index", "the database is not there");
  const copy = await mkdtemp(join(tmpdir(), "registry-audit-"));
  try {
    await cp(join(folder, "pglite"), join(copy, "pglite"), { recursive: true });
    return { findings: await auditCopy(join(copy, "pglite"), found, aud), notCompared: null };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function auditCopy(folder: string, found: readonly PlacedEntry[], aud: string): Promise<Finding[]> {
  try {
    const db = await readPglite(folder);
    try {
      return await compareRows(db, found, aud, rowsOfJournal);
    } finally {
      await db.close();
    }
  } catch (error) {
    // A database whose files were edited may not even open.
    const reason = error instanceof Error ? error.message : String(error);
    return [{ where: "index", what: `the database cannot be read: ${reason}` }];
  }
}

const Row = z.object({ row: z.string() });
const Filed = z.object({ place: z.int(), frame: z.string(), aud: z.string() });

/** `fill`: the rows that the journal gives, up to some place. */
export async function compareRows(
  db: Pick<Database, "query">,
  found: readonly PlacedEntry[],
  aud: string,
  fill: typeof rowsOfJournal,
): Promise<Finding[]> {
  const [at] = await db.query(Filed, "select place, frame, aud from filed");
  const place = at?.place ?? 0;
  if (at && (found[place - 1]?.frame !== at.frame || at.aud !== aud))
    return [{ where: "table filed", what: "names a place that this journal does not have" }];
  const there = await rowsOfAll(db);
  const meant = await fill(found.slice(0, place), aud);
  const findings = RESULT_TABLE_NAMES.flatMap((table) => differences(table, there, meant));
  return [...findings, ...(await auditOffers(db))];
}

type Rows = ReadonlyMap<string, readonly string[]>;

/** The same tables, filled by nothing but the journal. */
export async function rowsOfJournal(found: readonly PlacedEntry[], aud: string): Promise<Rows> {
  const folder = await mkdtemp(join(tmpdir(), "registry-audit-"));
  try {
    const db = await openPglite(join(folder, "pglite"), null);
    try {
      await createIndex(db, aud).apply(found);
      return await rowsOfAll(db);
    } finally {
      await db.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rowsOfAll(db: Pick<Database, "query">): Promise<Rows> {
  const rows = new Map<string, readonly string[]>();
  for (const table of RESULT_TABLE_NAMES)
    rows.set(
      table,
      (await db.query(Row, `select t::text as row from ${table} t`)).map(({ row }) => row),
    );
  return rows;
}

function differences(table: string, there: Rows, meant: Rows): Finding[] {
  const due = new Map<string, number>();
  for (const row of meant.get(table) ?? []) due.set(row, (due.get(row) ?? 0) + 1);
  let more = 0;
  for (const row of there.get(table) ?? []) {
    const left = due.get(row) ?? 0;
    if (left > 0) due.set(row, left - 1);
    else more += 1;
  }
  const missing = [...due.values()].reduce((sum, left) => sum + left, 0);
  if (more + missing === 0) return [];
  const what = `${missing} rows of the journal are not there, ${more} rows are there that are not the journal's`;
  return [{ where: `table ${table}`, what }];
}

const Offer = z.object({ batch: z.string(), manifest: z.string() });
const Offered = z.object({ batch: z.string(), wire: z.string(), size: z.int() });

/** Offers are not in the journal: they hang on their manifest, whose hash is the batch. */
async function auditOffers(db: Pick<Database, "query">): Promise<Finding[]> {
  const findings: Finding[] = [];
  const named = new Map<string, Set<string>>();
  const objects = await db.query(Offered, "select batch, wire, size from offered_objects");
  for (const { batch, wire, size } of objects)
    named.set(batch, (named.get(batch) ?? new Set<string>()).add(`${wire} ${size}`));
  const offers = await db.query(Offer, "select batch, manifest from offers");
  for (const { batch, manifest } of offers) {
    const record = textToRecord(manifest);
    const read = record && peekRecord("batch", record);
    if (!read?.ok || read.value.hash !== batch) {
      findings.push({ where: "table offers", what: `${batch} is not its manifest` });
      continue;
    }
    const due = new Set(read.value.value.objects.map(({ wire, size }) => `${wire} ${size}`));
    const own = named.get(batch) ?? new Set();
    if (due.size !== own.size || [...due].some((one) => !own.has(one)))
      findings.push({ where: "table offered_objects", what: `${batch} names others` });
  }
  const offered = new Set(offers.map(({ batch }) => batch));
  if ([...named.keys()].some((batch) => !offered.has(batch)))
    findings.push({ where: "table offered_objects", what: "names a batch nobody offered" });
  return findings;
}
