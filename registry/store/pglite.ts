// PGlite behind the SQL surface. It never flushes (protocol F1): what it holds is an index, and after anything but a
// clean stop it is thrown away and rebuilt from the acceptance journal.
import { PGlite } from "@electric-sql/pglite";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { z } from "zod";
import { readOrNothing, writeDurably } from "../keys/durable-file.ts";
import type { Database, Sql } from "./sql.ts";
import { prepareTables, ROLE, SCHEMA } from "./tables.ts";

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

/** The tables as they are, whatever they are. Opening a PGlite writes in its folder, so the folder is to be a copy. */
export async function readPglite(folder: string): Promise<Pick<Database, "query" | "close">> {
  const db = await PGlite.create(folder);
  await db.query(`set search_path to ${SCHEMA}`);
  return { ...overClient(db), close: () => db.close() };
}

async function openOrCreate(folder: string, spare: string | null): Promise<PGlite> {
  if (spare === null || existsSync(folder)) return PGlite.create(folder);
  const packed = await readOrNothing(spare);
  if (packed) {
    try {
      return await PGlite.create({
        dataDir: folder,
        loadDataDir: new Blob([new Uint8Array(packed)], { type: "application/x-gzip" }),
      });
    } catch {
      await rm(folder, { recursive: true, force: true }); // of another version, or damaged: it is made anew
    }
  }
  const db = await PGlite.create(folder);
  await writeDurably(spare, new Uint8Array(await (await db.dumpDataDir("gzip")).arrayBuffer()), 0o600);
  return db;
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
