// PGlite behind the SQL surface. It never flushes (protocol F1): what it holds is an index, and after anything but a
// clean stop it is thrown away and rebuilt from the acceptance journal.
import { PGlite } from "@electric-sql/pglite";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import type { z } from "zod";
import { writeDurably } from "../keys/durable-file.ts";
import type { Database, Sql } from "./sql.ts";
import { prepareTables, ROLE } from "./tables.ts";

type Client = Pick<PGlite, "query">;

/** `spare`: where an empty database is kept, packed: to make one from nothing takes seconds, to unpack one does not. */
export async function openPglite(folder: string, spare: string | null): Promise<Database> {
  const db = await openOrCreate(folder, spare);
  await prepareTables(overClient(db));
  await db.query(`set role ${ROLE}`);
  return {
    ...overClient(db),
    transaction: (work) => db.transaction((tx) => work(overClient(tx))),
    close: () => db.close(),
  };
}

async function openOrCreate(folder: string, spare: string | null): Promise<PGlite> {
  if (spare === null || existsSync(folder)) return PGlite.create(folder);
  const packed = await readSpare(spare);
  if (packed) {
    try {
      return await PGlite.create({ dataDir: folder, loadDataDir: packed });
    } catch {
      await rm(folder, { recursive: true, force: true }); // of another version, or damaged: it is made anew
    }
  }
  const db = await PGlite.create(folder);
  await writeDurably(spare, new Uint8Array(await (await db.dumpDataDir("gzip")).arrayBuffer()), 0o600);
  return db;
}

async function readSpare(path: string): Promise<Blob | undefined> {
  try {
    return new Blob([new Uint8Array(await readFile(path))], { type: "application/x-gzip" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function overClient(client: Client): Sql {
  return {
    async query<S extends z.ZodType>(
      row: S,
      text: string,
      values: readonly unknown[] = [],
    ): Promise<z.output<S>[]> {
      const { rows } = await client.query(text, [...values]);
      return rows.map((one) => row.parse(one));
    },
    run: async (text, values = []) => {
      await client.query(text, [...values]);
    },
  };
}
