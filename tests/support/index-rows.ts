// How many rows a registry that has stopped left in its index: on either database, asked past the registry.
import { join } from "node:path";
import { z } from "zod";
import { openPglite } from "../../registry/store/pglite.ts";
import { runSql } from "./postgres.ts";

const Count = z.object({ batches: z.int(), receipts: z.int(), sheets: z.int() });
export type IndexRows = z.output<typeof Count>;
const COUNT = `select (select count(*) from registry.batches)::int as batches,
  (select count(*) from registry.receipts)::int as receipts, (select count(*) from registry.sheets)::int as sheets`;

export async function countRows(dataDir: string, databaseUrl: string | null): Promise<IndexRows> {
  if (databaseUrl !== null) return Count.parse((await runSql(databaseUrl, COUNT)).at(0));
  const db = await openPglite(join(dataDir, "index", "pglite"), null);
  try {
    return Count.parse((await db.query(Count, COUNT)).at(0));
  } finally {
    await db.close();
  }
}
