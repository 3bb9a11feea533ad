// What stands behind the registry and may be lost, but not edited: two databases, one contract (P26, F1).
import { PGlite } from "@electric-sql/pglite";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { startPostgres, runSql } from "../support/postgres.ts";
import { runRegistry } from "../support/registry-process.ts";
import { aRegistryPlace, isOnPostgres, openDatabase, type RegistryPlace } from "../support/registry-store.ts";
import { aCandidateRef } from "../support/wire-builders.ts";
import { verifyRegistry } from "../../registry/audit/verify-registry.ts";
import type { RunningRegistry } from "../../registry/index.ts";
import { deliver, enrolLaptop } from "../support/registry-calls.ts";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What only waits, and how far the journal is filed. Every other table is a result. */
const PASSING = ["offers", "offered_objects", "filed"];

const clearing: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const clear of clearing.reverse()) await clear();
});

async function aPlace() {
  const place = await aRegistryPlace();
  clearing.push(() => place.remove());
  return place;
}

async function aDatabase() {
  return openDatabase(await aPlace());
}

async function aSentDay(registry: RunningRegistry) {
  const laptop = await enrolLaptop(registry.url);
  const ref = aCandidateRef();
  laptop.roster([ref]);
  laptop.sheet(ref);
  const sealed = await laptop.seal();
  return { laptop, sealed, receipt: await deliver(registry.url, sealed) };
}

test("[P26] the role that serves requests may neither update nor delete nor empty what was decided", async () => {
  const db = await aDatabase();
  const columns = await db.query(
    z.object({ table_name: z.string(), column_name: z.string() }),
    "select table_name, min(column_name) as column_name from information_schema.columns where table_schema = $1 group by 1",
    ["registry"],
  );
  const results = columns.filter(({ table_name }) => !PASSING.includes(table_name));
  expect(results.length).toBeGreaterThan(15);
  for (const { table_name: table, column_name: column } of results) {
    await expect(db.run(`delete from ${table}`), table).rejects.toThrow(/permission denied/);
    await expect(db.run(`truncate ${table}`), table).rejects.toThrow(/permission denied/);
    await expect(db.run(`drop table ${table}`), table).rejects.toThrow(/must be owner/);
    await expect(db.run(`update ${table} set ${column} = ${column}`), table).rejects.toThrow(
      /permission denied/,
    );
  }
  await expect(db.run("delete from filed")).rejects.toThrow(/permission denied/);
  await expect(db.run("update sheets set candidate = 'x'")).rejects.toThrow(/permission denied/);
  await expect(db.run("update receipts set verdict = 'accepted'")).rejects.toThrow(/permission denied/);
  await db.run("delete from offers"); // what only waits may go
  await db.close();
});

test("[P3] an index whose tables are another version's is thrown away and filled from the journal", async () => {
  const place = await aPlace();
  let registry = await place.start();
  const { sealed, receipt } = await aSentDay(registry);
  await registry.close();
  if (place.databaseUrl === null) {
    const mark = join(place.dataDir, "index", "closed-at");
    writeFileSync(mark, readFileSync(mark, "utf8").replace(/sha256:.*/, "sha256:of-yesterday"));
  } else {
    await runSql(place.databaseUrl, "drop table registry.sittings cascade");
    await runSql(place.databaseUrl, "comment on schema registry is 'of yesterday'");
  }
  const said: string[] = [];
  registry = await place.start({ log: (line) => said.push(line) });
  expect(said.join()).toMatch(/index rebuilt from \d+ journal entries/);
  expect(await deliver(registry.url, sealed)).toEqual(receipt);
  await registry.close();
});

test("[T12] an audit mends and writes nothing in the database, finds a table that is gone, and says when it compared none", async () => {
  const place = await aPlace();
  const { dataDir, databaseUrl } = place;
  const registry = await place.start();
  await aSentDay(registry);
  await registry.close();
  const audit = () => verifyRegistry({ dataDir, databaseUrl });
  const before = await standing(place);
  expect(await audit()).toEqual({ findings: [], notCompared: null });
  expect(await standing(place)).toEqual(before);

  if (databaseUrl === null) {
    const db = await PGlite.create(join(dataDir, "index", "pglite"));
    await db.exec("drop table registry.sittings cascade");
    await db.close();
  } else await runSql(databaseUrl, "drop table registry.sittings cascade");
  const gone = await standing(place);
  expect((await audit()).findings.map(({ what }) => what).join()).toContain(
    'relation "sittings" does not exist',
  );
  expect(await standing(place)).toEqual(gone);

  if (databaseUrl === null) rmSync(join(dataDir, "index", "closed-at"));
  else await runSql(databaseUrl, "drop schema registry cascade");
  const run = await runRegistry(["--data", dataDir, "--verify"], databaseUrl);
  expect([run.code, run.stderr.split("\n")[0]]).toEqual([
    0,
    "nothing was changed: journal, records, objects and log agree",
  ]);
  expect(run.stderr).toContain("the database was not compared: ");
}, 120_000);

/** Every file of an embedded database with its time, every table of a server's. */
async function standing({ dataDir, databaseUrl }: RegistryPlace) {
  if (databaseUrl !== null)
    return runSql(
      databaseUrl,
      "select relname, relacl::text from pg_class where relnamespace = 'registry'::regnamespace order by 1",
    );
  const folder = join(dataDir, "index");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => [name, statSync(join(folder, name)).mtimeMs]);
}

test("an entry is filed as a whole or not at all", async () => {
  const db = await aDatabase();
  const broken = db.transaction(async (sql) => {
    await sql.run("insert into rubrics (hash, bytes) values ('one', '')");
    throw new Error("the power went");
  });
  await expect(broken).rejects.toThrow("the power went");
  expect(await db.query(z.object({ hash: z.string() }), "select hash from rubrics")).toEqual([]);
  await db.close();
});

describe.runIf(isOnPostgres)("PostgreSQL", () => {
  test.each([
    [{ fsync: "off" }, "fsync is off"],
    [{ full_page_writes: "off" }, "full_page_writes is off"],
    [{ synchronous_commit: "off", fsync: "off" }, "fsync, synchronous_commit are off"],
  ])("[F1] a server with %o is refused in words", async (settings, words) => {
    const server = await startPostgres(settings);
    try {
      const place = await aPlace();
      await expect(place.start({ databaseUrl: server.url })).rejects.toThrow(words);
    } finally {
      await server.stop();
    }
  });

  test("a database that turned synchronous_commit off for itself is refused, and a server that is not there", async () => {
    const place = await aPlace();
    const url = place.databaseUrl ?? "";
    const name = new URL(url).pathname.slice(1);
    await runSql(url, `alter database ${name} set synchronous_commit = off`);
    await expect(place.start()).rejects.toThrow("synchronous_commit is off");
    await expect(place.start({ databaseUrl: "postgres://x@127.0.0.1:1/x" })).rejects.toThrow(
      "DATABASE_URL: the database cannot be reached",
    );
  });

  test("[F2] one registry a database: neither a second one beside it nor another one after it", async () => {
    const [one, two] = [await aPlace(), await aPlace()];
    const registry = await one.start();
    await expect(two.start({ databaseUrl: one.databaseUrl })).rejects.toThrow(
      "another registry is using this database",
    );
    await enrolLaptop(registry.url);
    await registry.close();
    await expect(two.start({ databaseUrl: one.databaseUrl })).rejects.toThrow(
      "the index of another registry",
    );
  });

  test("[P3] an index that lags behind its journal is filled up, one that ran ahead of it is thrown away", async () => {
    const place = await aPlace();
    let registry = await place.start();
    const said: string[] = [];
    const first = await aSentDay(registry);
    await registry.close();
    const url = place.databaseUrl ?? "";
    await runSql(url, "update registry.filed set place = 1, frame = 'another history'");
    registry = await place.start({ log: (line) => said.push(line) });
    expect(said.join()).toMatch(/index rebuilt from \d+ journal entries/);
    expect((await aSentDay(registry)).receipt).not.toEqual(first.receipt);
    await registry.close();
    said.length = 0;
    registry = await place.start({ log: (line) => said.push(line) });
    expect(said).toEqual([]);
    await registry.close();
  });
});
