// What the window's one thread is asked to do in one go: a long list is opened in parts, and a mark costs the store one reading
// and one writing transaction. Counted, not timed.
import { Dexie } from "dexie";
import { afterEach, expect, test } from "vitest";
import { ok, refuse } from "#shared/base";
import { createSealer, openStore, type Sealer, type Store } from "../../../renderer/store/index.ts";
import { OPENED_A_TURN, READ_A_TURN, READ_AT_ONCE, readInParts } from "../../../renderer/store/database.ts";
import { aPreparedDay, signSheet, type PreparedDay } from "../../support/journal-builders.ts";
import { aStoreKey } from "../../support/store-key.ts";

const opened: Store[] = [];
const undo: (() => void)[] = [];
let databases = 0;

afterEach(async () => {
  for (const restore of undo.splice(0)) restore();
  const stores = opened.splice(0);
  for (const store of stores) store.close();
  for (const { db } of stores) await Dexie.delete(db.name);
});

test("rows of a long list are opened a part at a time, the first time and when they are known", async () => {
  const day = aPreparedDay({ candidates: 5 * OPENED_A_TURN });
  const turn = countInTurns();
  const sealer = createSealer(aStoreKey);
  const counting: Sealer = {
    seal: (...row) => sealer.seal(...row),
    open: (...found) => {
      turn.count();
      return sealer.open(...found);
    },
  };
  // Another one sealed them: nothing is known yet.
  const name = newName();
  (await open(name, day)).close();
  const store = await open(name, day, counting);
  for (const _time of ["sealed", "known"]) {
    const rows = await store.rows("candidates", (from) => from.toArray());
    expect(rows).toHaveLength(5 * OPENED_A_TURN);
    expect(turn.most()).toBeGreaterThan(1);
    expect(turn.most()).toBeLessThanOrEqual(OPENED_A_TURN);
  }
});

test("rows of a long list are read a part at a time, and all of them, and of no other sitting", async () => {
  const day = aPreparedDay({ candidates: READ_AT_ONCE + 1 });
  const store = await open(newName(), day);
  const [first] = await store.db.candidates.toArray();
  await store.db.candidates.put({ ...first!, sitting: "another", key: "another" }, "another");
  const turn = countInTurns();
  spy(IDBObjectStore.prototype, "get", () => turn.count());
  const whole: number[] = [];
  for (const source of [IDBObjectStore.prototype, IDBIndex.prototype])
    spy(source, "getAll", () => whole.push(1));
  const found = await readInParts(store.db.candidates, { sitting: day.sitting });
  expect(whole).toEqual([]);
  expect(turn.most()).toBe(READ_A_TURN);
  expect(found.map(({ key }) => key).sort()).toEqual([...day.journal.view.keys("candidates")].sort());
});

test("rows of an ordinary list are one question, whatever it is that was asked for", async () => {
  const day = aPreparedDay({ candidates: 12 });
  const store = await open(newName(), day);
  const turn = countInTurns();
  spy(IDBObjectStore.prototype, "get", () => turn.count());
  const found = await readInParts(store.db.candidates, { sitting: day.sitting });
  expect(found).toHaveLength(12);
  expect(turn.most()).toBe(0);
});

test("a mark is taken in by one reading and one strict writing transaction over the tables it is about", async () => {
  const day = aPreparedDay();
  const sheet = signSheetLater(day);
  const asked: unknown[] = [];
  spy(IDBDatabase.prototype, "transaction", (tables, mode, options) =>
    asked.push([[...(tables as string[])].sort(), mode, (options as IDBTransactionOptions).durability]),
  );
  const store = await open(newName(), day);
  day.journal.append({ kind: "mark.set", sheet, item: 1, input: null });
  asked.length = 0;
  expect(await store.takeIn(day.journal.entries.slice(-1))).toEqual(ok(undefined));
  expect(asked).toEqual([
    [["meta", "sheets"], "readonly", "strict"],
    [["meta", "sheets"], "readwrite", "strict"],
  ]);
  // The next one on the same sheet has it at hand.
  day.journal.append({ kind: "mark.set", sheet, item: 2, input: null });
  asked.length = 0;
  expect(await store.takeIn(day.journal.entries.slice(-1))).toEqual(ok(undefined));
  expect(await store.reach(day.journal.entries.length)).toEqual(ok(undefined));
  expect(asked).toEqual([[["meta", "sheets"], "readwrite", "strict"]]);
  expect(await rowsIn(store)).toEqual(rowsOf(day));
});

test("[P2] what a store has at hand is forgotten when the tables were moved on or made again behind it", async () => {
  const day = aPreparedDay();
  const sheet = signSheetLater(day);
  const name = newName();
  const store = await open(name, day);
  const other = await open(name, day);
  const mark = (item: number) => {
    day.journal.append({ kind: "mark.set", sheet, item, input: { kind: "DEDUCT", picked: [] } });
    return day.journal.entries.slice(-1);
  };
  expect(await store.takeIn(mark(1))).toEqual(ok(undefined));
  expect(await other.takeIn(mark(2))).toEqual(ok(undefined));
  expect(await store.takeIn(mark(4))).toEqual(ok(undefined));
  expect(await rowsIn(store)).toEqual(rowsOf(day));
  const row = await store.db.sheets.get(sheet);
  await store.db.sheets.put({ ...row!, nonce: new Uint8Array(12) }, sheet);
  expect((await store.rows("sheets", (from) => from.toArray())).map(({ id }) => id)).toEqual([sheet]);
  expect(await store.takeIn(mark(5))).toEqual(ok(undefined));
  expect(await rowsIn(store)).toEqual(rowsOf(day));
});

test("[S1] a mark that found no room is not at hand for the next one", async () => {
  const day = aPreparedDay();
  const sheet = signSheetLater(day);
  const store = await open(newName(), day);
  const mark = (item: number) => {
    day.journal.append({ kind: "mark.set", sheet, item, input: { kind: "DEDUCT", picked: [] } });
    return day.journal.entries.slice(-1);
  };
  expect(await store.takeIn(mark(1))).toEqual(ok(undefined));
  const before = await rowsIn(store);
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("no room", "QuotaExceededError");
  };
  const refused = await store.takeIn(mark(2)).finally(() => (IDBObjectStore.prototype.put = put));
  expect(refused).toEqual(refuse({ code: "store.full" }));
  expect(await rowsIn(store)).toEqual(before);
  expect(await store.takeIn(mark(4))).toEqual(ok(undefined));
  expect(await rowsIn(store)).toEqual(rowsOf(day));
});

test("an entry that is folded in already is not read again, and one that is not is", async () => {
  const day = aPreparedDay();
  let reads = 0;
  const store = await open(newName(), day, undefined, () => (reads += 1));
  reads = 0;
  expect(await store.reach(day.journal.entries.length)).toEqual(ok(undefined));
  expect(reads).toBe(0);
  signSheet(day, 1);
  expect(await store.reach(day.journal.entries.length)).toEqual(ok(undefined));
  expect(reads).toBeGreaterThan(0);
  expect((await store.rows("sheets", (from) => from.toArray())).length).toBe(1);
});

const rowsIn = (store: Store) => store.rows("sheets", (from) => from.toArray());
const rowsOf = ({ journal }: PreparedDay) => [...journal.view.rows("sheets")];

function signSheetLater({ journal, sitting }: PreparedDay) {
  const candidate = journal.view.rows("candidates")[0]!.ref;
  const wished = journal.wish({ kind: "sheet.open", sitting, candidate }, journal.view.rows("people")[0]!.id);
  if (!wished.ok || wished.value.entry.body.kind !== "sheet.opened") throw new Error("no sheet");
  return wished.value.entry.body.sheet;
}

/** Counts what is done between one turn of the page and the next. */
function countInTurns(): { count(): void; most(): number } {
  const { port1, port2 } = new MessageChannel();
  let [now, most, isOver] = [0, 0, false];
  port1.onmessage = () => {
    now = 0;
    if (!isOver) port2.postMessage(null);
  };
  port2.postMessage(null);
  undo.push(() => {
    isOver = true;
    port1.close();
  });
  return {
    count: () => {
      now += 1;
      most = Math.max(most, now);
    },
    most: () => most,
  };
}

/** Says what a method is called with, and calls it. */
function spy<T extends object>(on: T, name: keyof T, said: (...args: unknown[]) => unknown): void {
  const real = on[name] as (...args: unknown[]) => unknown;
  Object.assign(on, {
    [name](this: unknown, ...args: unknown[]) {
      said(...args);
      return real.apply(this, args);
    },
  });
  undo.push(() => Object.assign(on, { [name]: real }));
}

async function open(
  name: string,
  { journal }: PreparedDay,
  sealer = createSealer(aStoreKey),
  onRead: () => void = () => undefined,
): Promise<Store> {
  const store = await openStore(
    name,
    async (after) => {
      onRead();
      return ok(journal.read(after));
    },
    sealer,
  );
  if (!store.ok) throw new Error(store.error.code);
  opened.push(store.value);
  return store.value;
}

function newName(): string {
  return `turns-${String((databases += 1))}`;
}
