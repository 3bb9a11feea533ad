// A PostgreSQL server for one run of tests, rigs or benchmarks: a new cluster in a temporary folder, on a free loopback
// port, gone with the run. `JIANGPING_TEST_POSTGRES` names a server to use instead. Root may not run PostgreSQL, so root
// runs it as `postgres`.
import { execFile, type ExecFileException } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import pg from "pg";
import { freePort } from "./free-port.ts";

export interface PostgresServer {
  /** Of the maintenance database. */
  readonly url: string;
  /** A new, empty database. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const given = process.env["JIANGPING_TEST_POSTGRES"];
  if (given !== undefined && Object.keys(settings).length === 0)
    return serverAt(given, () => Promise.resolve());
  const bin = postgresBin();
  const folder = mkdtempSync(join(tmpdir(), "jiangping-postgres-"));
  const data = join(folder, "data");
  if (process.getuid?.() === 0) chownSync(folder, Number(await output("id", ["-u", "postgres"])), -1);
  await asUser(join(bin, "initdb"), [
    ...["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
  ]);
  const port = await freePort();
  const options = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: folder,
    max_connections: "200",
    ...settings,
  };
  const flags = Object.entries(options).map(([name, value]) => `-c ${name}=${value}`);
  await asUser(join(bin, "pg_ctl"), [
    "-D",
    data,
    "-w",
    "-o",
    flags.join(" "),
    "-l",
    join(folder, "log"),
    "start",
  ]);
  return serverAt(`postgres://postgres@127.0.0.1:${port}/postgres`, async () => {
    await asUser(join(bin, "pg_ctl"), ["-D", data, "-w", "-m", "immediate", "stop"]);
    rmSync(folder, { recursive: true, force: true });
  });
}

export function serverAt(url: string, stop: () => Promise<void>): PostgresServer {
  return {
    url,
    newDatabase: async () => {
      const name = `jiangping_${process.pid}_${Date.now().toString(36)}_${Math.floor(Math.random() * 1e9)}`;
      await runSql(url, `create database ${name}`);
      const of = new URL(url);
      of.pathname = `/${name}`;
      return of.href;
    },
    stop,
  };
}

/** One statement as the owner. */
export async function runSql(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Debian keeps them out of PATH, one folder a version. */
function postgresBin(): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  const found = folders.find((folder) => existsSync(join(folder, "initdb")));
  if (found === undefined) {
    throw new Error(
      "PostgreSQL is not installed (no initdb): install it, or name a server in JIANGPING_TEST_POSTGRES",
    );
  }
  return found;
}

function asUser(file: string, args: readonly string[]): Promise<string> {
  return process.getuid?.() === 0
    ? output("runuser", ["-u", "postgres", "--", file, ...args])
    : output(file, args);
}

function output(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, [...args], { cwd: tmpdir() }, (error: ExecFileException | null, stdout, stderr) => {
      if (error) reject(new Error(`${file} failed: ${stderr}`));
      else resolve(stdout.trim());
    });
  });
}
