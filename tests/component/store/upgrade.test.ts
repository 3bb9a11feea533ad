// Every version that ever lay on a laptop, opened by this one (S15, P2): a frozen store of each, upgraded, killed inside
// the upgrade, and opened again. A version without its frozen store fails here:
// `node --import tsx tests/support/make-frozen-stores.ts` writes it.
import { Dexie } from "dexie";
import { afterEach, expect, test } from "vitest";
import { base64ToBytes, ok } from "#shared/base";
import { TABLES, type TableName } from "#shared/journal";
import { createSealer, openStore, type Store } from "../../../renderer/store/index.ts";
import { SCHEMA_VERSION, versions } from "../../../renderer/store/versions/index.ts";
import { aFrozenDay, FROZEN_KEY, type FrozenStore } from "../../support/frozen-store.ts";
import type { Stop } from "../../support/stopping-upgrade.ts";

const files = import.meta.glob<FrozenStore>("../../fixtures/stores/*.json", {
  eager: true,
  import: "default",
});
const frozen = Object.values(files).sort((a, b) => a.version - b.version);
const older = frozen.filter(({ version }) => version < SCHEMA_VERSION);

const key = crypto.subtle.importKey("raw", FROZEN_KEY, "AES-GCM", false, ["encrypt", "decrypt"]);
const opened: Store[] = [];
let databases = 0;

afterEach(async () => {
  for (const store of opened.splice(0)) {
    store.close();
    await Dexie.delete(store.db.name);
  }
});

async function lay({ version, cursor, tables }: FrozenStore): Promise<string> {
  const name = `upgrade-${String((databases += 1))}`;
  const old = new Dexie(name);
  for (const one of versions) if (one.number <= version) old.version(one.number).stores(one.tables);
  for (const [table, rows] of Object.entries(tables))
    await old.table(table).bulkPut(
      rows.map(([, row]) => asStored(row)),
      rows.map(([own]) => own),
    );
  await old.table("meta").put(cursor, "cursor");
  expect(old.verno).toBe(version);
  old.close();
  return name;
}

function asStored(row: Record<string, unknown>): unknown {
  const { nonce, sealed } = row;
  if (typeof nonce !== "string" || typeof sealed !== "string") return row;
  return {
    ...row,
    nonce: bytesOf(nonce),
    sealed: bytesOf(sealed).buffer,
  };
}

function bytesOf(text: string): Uint8Array {
  const bytes = base64ToBytes(text);
  if (!bytes) throw new Error("a frozen store holds base64");
  return new Uint8Array(bytes);
}

async function open(name: string): Promise<Store> {
  const journal = aFrozenDay();
  const store = await openStore(
    name,
    async (after) => ok(journal.read(after, 9)),
    createSealer(() => key),
  );
  if (!store.ok) throw new Error(store.error.code);
  opened.push(store.value);
  return store.value;
}

async function expectWhole(store: Store): Promise<void> {
  const { view } = aFrozenDay();
  const rows = await store.exportRows();
  for (const table of Object.keys(TABLES) as TableName[])
    expect(rows[table], table).toEqual(
      [...view.keys(table)].sort().map((own) => [own, view.read(table, own)]),
    );
}

test("[S15] every version has its frozen store", () => {
  expect(frozen.map(({ version }) => version)).toEqual(versions.map(({ number }) => number));
});

test.each(frozen)("[S15] a store of version $version is opened and nothing is lost", async (store) => {
  const after = await open(await lay(store));
  const isSameJournal = store.cursor["hash"] === aFrozenDay().head().hash;
  // What the newest version wrote is taken as it lies, as long as the day beside it is the one that it was folded from.
  expect(after.account?.reason ?? null).toBe(
    store.version < SCHEMA_VERSION ? "older-schema" : isSameJournal ? null : "other-journal",
  );
  await expectWhole(after);
  expect(after.db.verno).toBe(SCHEMA_VERSION);
});

const STOPS = ["declaring", 1, 9] as const;

test.each(older.map((store) => ({ store, at: STOPS[store.version % STOPS.length] ?? 1 })))(
  "[S15] an upgrade from version $store.version that is killed inside ($at) is begun again",
  async ({ store, at }) => {
    const name = await lay(store);
    await killInside({ name, at });
    const left = (await indexedDB.databases()).find((one) => one.name === name)?.version;
    // Dexie counts in tens. What was declared and not committed is not there.
    expect(left).toBe(10 * (at === "declaring" ? store.version : SCHEMA_VERSION));
    const after = await open(name);
    expect(after.account?.reason).toBe("older-schema");
    await expectWhole(after);
  },
);

/** Ends a page of its own in the middle of it, as a killed program ends. */
async function killInside(stop: Stop): Promise<void> {
  const worker = new Worker(new URL("../../support/stopping-upgrade.ts", import.meta.url), {
    type: "module",
  });
  const said = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(stop);
  expect(await said).toBe("stopped");
  worker.terminate();
}
