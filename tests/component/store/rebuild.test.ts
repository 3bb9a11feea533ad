// The store is a projection of the journal: it may be lost, late, foreign or newer, and is never the one that is right.
import { Dexie } from "dexie";
import { afterEach, describe, expect, test } from "vitest";
import { InstantMs, NO_HASH, ok, refuse, type HashId, type PersonId } from "#shared/base";
import { DRILL_STEPS, type DrillResult } from "#shared/exam";
import { TABLES, type TableName } from "#shared/journal";
import { createSealer, openStore, type ReadJournal, type Store } from "../../../renderer/store/index.ts";
import { version001 } from "../../../renderer/store/versions/001.ts";
import { SCHEMA_VERSION } from "../../../renderer/store/versions/index.ts";
import {
  aPreparedDay,
  holdReceipt,
  markAbsent,
  NINE_O_CLOCK,
  personId,
  testHash,
  sealDay,
  sheetId,
  signSheet,
  type PreparedDay,
  type TestJournal,
} from "../../support/journal-builders.ts";
import { aStoreKey } from "../../support/store-key.ts";

const opened: Store[] = [];
let databases = 0;

afterEach(async () => {
  for (const store of opened.splice(0)) {
    store.close();
    await Dexie.delete(store.db.name);
  }
});

describe("the window's store", () => {
  test("[P2] a wiped store is rebuilt equal, row for row", async () => {
    const day = aWholeDay();
    const name = newName();
    const before = await open(name, day.journal);
    const rows = await before.exportRows();
    before.close();
    await Dexie.delete(name);
    const after = await open(name, day.journal);
    expect(after.account).toEqual({ reason: "empty", entries: day.journal.entries.length });
    expect(await after.exportRows()).toEqual(rows);
    expect(rows).toEqual(rowsOf(day.journal));
  });

  test("a store filled entry by entry equals one rebuilt at once", async () => {
    const day = aWholeDay();
    const stepwise = await open(newName(), emptyJournal());
    for (const stored of day.journal.entries) expect(await stepwise.takeIn([stored])).toEqual(ok(undefined));
    expect(await stepwise.exportRows()).toEqual(rowsOf(day.journal));
    const inGroups = await open(newName(), emptyJournal());
    for (let at = 0; at < day.journal.entries.length; at += 7) {
      await inGroups.takeIn(day.journal.entries.slice(at, at + 7));
    }
    expect(await inGroups.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("every row of a rebuilt store is what its schema says", async () => {
    const store = await open(newName(), aWholeDay().journal);
    const rows = await store.exportRows();
    for (const name of Object.keys(TABLES) as TableName[]) {
      expect(rows[name].length, name).toBeGreaterThan(0);
      for (const [, row] of rows[name]) expect(TABLES[name].safeParse(row).error, name).toBeUndefined();
    }
  });

  test("a store that died between journal and tables catches up and rebuilds nothing", async () => {
    const day = aPreparedDay();
    const name = newName();
    (await open(name, day.journal)).close();
    signSheet(day, 1);
    const after = await open(name, day.journal);
    expect(after.account).toBeNull();
    expect(await after.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("a gap in what arrives is filled from the journal", async () => {
    const day = aPreparedDay();
    const store = await open(newName(), day.journal);
    signSheet(day, 1);
    const last = day.journal.entries.at(-1)!;
    expect(await store.takeIn([last])).toEqual(ok(undefined));
    expect(await store.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("an entry that arrives twice changes nothing", async () => {
    const day = aWholeDay();
    const store = await open(newName(), day.journal);
    expect(await store.takeIn(day.journal.entries.slice(3, 9))).toEqual(ok(undefined));
    expect(await store.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("calls that overlap are folded in turn", async () => {
    const day = aWholeDay();
    const store = await open(newName(), emptyJournal());
    await Promise.all(day.journal.entries.map((stored) => store.takeIn([stored])));
    expect(await store.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("a store of another journal is rebuilt", async () => {
    const name = newName();
    (await open(name, aPreparedDay({ candidates: 3 }).journal)).close();
    const other = aPreparedDay({ candidates: 5 });
    signSheet(other, 2);
    const after = await open(name, other.journal);
    expect(after.account?.reason).toBe("other-journal");
    expect(await after.exportRows()).toEqual(rowsOf(other.journal));
  });

  test("a store that knows more than the journal is rebuilt from the journal", async () => {
    const name = newName();
    const longer = aPreparedDay();
    signSheet(longer, 1);
    (await open(name, longer.journal)).close();
    const shorter = aPreparedDay();
    const after = await open(name, shorter.journal);
    expect(after.account?.reason).toBe("journal-shorter");
    expect(await after.exportRows()).toEqual(rowsOf(shorter.journal));
  });

  test("a store that lost a table is rebuilt when an entry needs it", async () => {
    const day = aPreparedDay();
    const store = await open(newName(), day.journal);
    await store.db.candidates.clear();
    markAbsent(day, 1);
    expect(await store.takeIn(day.journal.entries.slice(-1))).toEqual(ok(undefined));
    expect(await store.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("[P2] a row that is gone without a trace is noticed at the next start", async () => {
    const day = aWholeDay();
    const name = newName();
    const before = await open(name, day.journal);
    const [sheet] = await before.db.sheets.toCollection().primaryKeys();
    await before.db.sheets.delete(sheet!);
    before.close();
    const after = await open(name, day.journal);
    expect(after.account?.reason).toBe("damaged");
    expect(await after.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("rows are counted entry by entry as they are when all are folded at once", async () => {
    const day = aWholeDay();
    const stepwise = await open(newName(), emptyJournal());
    for (const stored of day.journal.entries) await stepwise.takeIn([stored]);
    const atOnce = await open(newName(), day.journal);
    const counted = async ({ db }: Store) => (await db.meta.get("cursor"))?.rows;
    expect(await counted(stepwise)).toEqual(await counted(atOnce));
    expect((await counted(atOnce))?.["candidates"]).toBe(6);
  });

  test.each(["UnknownError", "AbortError"])(
    "[P2] a database that Chromium cannot read (%s) is made anew from the journal",
    async (trouble) => {
      const day = aWholeDay();
      const name = newName();
      (await open(name, day.journal)).close();
      const get = IDBObjectStore.prototype.get;
      let failures = 1;
      IDBObjectStore.prototype.get = function (key) {
        if (failures-- > 0) throw new DOMException("Internal error", trouble);
        return get.call(this, key);
      };
      try {
        const after = await open(name, day.journal);
        expect(after.account?.reason).toBe("damaged");
        expect(await after.exportRows()).toEqual(rowsOf(day.journal));
      } finally {
        IDBObjectStore.prototype.get = get;
      }
    },
  );

  test("whoever waits is told how far it came", async () => {
    const day = aWholeDay();
    const told: number[] = [];
    const onProgress = ({ done, of }: { done: number; of: number }) => {
      expect(of).toBe(day.journal.entries.length);
      told.push(done);
    };
    const store = await openStore(newName(), reads(day.journal), createSealer(aStoreKey), { onProgress });
    if (!store.ok) throw new Error(store.error.code);
    opened.push(store.value);
    expect(told.length).toBeGreaterThan(3);
    expect(told.at(-1)).toBe(day.journal.entries.length);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  test("a store with rows of an older schema is rebuilt", async () => {
    const day = aPreparedDay();
    const name = newName();
    const before = await open(name, day.journal);
    const cursor = (await before.db.meta.get("cursor"))!;
    await before.db.meta.put({ ...cursor, schemaVersion: SCHEMA_VERSION - 1 }, "cursor");
    before.close();
    expect((await open(name, day.journal)).account?.reason).toBe("older-schema");
  });

  test("[P19] no name, ID number or mark is in the tables in clear", async () => {
    const store = await open(newName(), aWholeDay().journal);
    for (const { name } of store.db.tables) {
      const found = await store.db.table(name).toArray();
      const bytes = found.flatMap((row: Record<string, unknown>) =>
        Object.values(row).map((value) =>
          value instanceof ArrayBuffer ? new TextDecoder().decode(value) : JSON.stringify(value),
        ),
      );
      for (const canary of ["王", "买买提", "990000", "残留", "picked", "DEDUCT"])
        expect(
          bytes.filter((text) => text.includes(canary)),
          `${canary} in ${name}`,
        ).toEqual([]);
    }
  });

  test("[P9] a row that was changed, swapped or put there from outside is noticed, and the store is rebuilt", async () => {
    const day = aWholeDay();
    const changes: ((store: Store) => Promise<unknown>)[] = [
      async ({ db }) => {
        const row = (await db.people.toCollection().first())!;
        const sealed = row.sealed.slice(0);
        new Uint8Array(sealed).set([new Uint8Array(sealed)[3]! ^ 1], 3);
        return db.people.put({ ...row, nonce: row.nonce.slice(), sealed }, row.key);
      },
      async ({ db }) => {
        const [a, b] = await db.people.toArray();
        return db.people.put({ ...b!, key: a!.key }, a!.key);
      },
      async ({ db }) => db.people.put({ stray: true } as never, "stray"),
    ];
    for (const change of changes) {
      const name = newName();
      const before = await open(name, day.journal);
      await change(before);
      before.close();
      const after = await open(name, day.journal);
      expect((await after.rows("people", (from) => from.toArray())).length).toBe(
        day.journal.view.keys("people").length,
      );
      expect(await after.exportRows()).toEqual(rowsOf(day.journal));
    }
  });

  test("a store of version 1, with rows in clear, is rebuilt sealed", async () => {
    const day = aWholeDay();
    const name = newName();
    const old = new Dexie(name);
    old.version(1).stores(version001.tables);
    const isOfVersion1 = (table: TableName) => Object.hasOwn(version001.tables, table);
    for (const table of (Object.keys(TABLES) as TableName[]).filter(isOfVersion1))
      await old.table(table).bulkPut([...day.journal.view.rows(table)], [...day.journal.view.keys(table)]);
    const { entry, hash } = day.journal.entries.at(-1)!;
    await old.table("meta").put({ seq: entry.seq, hash, schemaVersion: 1 }, "cursor");
    old.close();
    const after = await open(name, day.journal);
    expect(after.account?.reason).toBe("older-schema");
    expect(await after.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("a database of a newer app is refused and not written to", async () => {
    const name = newName();
    const newer = new Dexie(name);
    newer.version(SCHEMA_VERSION + 1).stores({ centre: "", future: "" });
    await newer.table("future").put("kept", "key");
    newer.close();
    const refused = await openStore(name, reads(aPreparedDay().journal), createSealer(aStoreKey));
    expect(refused).toMatchObject({ ok: false, error: { code: "store.newer" } });
    const again = new Dexie(name);
    again.version(SCHEMA_VERSION + 1).stores({ centre: "", future: "" });
    expect(await again.table("future").get("key")).toBe("kept");
    expect(again.verno).toBe(SCHEMA_VERSION + 1);
    await again.delete();
  });

  test("[P2] files that Chromium neither opens nor deletes are thrown away by main, and rebuilt", async () => {
    const day = aPreparedDay();
    const idb = IDBFactory.prototype;
    const real = { open: idb.open, deleteDatabase: idb.deleteDatabase, databases: idb.databases };
    const trouble = new DOMException("Internal error opening backing store", "UnknownError");
    const broken = () => {
      throw trouble;
    };
    Object.assign(idb, { open: broken, deleteDatabase: broken, databases: () => Promise.reject(trouble) });
    let discarded = 0;
    const discardFiles = () => {
      discarded += 1;
      Object.assign(idb, real);
      return Promise.resolve();
    };
    const store = await openStore(newName(), reads(day.journal), createSealer(aStoreKey), { discardFiles });
    Object.assign(idb, real);
    if (!store.ok) throw new Error(store.error.code);
    opened.push(store.value);
    expect(discarded).toBe(1);
    expect(await store.value.exportRows()).toEqual(rowsOf(day.journal));
  });

  test("a journal that does not answer opens no store and loses no row", async () => {
    const day = aPreparedDay();
    const name = newName();
    (await open(name, day.journal)).close();
    const refused = await openStore(
      name,
      async () => refuse({ code: "journal.failed" }),
      createSealer(aStoreKey),
    );
    expect(refused).toEqual(refuse({ code: "journal.failed" }));
    const after = await open(name, day.journal);
    expect(after.account).toBeNull();
  });

  test("an entry is not taken in when IndexedDB has no room, and is once there is", async () => {
    const day = aPreparedDay();
    const store = await open(newName(), day.journal);
    signSheet(day, 1);
    const noRoom = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = noRoom;
    const full = await store.takeIn(day.journal.entries.slice(-1)).finally(() => {
      IDBObjectStore.prototype.put = put;
    });
    expect(full).toEqual(refuse({ code: "store.full" }));
    expect(await store.catchUp()).toEqual(ok(undefined));
    expect(await store.exportRows()).toEqual(rowsOf(day.journal));
  });
});

function aWholeDay(): PreparedDay {
  const day = aPreparedDay({ candidates: 6 });
  for (const no of [1, 2, 3, 5]) signSheet(day, no);
  markAbsent(day, 4);
  day.journal.append({ kind: "note.set", sheet: signSheetUnfinished(day), text: "第 3 处接缝有旧胶残留。" });
  const batch = sealDay(day, "one sheet was not finished");
  day.journal.append({ kind: "send.troubled", batch, code: "send.unreachable", final: false });
  holdReceipt(day, batch);
  holdDrill(day);
  day.journal.append({ kind: "revocations.held", revocations: [] });
  exchangeVersions(day, batch);
  decide(day);
  writeRoomRecord(day);
  typeFromPaper(day);
  return day;
}

/** A paper sheet that two people typed alike. */
function typeFromPaper({ journal, sitting, rubric }: PreparedDay): void {
  const [sheet, candidate] = [sheetId(901), journal.view.rows("candidates")[2]!.ref];
  const about = { sheet, sitting, candidate, rubric, examiner: personId(1) };
  const page = {
    ...{ hash: testHash("page"), size: 4096, type: "image/jpeg" as const },
    ...{ width: 800, height: 1100 },
  };
  const marks = { items: {}, vetoes: [], overtimeMs: 0, note: "照纸" };
  const by: [PersonId, PersonId] = [personId(2), personId(4)];
  const { device } = journal.view.rows("centre")[0]!;
  journal.append({ kind: "transcription.opened", ...about, printedOn: device }, by[0]);
  journal.append({ kind: "transcription.joined", sheet }, by[1]);
  journal.append({ kind: "transcription.page-added", sheet, page }, by[0]);
  for (const person of by) {
    journal.append({ kind: "transcription.typed", sheet, typed: { kind: "note", text: "照纸" } }, person);
    journal.append({ kind: "transcription.done", sheet }, person);
  }
  journal.append({ kind: "sheet.transcribed", ...about, marks, by, pages: [page] }, by[1]);
}

/** The power failed, and the leader was called. */
function writeRoomRecord({ journal, sitting }: PreparedDay): void {
  const { seq } = journal.view.read("chain", "only")!;
  const report = {
    ...{ kind: "power-cut" as const, tier: null, happenedAt: InstantMs.parse(NINE_O_CLOCK), candidates: [] },
    ...{ staff: [], what: "停电三分钟", done: "延长三分钟" },
  };
  const person = personId(1);
  journal.append(
    {
      ...{ kind: "incident.recorded", incident: sheetId(801), sitting, report, seq: seq + 1 },
      ...{ hash: testHash("incident"), person },
    },
    person,
  );
  const candidate = journal.view.rows("candidates")[0]!.ref;
  journal.append({ kind: "leader.called", call: sheetId(802), sitting, candidate }, person);
}

/** A supervisor returned one sheet with a question. */
function decide({ journal, sitting }: PreparedDay): void {
  const { candidate, signature } = journal.view.rows("sheets")[1]!;
  const { seq } = journal.view.read("chain", "only")!;
  journal.append(
    {
      ...{ kind: "review.signed", hash: testHash("review"), seq: seq + 1, sitting, basis: signature!.hash },
      subject: { kind: "sheet", candidate, sheet: signature!.hash },
      ...{ follows: null, flags: ["too-fast"], decision: "return", reason: "录像不清", question: "第三项？" },
      second: null,
    },
    personId(4),
  );
}

/** The first sheet as another laptop signed it, kept beside and then chosen, and a batch that was copied to a stick. */
function exchangeVersions({ journal, sitting }: PreparedDay, batch: HashId): void {
  const { lastSeq: _seq, signature, from: _from, ...sheet } = journal.view.rows("sheets")[0]!;
  const hash = testHash("another version");
  const from = journal.view.rows("centre")[0]!.device;
  const other = { ...signature!, hash, total: { n: 91, d: 1 } };
  const bundle = testHash("bundle");
  journal.append(
    { kind: "sheet.received", sheet, signature: other, from, bundle, counts: false },
    personId(1),
  );
  const chosen = { sheet: sheet.id, versions: [hash], chosen: hash, person: personId(1), reason: "重评" };
  journal.append({ kind: "sheet.chosen", ...chosen }, personId(1));
  journal.append({ kind: "sitting.shared", sitting }, personId(1));
  const bundles = [{ hash: bundle, bytes: 4096 }];
  journal.append({ kind: "batch.exported", batches: [batch], bundles }, personId(1));
}

function holdDrill({ journal }: PreparedDay): void {
  const { device } = journal.view.rows("centre")[0]!;
  const results: DrillResult[] = DRILL_STEPS.map((step) => ({
    ...{ step, result: "held", trouble: null, tried: 2, stakes: 10, wrong: 0, modelled: false },
    durationMs: 1,
  }));
  const [sheet, build] = [testHash("sheet"), testHash("build")];
  journal.append({ kind: "drill.held", device, sheet, build, person: personId(4), results }, personId(4));
}

function signSheetUnfinished(day: PreparedDay) {
  const opened = day.journal.wish(
    { kind: "sheet.open", sitting: day.sitting, candidate: day.journal.view.rows("candidates")[5]!.ref },
    day.journal.view.rows("people")[0]!.id,
  );
  if (!opened.ok) throw new Error(opened.error.code);
  if (opened.value.entry.body.kind !== "sheet.opened") throw new Error("no sheet");
  return opened.value.entry.body.sheet;
}

function rowsOf(journal: TestJournal): Awaited<ReturnType<Store["exportRows"]>> {
  const rows = {} as Awaited<ReturnType<Store["exportRows"]>>;
  for (const name of Object.keys(TABLES) as TableName[]) {
    const keys = [...journal.view.keys(name)].sort();
    rows[name] = keys.map((key) => [key, journal.view.read(name, key)]);
  }
  return rows;
}

async function open(name: string, journal: Pick<TestJournal, "read">): Promise<Store> {
  const store = await openStore(name, reads(journal), createSealer(aStoreKey));
  if (!store.ok) throw new Error(store.error.code);
  opened.push(store.value);
  return store.value;
}

/** Small parts, so that several are needed. */
function reads(journal: Pick<TestJournal, "read">): ReadJournal {
  return async (after) => ok(journal.read(after, 9));
}

function emptyJournal(): Pick<TestJournal, "read"> {
  return { read: () => ({ entries: [], head: { seq: 0, hash: NO_HASH } }) };
}

function newName(): string {
  return `test-${(databases += 1)}`;
}
