// Writes the frozen store of the newest version where there is none yet, by letting that version write it:
//   node --import tsx tests/support/make-frozen-stores.ts
// What a version left on laptops is never made again: whoever needs another shape takes the next number.
import "fake-indexeddb/auto";
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bytesToBase64, ok } from "#shared/base";
import { createSealer, openStore } from "../../renderer/store/index.ts";
import { SCHEMA_VERSION, versions } from "../../renderer/store/versions/index.ts";
import { aFrozenDay, FROZEN_KEY, type FrozenStore } from "./frozen-store.ts";

const fileOf = (version: number) =>
  fileURLToPath(new URL(`../fixtures/stores/${String(version).padStart(3, "0")}.json`, import.meta.url));

// The one thing that the store asks of a browser beside its database.
Object.defineProperty(globalThis, "navigator", {
  value: { storage: { persist: () => Promise.resolve(true) } },
});

const missing = versions.map(({ number }) => number).filter((number) => !existsSync(fileOf(number)));
if (missing.some((number) => number !== SCHEMA_VERSION))
  throw new Error(`only version ${String(SCHEMA_VERSION)} can be written now, not ${missing.join(", ")}`);
for (const number of missing) {
  writeFileSync(fileOf(number), `${JSON.stringify(await newestStore())}\n`);
  console.log(`wrote ${fileOf(number)}`);
}

async function newestStore(): Promise<FrozenStore> {
  const journal = aFrozenDay();
  const key = crypto.subtle.importKey("raw", FROZEN_KEY, "AES-GCM", false, ["encrypt", "decrypt"]);
  const opened = await openStore(
    "frozen",
    (after) => Promise.resolve(ok(journal.read(after, 9))),
    createSealer(() => key),
  );
  if (!opened.ok) throw new Error(opened.error.code);
  const { db } = opened.value;
  const tables: Record<string, [string, Record<string, unknown>][]> = {};
  for (const table of db.tables.filter(({ name }) => name !== "meta")) {
    const keys = (await table.toCollection().primaryKeys()) as string[];
    const rows = (await table.toArray()) as Record<string, unknown>[];
    tables[table.name] = keys.map((own, at) => [own, inText(rows[at] ?? {})]);
  }
  const cursor = (await db.meta.get("cursor")) as FrozenStore["cursor"] | undefined;
  opened.value.close();
  if (!cursor) throw new Error("the store has no cursor");
  return { version: SCHEMA_VERSION, cursor, tables };
}

function inText(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      value instanceof Uint8Array
        ? bytesToBase64(new Uint8Array(value))
        : value instanceof ArrayBuffer
          ? bytesToBase64(new Uint8Array(value))
          : value,
    ]),
  );
}
