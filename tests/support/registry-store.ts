// Which database stands behind a registry of the contract suite: the whole of it runs once on PGlite and once on
// PostgreSQL (vitest.config.ts names the two projects).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  startRegistryIn,
  WORLD,
  type RegistryOptions,
  type RegistryWorld,
  type RunningRegistry,
} from "../../registry/index.ts";
import { openPglite } from "../../registry/store/pglite.ts";
import { openPostgres } from "../../registry/store/postgres.ts";
import type { Database } from "../../registry/store/sql.ts";
import { layIndex } from "./index-template.ts";
import { runSql, serverAt } from "./postgres.ts";

export interface RegistryPlace {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  start(over?: Partial<RegistryOptions>, world?: Partial<RegistryWorld>): Promise<RunningRegistry>;
  /** Loses everything but the journal, the objects and the keys. The registry must be stopped. */
  loseIndex(): Promise<void>;
  remove(): void;
}

export const isOnPostgres = process.env["JIANGPING_CONTRACT_STORE"] === "postgres";

/** A folder and, where the suite asks for it, a database of the run's server. */
export async function aRegistryPlace(): Promise<RegistryPlace> {
  const dataDir = mkdtempSync(join(tmpdir(), "registry-contract-"));
  const databaseUrl = isOnPostgres ? await contractServer().newDatabase() : null;
  if (databaseUrl === null) layIndex(dataDir);
  return {
    dataDir,
    databaseUrl,
    start: (over = {}, world = {}) =>
      startRegistryIn(
        { ...WORLD, ...world },
        { dataDir, port: 0, demo: true, databaseUrl, openLog: false, log: () => undefined, ...over },
      ),
    loseIndex: async () => {
      if (databaseUrl === null) rmSync(join(dataDir, "index"), { recursive: true });
      else await runSql(databaseUrl, "drop schema registry cascade");
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/** The database of a place at which no registry runs. */
export function openDatabase({ dataDir, databaseUrl }: RegistryPlace): Promise<Database> {
  return databaseUrl === null
    ? openPglite(join(dataDir, "index", "pglite"), null)
    : openPostgres(databaseUrl, () => undefined);
}

export function contractServer() {
  const url = process.env["JIANGPING_CONTRACT_POSTGRES"];
  if (url === undefined) throw new Error("the run started no PostgreSQL (tests/support/contract-server.ts)");
  return serverAt(url, () => Promise.resolve());
}
