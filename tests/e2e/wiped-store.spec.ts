// Chromium may lose IndexedDB; the journal does not. A wiped store is rebuilt from it, and equals the one before row
// for row (P2, architecture 1).
import { expect, test, type Page } from "@playwright/test";
import type { RunningRegistry } from "../../registry/index.ts";
import { startDemoRegistry } from "../support/demo-registry.ts";
import { launchApp, type DrivenApp } from "../support/drive-app.ts";
import { savedCount } from "../support/day-steps.ts";
import { goMarking, markAndSign, prepareSmallDay } from "../support/small-day.ts";

let registry: RunningRegistry;
let app: DrivenApp;

test.beforeAll(async () => {
  registry = await startDemoRegistry();
  app = await launchApp({ registryUrl: registry.url });
});

test.afterAll(async () => {
  await app.close();
  await registry.close();
});

test("[P2] a wiped IndexedDB is rebuilt from the journal, equal row for row", async () => {
  test.setTimeout(120_000);
  const day = await prepareSmallDay(app, 3);
  await goMarking(app, day);
  await markAndSign(app, day, 1);
  const before = await allRows(app.window);
  const count = await savedCount(app.window);
  expect(Object.keys(before)).toContain("sheets");
  // Rows that nobody could open would all be equal.
  expect(JSON.stringify(before)).not.toContain("a row that is not sealed");

  await plantStrayRow(app.window);
  expect(await allRows(app.window)).not.toEqual(before);
  await wipe(app.window);
  await app.close();
  app = await launchApp({ registryUrl: registry.url, profile: app.profile });
  await expect(app.window.locator("[data-testid^=sign-in-person-]").first()).toBeVisible({ timeout: 30_000 });

  await expect.poll(() => savedCount(app.window)).toBeGreaterThanOrEqual(count);
  expect(await allRows(app.window)).toEqual(before);
});

/** Every row of every table but the store's own bookkeeping, opened with the window's own key, as text. */
function allRows(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
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
    interface Sealed {
      readonly key: string;
      readonly nonce: Uint8Array<ArrayBuffer>;
      readonly sealed: ArrayBuffer;
    }
    const open = async (table: string, row: Sealed) => {
      const additionalData = new TextEncoder().encode(`${table}|${row.key}|${schemaVersion}`);
      const algorithm = { name: "AES-GCM", iv: row.nonce, additionalData };
      const clear = await crypto.subtle.decrypt(algorithm, key, row.sealed).catch(() => null);
      return clear ? new TextDecoder().decode(clear) : "a row that is not sealed";
    };
    const database = await promised(indexedDB.open("jiangping"));
    const { schemaVersion } = (await promised(
      database.transaction("meta").objectStore("meta").get("cursor"),
    )) as { schemaVersion: number };
    const names = [...database.objectStoreNames].filter((name) => name !== "meta");
    const rows: Record<string, string> = {};
    for (const name of names) {
      const store = database.transaction(name).objectStore(name);
      const [keys, found] = await Promise.all([promised(store.getAllKeys()), promised(store.getAll())]);
      const opened = await Promise.all((found as Sealed[]).map((row) => open(name, row)));
      rows[name] = JSON.stringify([keys, opened]);
    }
    database.close();
    return rows;
  });
}

/** A row no journal knows: it can only be gone afterwards if the store really was made anew. */
function plantStrayRow(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("jiangping");
        request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
        request.onsuccess = () => {
          const writing = request.result.transaction("rubrics", "readwrite");
          writing
            .objectStore("rubrics")
            .put({ key: "stray", nonce: new Uint8Array(12), sealed: new ArrayBuffer(40) }, "stray");
          writing.oncomplete = () => {
            request.result.close();
            resolve();
          };
        };
      }),
  );
}

function wipe(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase("jiangping");
        request.onsuccess = () => resolve();
        request.onblocked = () => resolve(); // carried out as soon as the window that holds it is gone
        request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
      }),
  );
}
