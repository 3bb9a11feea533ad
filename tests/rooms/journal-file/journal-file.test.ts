// The journal as its callers see it: numbered, chained, flushed before it answers, the same after a restart.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { isEqualBytes, NO_HASH, utf8 } from "#shared/base";
import type { Journal } from "../../../electron/desk/index.ts";
import {
  nodeFileSystem,
  openJournal,
  type Draft,
  type OpenJournal,
} from "../../../electron/journal/index.ts";
import { createFaultDisk } from "../../support/fault-file-system.ts";
import { aLittleDay, clockAt, markSet } from "../../support/little-day.ts";
import {
  CIPHER,
  NO_CHECKPOINTS,
  ACTOR,
  aDraft,
  aGroup,
  draftsIn,
  FIRST_SEGMENT,
  openOn,
  rowsOf,
  tryOpening,
} from "../../support/journal-on-disk.ts";

test("the journal is what the desk asks for", () => {
  expectTypeOf<OpenJournal>().toExtend<Journal>();
});

describe("writing", () => {
  test("[P4] nothing is acknowledged before the flush returned, and nobody is told before the answer", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    disk.trace.length = 0;
    let seenAtFlush: unknown;
    disk.watch((call) => {
      if (call === "datasync") seenAtFlush = { head: journal.head().seq, heard: [...heard] };
    });
    const heard: string[] = [];
    journal.onAppended((seq) => heard.push(`heard ${seq}`));
    await journal.append(ACTOR, [aDraft(1)]).then(() => heard.push("answered"));
    expect(disk.trace).toEqual(["write 000001.jpj", "datasync 000001.jpj"]);
    expect(seenAtFlush).toEqual({ head: 0, heard: [] });
    expect(heard).toEqual(["answered"]);
    await vi.waitFor(() => expect(heard).toEqual(["answered", "heard 1"]));
    expect(disk.unflushed()).toBe(0);
  });

  test("[P4] the header and the folder are flushed before a segment is used", async () => {
    const disk = createFaultDisk();
    await openOn(disk);
    const trace = disk.trace.slice(0, 4);
    expect(trace).toEqual([
      "create 000001.jpj",
      "write 000001.jpj",
      "sync 000001.jpj",
      "flushFolder journal",
    ]);
  });

  test("two appends at once share one flush and keep their order", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    disk.trace.length = 0;
    const answers = await Promise.all([
      journal.append(ACTOR, aGroup(1, 2)),
      journal.append(ACTOR, aGroup(3, 1)),
      journal.append(null, aGroup(4, 3)),
    ]);
    expect(disk.trace.filter((call) => call.startsWith("datasync"))).toHaveLength(1);
    expect(answers.map((answer) => answer.ok && answer.value.map(({ entry }) => entry.seq))).toEqual([
      [1, 2],
      [3],
      [4, 5, 6],
    ]);
    expect(await draftsIn(journal)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("a write that the system cuts short goes on until everything is handed over", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    disk.shorten(7);
    await journal.append(ACTOR, aGroup(1, 3));
    expect(await draftsIn(await openOn(disk.clone()))).toEqual([1, 2, 3]);
  });

  test("a draft outside the schema is not written and does not keep others from being written", async () => {
    const journal = await openOn(createFaultDisk());
    const wrong = { body: { kind: "session.opened", person: "No One" } } as unknown as Draft;
    const [refused, written] = await Promise.allSettled([
      journal.append(ACTOR, [aDraft(1), wrong]),
      journal.append(ACTOR, [aDraft(2)]),
    ]);
    expect(refused.status).toBe("rejected");
    expect(written).toMatchObject({ status: "fulfilled", value: { ok: true } });
    expect(await draftsIn(journal)).toEqual([2]);
  });

  test("an entry that the fold cannot take is not written: it would stop every later start", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await expect(journal.append(ACTOR, [aDraft(1), markSet()])).rejects.toThrow("row it never made");
    await journal.append(ACTOR, [aDraft(2)]);
    expect(await draftsIn(await openOn(disk.clone()))).toEqual([2]);
  });

  test("a closed journal refuses", async () => {
    const journal = await openOn(createFaultDisk());
    const last = journal.append(ACTOR, [aDraft(1)]);
    await journal.close();
    expect((await last).ok).toBe(true);
    expect(await journal.append(ACTOR, [aDraft(2)])).toMatchObject({
      ok: false,
      error: { code: "journal.failed" },
    });
  });
});

describe("reading", () => {
  test("what is read back equals what was appended, attachments too", async () => {
    const journal = await openOn(createFaultDisk());
    const attachments = [utf8("one"), new Uint8Array(), new Uint8Array(700).fill(9)];
    const appended = await journal.append(ACTOR, [aDraft(1), aDraft(2, attachments), aDraft(3)]);
    expect(appended).toEqual({ ok: true, value: await journal.read(0, 10) });
    expect(await journal.attachments(2)).toEqual(attachments);
    expect(await journal.attachments(1)).toEqual([]);
    expect(await journal.attachments(4)).toEqual([]);
  });

  test("a page begins after its number and is no longer than its limit", async () => {
    const journal = await openOn(createFaultDisk());
    await journal.append(ACTOR, aGroup(1, 9));
    expect((await journal.read(3, 4)).map(({ entry }) => entry.seq)).toEqual([4, 5, 6, 7]);
    expect(await journal.read(9, 4)).toEqual([]);
  });

  test("an entry that changed on the disk since is not handed out", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await journal.append(ACTOR, [aDraft(1)]);
    disk.flip(FIRST_SEGMENT, 200);
    await expect(journal.read(0, 1)).rejects.toThrow("cannot be read back");
  });
});

describe("opening again", () => {
  test("[P2] reopening folds an equal view with the same head", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    for (const { actor, body } of aLittleDay()) await journal.append(actor, [{ body }]);
    const again = await openOn(disk.clone());
    expect(rowsOf(again.view)).toEqual(rowsOf(journal.view));
    expect(again.head()).toEqual(journal.head());
    expect(again.opened).toEqual({ entries: aLittleDay().length, cutBytes: 0, created: false, after: 0 });
  });

  test("a new journal is empty and says that it was created", async () => {
    const journal = await openOn(createFaultDisk());
    expect(journal.head()).toEqual({ seq: 0, hash: NO_HASH });
    expect(journal.opened).toEqual({ entries: 0, cutBytes: 0, created: true, after: 0 });
  });

  test("what was found is flushed before it is shown", async () => {
    const disk = createFaultDisk();
    await (await openOn(disk)).append(ACTOR, [aDraft(1)]);
    const again = disk.clone();
    await openOn(again);
    expect(again.trace).toEqual(["sync 000001.jpj", "flushFolder journal"]);
  });

  test("a long journal continues in further segments and reads across them", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    const large = new Uint8Array(3 * 1024 * 1024);
    for (let n = 1; n <= 6; n++) await journal.append(ACTOR, [aDraft(n, [large])]);
    expect(disk.paths().map((path) => path.slice(-10))).toEqual(["000001.jpj", "000002.jpj", "000003.jpj"]);
    const again = await openOn(disk.clone());
    expect(await draftsIn(again)).toEqual([1, 2, 3, 4, 5, 6]);
    const [attached] = await again.attachments(5);
    expect(attached && isEqualBytes(attached, large)).toBe(true);
    expect(again.head()).toEqual(journal.head());
  });

  test("a second opening is refused while the first has the lock", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    expect(await tryOpening(disk)).toEqual({ ok: false, error: { code: "journal.busy" } });
    await journal.close();
    expect((await tryOpening(disk)).ok).toBe(true);
  });
});

describe("on a real disk", () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "journal-"))));
  afterEach(() => rm(folder, { recursive: true }));

  const open = () =>
    openJournal({
      folder: join(folder, "deep", "journal"),
      clock: { read: () => clockAt(0) },
      random: (length) => new Uint8Array(length).fill(7),
      fileSystem: nodeFileSystem,
      reserveBytes: 0,
      checkpoints: NO_CHECKPOINTS,
      cipher: () => CIPHER,
    });
  const inFolder = (name: string) => join(folder, "deep", "journal", name);

  test("[P1] what was appended is there after a restart, and a torn tail is cut", async () => {
    const first = await open();
    if (!first.ok) throw new Error(first.error.code);
    await first.value.append(ACTOR, aGroup(1, 20));
    await first.value.close();
    const whole = await readFile(inFolder("000001.jpj"));
    await writeFile(inFolder("000001.jpj"), Buffer.concat([whole, Buffer.from("torn")]));
    const again = await open();
    if (!again.ok) throw new Error(again.error.code);
    expect(again.value.opened).toEqual({ entries: 20, cutBytes: 4, created: false, after: 0 });
    await again.value.append(ACTOR, [aDraft(21)]);
    expect(await draftsIn(again.value)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
    await again.value.close();
  });

  test("a lock of this very process is respected, one of a process that is gone is taken over", async () => {
    const first = await open();
    expect(await open()).toMatchObject({ ok: false, error: { code: "journal.busy" } });
    if (first.ok) await first.value.close();
    await writeFile(inFolder("lock"), "999999999\n");
    const again = await open();
    expect(again.ok).toBe(true);
    if (again.ok) await again.value.close();
  });

  test("a folder that cannot be read is a refusal, not a crash", async () => {
    await writeFile(join(folder, "deep"), "a file where a folder should be");
    expect(await open()).toMatchObject({ ok: false, error: { code: "journal.unreadable" } });
  });
});
