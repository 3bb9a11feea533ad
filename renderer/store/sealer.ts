// Rows as they lie in IndexedDB: sealed with AES-256-GCM, bound to their table, key and version (protocol 4.2, rulings 9).
// Sealing is asynchronous and IndexedDB waits for nobody: rows are sealed before a transaction and opened after it.
import { MOST_CANDIDATES } from "#shared/exam";
import type { TableName } from "#shared/journal";
import { SCHEMA_VERSION } from "./versions/index.ts";

/** The key of a row, what is looked up, and everything else sealed. */
export interface SealedRow {
  readonly key: string;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
  readonly [clear: string]: unknown;
}

export interface Sealer {
  seal(table: TableName, key: string, row: unknown): Promise<SealedRow>;
  /** Null when it is not what was sealed here under this table and key. */
  open(table: TableName, found: SealedRow): Promise<{ readonly row: unknown } | null>;
}

/** Random identities and states, nothing a person could be known by. */
const CLEAR: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  candidates: ["sitting"],
  sheets: ["sitting", "candidate", "examiner"],
  reviews: ["sitting"],
};

/** `askKey`: a key for AES-GCM that cannot be exported; asked once, when the first row is sealed or opened. */
export function createSealer(askKey: () => Promise<CryptoKey>): Sealer {
  let asked: Promise<CryptoKey> | null = null;
  const key = () => (asked ??= askKey());
  // What was sealed or opened once is not opened again: a mark repaints a screen full of rows and changes one.
  const known = new Map<string, { readonly nonce: string; readonly row: unknown }>();
  const remember = (place: string, nonce: Uint8Array, row: unknown) => {
    known.delete(place);
    known.set(place, { nonce: nonce.join(), row });
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  };

  return {
    seal: async (table, name, row) => {
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify(row));
      const sealed = await crypto.subtle.encrypt(algorithm(table, name, nonce), await key(), text);
      remember(`${table} ${name}`, nonce, row);
      return { ...clearPart(table, row), key: name, nonce, sealed };
    },
    open: async (table, found) => {
      const place = `${table} ${found.key}`;
      const before = known.get(place);
      if (before && before.nonce === found.nonce.join()) return { row: before.row };
      const opened = await crypto.subtle
        .decrypt(algorithm(table, found.key, found.nonce), await key(), found.sealed)
        .catch(() => null); // WebCrypto says of a seal that does not fit nothing but that it failed
      if (!opened) return null;
      const row: unknown = JSON.parse(new TextDecoder().decode(opened));
      remember(place, found.nonce, row);
      return { row };
    },
  };
}

/** The largest sitting there is, with a sheet each; not more, because a store that is rebuilt seals those of all years. */
const MOST_KNOWN = 2 * MOST_CANDIDATES + 5_000;

export function isSealedRow(found: unknown): found is SealedRow {
  if (typeof found !== "object" || found === null) return false;
  const { key, nonce, sealed } = found as Partial<SealedRow>;
  return typeof key === "string" && nonce instanceof Uint8Array && sealed instanceof ArrayBuffer;
}

function algorithm(table: TableName, key: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  const about = `${table}|${key}|${String(SCHEMA_VERSION)}`;
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(about) };
}

function clearPart(table: TableName, row: unknown): Record<string, unknown> {
  const fields = row as Record<string, unknown>;
  return Object.fromEntries((CLEAR[table] ?? []).map((field) => [field, fields[field]]));
}
