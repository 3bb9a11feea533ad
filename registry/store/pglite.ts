// PGlite behind the SQL surface. It never flushes (protocol F1): what it holds is an index, and after anything but a
// clean stop it is thrown away and rebuilt from the acceptance journal.
import { PGlite } from "@electric-sql/pglite";
import type { z } from "zod";
import type { Database, Sql } from "./sql.ts";
import { prepareTables, ROLE } from "./tables.ts";

type Client = Pick<PGlite, "query">;

export async function openPglite(folder: string): Promise<Database> {
  const db = await PGlite.create(folder);
  await prepareTables(overClient(db));
  await db.query(`set role ${ROLE}`);
  return {
    ...overClient(db),
    transaction: (work) => db.transaction((tx) => work(overClient(tx))),
    close: () => db.close(),
  };
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
