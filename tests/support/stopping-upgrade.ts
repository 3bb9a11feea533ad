// A worker that opens a store and stops for good in the middle of it: ended there, it leaves what a killed program leaves.
import { ok } from "#shared/base";
import { createSealer, openStore } from "../../renderer/store/index.ts";
import { aFrozenDay, FROZEN_KEY } from "./frozen-store.ts";

export interface Stop {
  readonly name: string;
  /** While its tables are declared, in the very transaction of the upgrade, or at the n-th row that is written after it. */
  readonly at: "declaring" | number;
}

self.onmessage = ({ data }: MessageEvent<Stop>) => {
  const { name, at } = data;
  if (at === "declaring") stopWhileDeclaring();
  else stopAtPut(at);
  const journal = aFrozenDay();
  const key = crypto.subtle.importKey("raw", FROZEN_KEY, "AES-GCM", false, ["encrypt", "decrypt"]);
  openStore(
    name,
    (after) => Promise.resolve(ok(journal.read(after, 9))),
    createSealer(() => key),
  ).then(
    () => self.postMessage("it went through"),
    (error: unknown) => self.postMessage(String(error)),
  );
};

function stopForGood(): never {
  self.postMessage("stopped");
  for (;;);
}

function stopWhileDeclaring(): void {
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    // After Dexie's own listener: the tables are declared and nothing is committed.
    queueMicrotask(() => request.addEventListener("upgradeneeded", stopForGood));
    return request;
  };
}

function stopAtPut(nth: number): void {
  const { put } = IDBObjectStore.prototype;
  let puts = 0;
  IDBObjectStore.prototype.put = function (...args) {
    const request = put.apply(this, args);
    if ((puts += 1) === nth) stopForGood();
    return request;
  };
}
