// PostgreSQL behind the SQL surface (`DATABASE_URL`). One registry a database, held by an advisory lock; a server that
// could lose what it has confirmed is refused, because then an index that looks whole may not be.
import pg from "pg";
import type { z } from "zod";
import { DatabaseRefused, type Database, type Sql } from "./sql.ts";
import { prepareTables, ROLE, SCHEMA, TABLES_VERSION } from "./tables.ts";

export interface PostgresDatabase extends Database {
  /** Its tables are of another version of the registry: only `filed` may be read, then it is to be reset. */
  readonly isOutdated: boolean;
  /** Throws the whole index away and makes empty tables. */
  reset(): Promise<void>;
}

/** Any number that nobody else takes in this database. */
const LOCK_KEY = 0x4552_5401;
const MAX_CONNECTIONS = 8;
const MUST_BE_ON = ["fsync", "full_page_writes"] as const;

/** `lost` is told when the connection that holds the lock ends: another registry could take the database then. */
export async function openPostgres(url: string, lost: (error: unknown) => void): Promise<PostgresDatabase> {
  const owner = new pg.Client({ connectionString: url, types });
  await connect(owner);
  const asOwner = overClient(owner);
  let isOutdated: boolean;
  try {
    await refuseUnsafe(owner);
    await takeLock(owner);
    isOutdated = await hasOtherTables(owner);
    if (!isOutdated) await prepareTables(asOwner);
  } catch (error) {
    await owner.end();
    throw readable(error);
  }
  owner.on("error", lost);
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: MAX_CONNECTIONS,
    options: `-c search_path=${SCHEMA} -c role=${ROLE}`,
  });
  pool.on("error", () => undefined); // an idle connection ended: the next question opens another or fails itself
  return {
    ...overClient(pool),
    isOutdated,
    transaction: async (work) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query("begin");
        const result = await work(overClient(client));
        await client.query("commit");
        return result;
      } catch (error) {
        broken = error instanceof Error ? error : new Error("the transaction failed");
        await client.query("rollback").catch(() => undefined);
        throw error;
      } finally {
        client.release(broken);
      }
    },
    reset: async () => {
      await asOwner.run(`drop schema ${SCHEMA} cascade`);
      await prepareTables(asOwner);
    },
    close: async () => {
      await pool.end();
      owner.off("error", lost);
      await owner.end();
    },
  };
}

/** The tables as they are: nothing is made, granted or mended, and no registry may use them meanwhile. */
export async function readPostgres(
  url: string,
): Promise<Pick<Database, "query" | "close"> & { readonly tables: "ours" | "others" | "none" }> {
  const client = new pg.Client({
    connectionString: url,
    types,
    options: `-c search_path=${SCHEMA} -c default_transaction_read_only=on`,
  });
  client.on("error", () => undefined); // the next question fails itself
  await connect(client);
  try {
    await takeLock(client);
    const version = await versionOfTables(client);
    const tables = version === TABLES_VERSION ? "ours" : version === undefined ? "none" : "others";
    return { ...overClient(client), tables, close: () => client.end() };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    // An AggregateError of several refused addresses has no message of its own.
    const reason = error instanceof Error && error.message !== "" ? error.message : "nobody answers there";
    throw new DatabaseRefused(`DATABASE_URL: the database cannot be reached: ${reason}`);
  }
}

async function refuseUnsafe(client: pg.Client): Promise<void> {
  const settings = await client.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name = any($1)",
    [[...MUST_BE_ON, "synchronous_commit"]],
  );
  const off = settings.rows.filter(({ setting }) => setting === "off").map(({ name }) => name);
  if (off.length === 0) return;
  throw new DatabaseRefused(
    `DATABASE_URL: the server may lose what it has confirmed, because ${off.sort().join(", ")} ${off.length > 1 ? "are" : "is"} off; ` +
      "set it on in postgresql.conf (or for this database and role) and start the registry again",
  );
}

async function hasOtherTables(client: pg.Client): Promise<boolean> {
  const version = await versionOfTables(client);
  return version !== undefined && version !== TABLES_VERSION;
}

/** Undefined where there is no schema; null where nobody said. */
async function versionOfTables(client: pg.Client): Promise<string | null | undefined> {
  const { rows } = await client.query<{ version: string | null }>(
    "select obj_description(oid, 'pg_namespace') as version from pg_namespace where nspname = $1",
    [SCHEMA],
  );
  return rows[0]?.version;
}

async function takeLock(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
    LOCK_KEY,
  ]);
  if (rows[0]?.taken !== true)
    throw new DatabaseRefused("DATABASE_URL: another registry is using this database");
}

function readable(error: unknown): unknown {
  // 42501 insufficient_privilege: creating the schema and the role that serves requests needs both rights once.
  const isRight = error instanceof Error && "code" in error && error.code === "42501";
  return isRight
    ? new DatabaseRefused(`DATABASE_URL: its user may not set the database up: ${error.message}`)
    : error;
}

/** A bigint of ours is a time in milliseconds or a count, far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8
      ? Number
      : (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
};

/** Statements are few and repeated: each is planned once a connection, under a name. */
const names = new Map<string, string>();

function overClient(client: Pick<pg.Pool, "query"> | Pick<pg.ClientBase, "query">): Sql {
  const ask = (text: string, values: readonly unknown[]) => {
    const query = { text, values: [...values] };
    if (values.length === 0) return client.query<Record<string, unknown>>(query);
    const name = names.get(text) ?? `s${names.size}`;
    names.set(text, name);
    return client.query<Record<string, unknown>>({ ...query, name });
  };
  return {
    async query<S extends z.ZodType>(
      row: S,
      text: string,
      values: readonly unknown[] = [],
    ): Promise<z.output<S>[]> {
      const { rows } = await ask(text, values);
      return rows.map((one) => row.parse(one));
    },
    run: async (text, values = []) => {
      await ask(text, values);
    },
  };
}
