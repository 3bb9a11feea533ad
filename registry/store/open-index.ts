// Opens the index, level with the acceptance journal. PGlite never flushes, so only one that was closed at exactly this
// journal is believed; PostgreSQL is believed as far as its position is a place in this journal, and what it lacks is
// filed. Everything else is thrown away and filled again: the journal is what counts.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { utf8ToText } from "#shared/base";
import type { AcceptanceJournal } from "../acceptance/journal.ts";
import { readOrNothing } from "../keys/durable-file.ts";
import { createIndex, type Index } from "./index-of-journal.ts";
import { openPglite } from "./pglite.ts";
import { openPostgres } from "./postgres.ts";
import { DatabaseRefused } from "./sql.ts";
import { TABLES_VERSION } from "./tables.ts";

export interface IndexOptions {
  readonly dataDir: string;
  /** Null: PGlite in the data folder. */
  readonly databaseUrl: string | null;
  readonly aud: string;
  readonly journal: AcceptanceJournal;
  readonly say: (line: string) => void;
  /** The database was lost under a running registry. */
  readonly lost: (error: unknown) => void;
}

export function openIndex(options: IndexOptions): Promise<Index> {
  return options.databaseUrl === null ? openEmbedded(options) : openOnPostgres(options, options.databaseUrl);
}

async function openEmbedded(options: IndexOptions): Promise<Index> {
  const { dataDir, journal, aud } = options;
  const folder = join(dataDir, "index");
  const mark = join(folder, "closed-at");
  const closedAt = await readOrNothing(mark);
  const isLevel = closedAt !== undefined && utf8ToText(closedAt) === markAt(journal.head().hash);
  if (!isLevel) await rm(folder, { recursive: true, force: true });
  await rm(mark, { force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The first index of all is made from nothing; one that is made again takes the shorter way.
  const spare = journal.found.length > 0 ? join(dataDir, "empty-index.tgz") : null;
  const index = createIndex(await openPglite(join(folder, "pglite"), spare), aud);
  if (!isLevel) await fileFrom(0, index, options);
  return {
    ...index,
    close: async () => {
      await index.close();
      await writeFile(mark, markAt(journal.head().hash));
    },
  };
}

/** What a clean stop leaves: filed up to this head of the journal, in tables of this version. */
export function markAt(head: string): string {
  return `${head} ${TABLES_VERSION}`;
}

async function openOnPostgres(options: IndexOptions, url: string): Promise<Index> {
  const { journal, aud, lost } = options;
  const db = await openPostgres(url, lost);
  try {
    const index = createIndex(db, aud);
    const at = await index.position();
    if (at && at.aud !== aud)
      throw new DatabaseRefused(`DATABASE_URL: this database is the index of another registry, ${at.aud}`);
    const isOurs = at && !db.isOutdated && journal.found[at.place - 1]?.frame === at.frame;
    if (db.isOutdated || (at && !isOurs)) await db.reset();
    await fileFrom(isOurs ? at.place : 0, index, options);
    return index;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Entries filed in one transaction. */
const FILED_AT_ONCE = 200;

async function fileFrom(place: number, index: Index, { journal, say }: IndexOptions): Promise<void> {
  const missing = journal.found.slice(place);
  for (let at = 0; at < missing.length; at += FILED_AT_ONCE)
    await index.apply(missing.slice(at, at + FILED_AT_ONCE));
  if (missing.length > 0) say(`index rebuilt from ${missing.length} journal entries`);
}
