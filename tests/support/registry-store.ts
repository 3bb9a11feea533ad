// Which database stands behind a registry of the contract suite: the whole of it runs once on PGlite and once on
// PostgreSQL (vitest.config.ts names the two projects).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  LOOPBACK,
  startRegistryIn,
  WORLD,
  type RegistryOptions,
  type RegistryWorld,
  type RunningRegistry,
} from "../../registry/index.ts";
import { openPglite } from "../../registry/store/pglite.ts";
import { openPostgres } from "../../registry/store/postgres.ts";
import type { Database } from "../../registry/store/sql.ts";
import { openRegistryKeys, type RegistryKeys } from "../../registry/keys/registry-keys.ts";
import { countRows, type IndexRows } from "./index-rows.ts";
import { layIndex, removePlace } from "./index-template.ts";
import { runSql, serverAt } from "./postgres.ts";
import { aReferenceSource } from "./reference-builder.ts";

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
        {
          ...{ dataDir, port: 0, door: LOOPBACK, demo: true, databaseUrl, openLog: false },
          log: () => undefined,
          ...over,
        },
      ),
    loseIndex: async () => {
      if (databaseUrl === null) rmSync(join(dataDir, "index"), { recursive: true });
      else await runSql(databaseUrl, "drop schema registry cascade");
    },
    remove: () => removePlace(dataDir),
  };
}

export interface RegisterEntry {
  readonly name?: { readonly zh: string; readonly en: string };
  readonly people?: readonly object[];
  readonly reference?: object;
  readonly appointments?: readonly object[];
}

/** As an operator writes the register, or writes it anew; a registry reads it when it starts. */
export function registerInstitution(
  { dataDir }: Pick<RegistryPlace, "dataDir">,
  id: string,
  { name = { zh: id, en: id }, ...entry }: RegisterEntry = {},
): void {
  const institution = { id, name, demo: false };
  const file = { institution, people: [], reference: aReferenceSource(id), ...entry };
  mkdirSync(join(dataDir, "register"), { recursive: true });
  writeFileSync(join(dataDir, "register", `${id}.json`), JSON.stringify(file));
}

/** The database of a place at which no registry runs. */
export function openDatabase({ dataDir, databaseUrl }: RegistryPlace): Promise<Database> {
  return databaseUrl === null
    ? openPglite(join(dataDir, "index", "pglite"), null)
    : openPostgres(databaseUrl, () => undefined);
}

export interface StandingRegistry {
  readonly url: string;
  readonly place: RegistryPlace;
  /** It stops for the work, and is back at the same address. */
  whileStopped<T>(work: () => T | Promise<T>): Promise<T>;
  /** What lies in the index, asked past the registry. */
  rows(): Promise<IndexRows>;
  stop(): Promise<void>;
}

/** A registry for as long as it is used. */
export async function withRegistry<T>(use: (registry: StandingRegistry) => Promise<T>): Promise<T> {
  const place = await aRegistryPlace();
  let running: RunningRegistry | null = await place.start();
  const { url } = running;
  const stop = async () => {
    await running?.close();
    running = null;
  };
  const whileStopped = async <T>(work: () => T | Promise<T>) => {
    await stop();
    const done = await work();
    running = await place.start({ port: Number(new URL(url).port) });
    return done;
  };
  const rows = () => whileStopped(() => countRows(place.dataDir, place.databaseUrl));
  try {
    return await use({ url, place, whileStopped, rows, stop });
  } finally {
    await stop();
    place.remove();
  }
}

/** What this registry signs with. It has run once. */
export function keysOf({ dataDir }: Pick<RegistryPlace, "dataDir">): Promise<RegistryKeys> {
  return openRegistryKeys(dataDir, true, () => {
    throw new Error("the registry has made no keys yet");
  });
}

/** Each batch once, with its receipt and its sheets, and nothing else. */
export function isOneRowEach(found: IndexRows, wanted: { batches: number; sheets: number }): boolean {
  return (
    found.batches === wanted.batches && found.receipts === wanted.batches && found.sheets === wanted.sheets
  );
}

export function contractServer() {
  const url = process.env["JIANGPING_CONTRACT_POSTGRES"];
  if (url === undefined) throw new Error("the run started no PostgreSQL (tests/support/contract-server.ts)");
  return serverAt(url, () => Promise.resolve());
}
