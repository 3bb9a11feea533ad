// Writes the frozen store of the newest version where there is none yet:
//   node --import tsx tests/support/make-frozen-stores.ts
// What a version left on laptops is never made again: whoever needs another shape takes the next number.
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bytesToBase64, utf8 } from "#shared/base";
import { TABLES, type TableName } from "#shared/journal";
import { versions } from "../../renderer/store/versions/index.ts";
import { aPreparedDay, markAbsent, sealDay, signSheet } from "./journal-builders.ts";
import type { FrozenStore } from "./frozen-store.ts";

const key = await crypto.subtle.importKey("raw", new Uint8Array(32).fill(7), "AES-GCM", false, ["encrypt"]);

for (const { number } of versions) {
  const name = `${String(number).padStart(3, "0")}.json`;
  const file = fileURLToPath(new URL(`../fixtures/stores/${name}`, import.meta.url));
  if (existsSync(file)) continue;
  writeFileSync(file, `${JSON.stringify(await storeOf(number))}\n`);
  console.log(`wrote ${name}`);
}

async function storeOf(version: number): Promise<FrozenStore> {
  const day = aPreparedDay({ candidates: 3 });
  signSheet(day, 1);
  markAbsent(day, 2);
  sealDay(day);
  const { view } = day.journal;
  const tables: Record<string, [string, Record<string, unknown>][]> = {};
  for (const table of Object.keys(TABLES) as TableName[]) {
    const rows = view.rows(table) as unknown as Record<string, unknown>[];
    tables[table] = await Promise.all(
      view
        .keys(table)
        .map(async (own, at) => [own, await stored(version, table, own, rows[at] ?? {})] as [string, never]),
    );
  }
  const { seq, hash } = day.journal.head();
  return { version, cursor: { seq, hash, schemaVersion: version }, tables };
}

/** Version 1 kept rows in clear; from 2 on they are sealed, and what is looked up stands beside the seal. */
async function stored(version: number, table: string, own: string, row: Record<string, unknown>) {
  if (version === 1) return row;
  const nonce = utf8(`${table}${own}`.slice(-12).padStart(12, "-"));
  const algorithm = {
    name: "AES-GCM",
    iv: new Uint8Array(nonce),
    additionalData: new Uint8Array(utf8(`${table}|${own}|${String(version)}`)),
  };
  const text = new Uint8Array(utf8(JSON.stringify(row)));
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, text));
  const { sitting, candidate, examiner } = row;
  return {
    ...(table === "candidates" ? { sitting } : table === "sheets" ? { sitting, candidate, examiner } : {}),
    ...{ key: own, nonce: bytesToBase64(nonce), sealed: bytesToBase64(sealed) },
  };
}
