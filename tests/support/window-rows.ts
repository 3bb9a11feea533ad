// The rows of the window's store as they are: read past the app, opened with the window's own key, and told as one hash a
// table, so that a store of 100,000 sheets can be compared row for row with the fold of the journal.
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { TABLES, type JournalView, type TableName } from "#shared/journal";
import { canonicalText } from "#shared/wire";
import { SCHEMA_VERSION } from "../../renderer/store/versions/index.ts";

export type Digests = Readonly<Record<string, string>>;

const tables = Object.keys(TABLES) as TableName[];
/** Rows hashed together: neither side holds all of them as text. */
const PART = 1000;

/** Of every table; throws where a row does not open. */
export function rowDigests(page: Page): Promise<Digests> {
  return page.evaluate(
    async ({ names, version, part }) => {
      interface Sealed {
        readonly key: string;
        readonly nonce: Uint8Array<ArrayBuffer>;
        readonly sealed: ArrayBuffer;
      }
      const promised = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
        });
      const key = await new Promise<CryptoKey>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data as CryptoKey);
        window.postMessage("jiangping.store-key", window.location.origin, [port2]);
      });
      const open = async (table: string, row: Sealed): Promise<unknown> => {
        const additionalData = new TextEncoder().encode(`${table}|${row.key}|${String(version)}`);
        const algorithm = { name: "AES-GCM", iv: row.nonce, additionalData };
        const clear = await crypto.subtle.decrypt(algorithm, key, row.sealed).catch(() => null);
        if (!clear) throw new Error(`a row of ${table} does not open`);
        return JSON.parse(new TextDecoder().decode(clear));
      };
      // RFC 8785 by hand: an object's own order puts "10" behind "2".
      const canonical = (value: unknown): string => {
        if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
        if (typeof value !== "object" || value === null) return JSON.stringify(value);
        const fields = value as Record<string, unknown>;
        const names = Object.keys(fields).sort();
        return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`).join(",")}}`;
      };
      const hash = async (text: string) => {
        const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
        return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      };
      const database = await promised(indexedDB.open("jiangping"));
      const digests: Record<string, string> = {};
      for (const name of names) {
        const hashes: string[] = [];
        let after: IDBKeyRange | null = null;
        let count = 0;
        while (true) {
          const store = database.transaction(name).objectStore(name);
          const [keys, found] = await Promise.all([
            promised(store.getAllKeys(after, part) as IDBRequest<string[]>),
            promised(store.getAll(after, part)),
          ]);
          if (keys.length === 0) break;
          const opened = await Promise.all((found as Sealed[]).map((row) => open(name, row)));
          hashes.push(await hash(keys.map((own, at) => `${own} ${canonical(opened[at])}\n`).join("")));
          after = IDBKeyRange.lowerBound(keys.at(-1), true);
          count += keys.length;
        }
        digests[name] = `${String(count)} ${await hash(hashes.join(""))}`;
      }
      database.close();
      return digests;
    },
    { names: tables, version: SCHEMA_VERSION, part: PART },
  );
}

/** The same of a fold of the journal. */
export function digestsOf(view: JournalView): Digests {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  return Object.fromEntries(
    tables.map((name) => {
      const rows = view.rows(name);
      const keyed = view.keys(name).map((key, at) => ({ key, row: rows[at] }));
      keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
      const hashes: string[] = [];
      for (let at = 0; at < keyed.length; at += PART)
        hashes.push(
          hash(
            keyed
              .slice(at, at + PART)
              .map(({ key, row }) => `${key} ${canonicalText(row)}\n`)
              .join(""),
          ),
        );
      return [name, `${String(keyed.length)} ${hash(hashes.join(""))}`];
    }),
  );
}
