// Every version that ever lay on a laptop, opened by this one (S15, P2): a frozen store of each, upgraded, killed inside
// the upgrade, and opened again. A version without its frozen store fails here:
// `node --import tsx tests/support/make-frozen-stores.ts` writes it.
import { Dexie } from "dexie";
import { afterEach, expect, test } from "vitest";
import { base64ToBytes, ok } from "#shared/base";
import { TABLES, type TableName } from "#shared/journal";
import { createSealer, openStore, type Store } from "../../../renderer/store/index.ts";
import { SCHEMA_VERSION, versions } from "../../../renderer/store/versions/index.ts";
import type { FrozenStore } from "../../support/frozen-store.ts";
import { aPreparedDay, markAbsent, sealDay, signSheet } from "../../support/journal-builders.ts";

const files = import.meta.glob<FrozenStore>("../../fixtures/stores/*.json", {
  eager: true,
  import: "default",
});
const frozen = Object.values(files).sort((a, b) => a.version - b.version);

const key = crypto.subtle.importKey("raw", new Uint8Array(32).fill(7), "AES-GCM", false, [
  "encrypt",
  "decrypt",
]);
const opened: Store[] = [];
let databases = 0;

afterEach(async () => {
  for (const store of opened.splice(0)) {
    store.close();
    await Dexie.delete(store.db.name);
  }
});

function aDay() {
  const day = aPreparedDay({ candidates: 3 });
  signSheet(day, 1);
  markAbsent(day, 2);
  sealDay(day);
  return day.journal;
}

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
  const journal = aDay();
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
  const { view } = aDay();
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
  expect(after.account?.reason).toBe("older-schema");
  await expectWhole(after);
  expect(after.db.verno).toBe(SCHEMA_VERSION);
});

test.each(frozen)(
  "[S15] an upgrade from version $version that was killed inside is done again",
  async (store) => {
    const { put } = IDBObjectStore.prototype;
    for (const died of [1, 4, 9]) {
      const name = await lay(store);
      let puts = 0;
      IDBObjectStore.prototype.put = function (...args) {
        // What a kill leaves: the transaction in which it fell never happened.
        if ((puts += 1) === died) this.transaction.abort();
        return put.apply(this, args);
      };
      const journal = aDay();
      const killed = await openStore(
        name,
        async (after) => ok(journal.read(after, 9)),
        createSealer(() => key),
      )
        .catch(() => null)
        .finally(() => {
          IDBObjectStore.prototype.put = put;
        });
      if (killed?.ok) killed.value.close();
      await expectWhole(await open(name));
    }
  },
);
