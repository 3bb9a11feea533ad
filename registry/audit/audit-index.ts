// The database against the journal: another one is filled from the journal as far as this one says it is, and every row of
// every table is compared, as text. What only passes through (offers) must at least be what was signed.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { peekRecord, textToRecord } from "#shared/wire";
import type { PlacedEntry } from "../acceptance/journal.ts";
import { createIndex } from "../store/index-of-journal.ts";
import { openPglite } from "../store/pglite.ts";
import { openPostgres } from "../store/postgres.ts";
import type { Database } from "../store/sql.ts";
import { RESULT_TABLE_NAMES, TABLES_VERSION } from "../store/tables.ts";
import type { Finding, VerifyOptions } from "./finding.ts";

export async function auditIndex(
  found: readonly PlacedEntry[],
  { dataDir, databaseUrl }: VerifyOptions,
  aud: string,
): Promise<Finding[]> {
  if (databaseUrl !== null) {
    const db = await openPostgres(databaseUrl, () => undefined);
    try {
      return db.isOutdated ? [] : await compareRows(db, found, aud, rowsOfJournal);
    } finally {
      await db.close();
    }
  }
  const folder = join(dataDir, "index");
  const mark = join(folder, "closed-at");
  // Without a clean stop it is thrown away at the next start: there is nothing that anybody would believe.
  if (!existsSync(mark)) return [];
  if ((await readFile(mark, "utf8")) !== `${found.at(-1)?.frame ?? ""} ${TABLES_VERSION}`)
    return [{ where: join("index", "closed-at"), what: "is not of this journal" }];
  if (!existsSync(join(folder, "pglite"))) return [{ where: "index", what: "the database is not there" }];
  try {
    const db = await openPglite(join(folder, "pglite"), null);
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
  const meant = await fill(found.slice(0, place), aud);
  const findings: Finding[] = [];
  for (const table of RESULT_TABLE_NAMES)
    findings.push(...differences(table, await rowsOf(db, table), meant));
  return [...findings, ...(await auditOffers(db))];
}

type Rows = ReadonlyMap<string, readonly string[]>;

/** The same tables, filled by nothing but the journal. */
export async function rowsOfJournal(found: readonly PlacedEntry[], aud: string): Promise<Rows> {
  const folder = mkdtempSync(join(tmpdir(), "registry-audit-"));
  try {
    const db = await openPglite(join(folder, "pglite"), null);
    try {
      await createIndex(db, aud).apply(found);
      const rows = new Map<string, readonly string[]>();
      for (const table of RESULT_TABLE_NAMES) rows.set(table, await rowsOf(db, table));
      return rows;
    } finally {
      await db.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsOf(db: Pick<Database, "query">, table: string): Promise<string[]> {
  const rows = await db.query(Row, `select t::text as row from ${table} t`);
  return rows.map(({ row }) => row).sort();
}

function differences(table: string, rows: readonly string[], meant: Rows): Finding[] {
  const due = [...(meant.get(table) ?? [])];
  let more = 0;
  for (const row of rows) {
    const i = due.indexOf(row);
    if (i >= 0) due.splice(i, 1);
    else more += 1;
  }
  if (more + due.length === 0) return [];
  const what = `${due.length} rows of the journal are not there, ${more} rows are there that are not the journal's`;
  return [{ where: `table ${table}`, what }];
}

const Offer = z.object({ batch: z.string(), manifest: z.string() });
const Offered = z.object({ batch: z.string(), wire: z.string(), size: z.int() });

/** Offers are not in the journal: they hang on their manifest, whose hash is the batch. */
async function auditOffers(db: Pick<Database, "query">): Promise<Finding[]> {
  const findings: Finding[] = [];
  const objects = await db.query(Offered, "select batch, wire, size from offered_objects");
  const offers = await db.query(Offer, "select batch, manifest from offers");
  for (const { batch, manifest } of offers) {
    const record = textToRecord(manifest);
    const read = record && peekRecord("batch", record);
    if (!read?.ok || read.value.hash !== batch) {
      findings.push({ where: "table offers", what: `${batch} is not its manifest` });
      continue;
    }
    const due = new Set(read.value.value.objects.map(({ wire, size }) => `${wire} ${size}`));
    const own = new Set(
      objects.filter((one) => one.batch === batch).map(({ wire, size }) => `${wire} ${size}`),
    );
    if (due.size !== own.size || [...due].some((one) => !own.has(one)))
      findings.push({ where: "table offered_objects", what: `${batch} names others` });
  }
  const strays = objects.filter(({ batch }) => !offers.some((offer) => offer.batch === batch));
  if (strays.length > 0)
    findings.push({ where: "table offered_objects", what: "names a batch nobody offered" });
  return findings;
}
