// The plain peer of the registry's bench: a JSON POST is a row in the same database, committed before it is answered. No
// signature, no seal, no rule, no journal. Says where it listens in the registry's own words, so that one starter serves both.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";

const { values } = parseArgs({ options: { data: { type: "string" }, demo: { type: "boolean" } } });
const url = process.env["DATABASE_URL"];
const query = url === undefined ? await onPglite(join(values.data ?? ".", "plain")) : onPostgres(url);
await query("create table if not exists plain_sheets (id text primary key, sheet jsonb not null)");

const server = createServer((request, response) => {
  store(request).then(
    () => response.writeHead(201).end('{"ok":true}'),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(
    `registry listening on http://127.0.0.1:${String((server.address() as AddressInfo).port)}\n`,
  );
});
process.once("SIGTERM", () => process.exit(0));

type Query = (text: string, values?: unknown[]) => Promise<unknown>;

async function onPglite(folder: string): Promise<Query> {
  const db = await PGlite.create(folder);
  return (text, values) => db.query(text, values);
}

function onPostgres(connectionString: string): Query {
  const pool = new pg.Pool({ connectionString, max: 8 });
  return (text, values) => pool.query(text, values);
}

async function store(request: IncomingMessage): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const sheets = JSON.parse(Buffer.concat(parts).toString()) as { sheetId: string }[];
  await query(
    "insert into plain_sheets select id, sheet::jsonb from unnest($1::text[], $2::text[]) as t (id, sheet) on conflict do nothing",
    [sheets.map(({ sheetId }) => sheetId), sheets.map((sheet) => JSON.stringify(sheet))],
  );
}
