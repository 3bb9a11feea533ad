// The second medium in real folders: it follows, it survives being pulled at any byte, and it never writes over what it
// does not know (S14). The stick is a folder that is renamed away and comes back.
import { appendFile, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRandom, invariant, pickInt, utf8 } from "#shared/base";
import {
  adoptIncoming,
  checkCopy,
  createJournalCipher,
  createJournalCopy,
  findCopy,
  nodeFileSystem,
  openJournal,
  type JournalCopy,
  type OpenJournal,
} from "../../../electron/journal/index.ts";
import { clockAt } from "../../support/little-day.ts";
import { ACTOR, aGroup, CIPHER, NO_CHECKPOINTS } from "../../support/journal-on-disk.ts";

let home: string;
let source: string;
let stick: string;
let journal: OpenJournal;
let copy: JournalCopy;
/** Timers fire when a test says so. */
let due: (() => void)[];
let drawn: number;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "copy-"));
  source = join(home, "journal");
  stick = await mkdtemp(join(tmpdir(), "stick-"));
  drawn = 0;
  journal = await openAt(source);
  copy = copyOf(journal);
});
afterEach(async () => {
  await journal.close();
  await rm(home, { recursive: true });
  await rm(stick, { recursive: true, force: true });
});

async function openAt(folder: string): Promise<OpenJournal> {
  const opened = await openJournal({
    folder,
    clock: { read: () => clockAt(drawn++) },
    random: (length) => new Uint8Array(length).fill(7),
    fileSystem: nodeFileSystem,
    reserveBytes: 0,
    checkpoints: NO_CHECKPOINTS,
    cipher: () => CIPHER,
  });
  invariant(opened.ok, "the journal opens");
  return opened.value;
}

function copyOf(of: OpenJournal): JournalCopy {
  due = [];
  return createJournalCopy({
    journal: of,
    source,
    fileSystem: nodeFileSystem,
    recoveryFile: () => Promise.resolve(utf8("{}")),
    after: (_ms, act) => {
      due.push(act);
      return () => void (due = due.filter((one) => one !== act));
    },
    onChange: () => undefined,
  });
}

/** Until no timer is left or the copy has come to rest. */
async function settle(until: string): Promise<void> {
  await expect
    .poll(() => {
      for (const act of due.splice(0)) act();
      // It is told of an entry in the turn after the answer: until then it says of the last one that all is copied.
      const { state, copied } = copy.describe();
      return state === "current" && copied < journal.head().seq ? "behind" : state;
    })
    .toBe(until);
}

const write = (first: number, count: number) => journal.append(ACTOR, aGroup(first, count));
const place = async () => join(stick, (await readdir(stick))[0] ?? "");

async function entriesOnStick(): Promise<number> {
  const checked = await checkCopy(await place(), nodeFileSystem, () => CIPHER);
  invariant(checked.ok, `the copy is whole, got ${JSON.stringify(checked)}`);
  return checked.value.entries;
}

test("[S14] a copy is the journal's own bytes, and follows every group", async () => {
  await write(1, 5);
  expect((await copy.begin(stick)).ok).toBe(true);
  expect(await entriesOnStick()).toBe(5);
  await write(6, 3);
  await settle("current");
  expect(copy.describe().copied).toBe(8);
  expect(await readFile(join(await place(), "000001.jpj"))).toEqual(
    await readFile(join(source, "000001.jpj")),
  );
});

test("[S14] a pulled stick is said, harms no mark, and is brought up to date when it is back", async () => {
  await write(1, 2);
  await copy.begin(stick);
  await rename(stick, `${stick}-away`);
  expect((await write(3, 2)).ok).toBe(true);
  await settle("troubled");
  expect(copy.describe()).toMatchObject({ trouble: "medium.missing", copied: 2 });
  await rename(`${stick}-away`, stick);
  await settle("current");
  expect(await entriesOnStick()).toBe(4);
});

test("[S14] another folder chosen in the middle of a round is looked at for itself, and gets everything", async () => {
  await write(1, 40);
  const second = await mkdtemp(join(tmpdir(), "stick-"));
  const [first, then] = [copy.begin(stick), copy.begin(second)];
  await first;
  expect(await then).toEqual({ ok: true });
  await write(41, 2);
  await settle("current");
  expect(copy.describe().folder).toBe(second);
  const found = await findCopy(second, nodeFileSystem);
  invariant(found.ok, "the second folder holds a copy");
  const checked = await checkCopy(found.value.folder, nodeFileSystem, () => CIPHER);
  expect(checked.ok && checked.value.entries).toBe(42);
  await rm(second, { recursive: true });
});

test("[S14] an empty folder in the stick's place is not taken for the stick", async () => {
  await write(1, 2);
  await copy.begin(stick);
  await rename(stick, `${stick}-away`);
  await nodeFileSystem.makeFolder(stick);
  await write(3, 1);
  await settle("troubled");
  expect(await readdir(stick)).toEqual([]);
  await rm(`${stick}-away`, { recursive: true });
});

test("[S14] pulled at any byte, a copy opens up to there, and the next one mends it", async () => {
  const random = createRandom(20261124);
  await write(1, 12);
  await copy.begin(stick);
  const file = join(await place(), "000001.jpj");
  const whole = await readFile(file);
  for (let round = 0; round < 60; round++) {
    const cut = pickInt(0, whole.length - 1, random);
    await writeFile(file, whole.subarray(0, cut));
    if (round % 3 === 0) await appendFile(file, new Uint8Array(pickInt(1, 200, random)));
    const again = copyOf(journal);
    expect((await again.begin(stick)).ok, `cut at ${cut}`).toBe(true);
    expect(await readFile(file), `cut at ${cut}`).toEqual(whole);
    await again.close();
  }
});

test("[T17] a stick that knows more than this laptop, or something else, is left as it is", async () => {
  await write(1, 4);
  await copy.begin(stick);
  await copy.close();
  const file = join(await place(), "000001.jpj");
  const known = await readFile(file);
  // The laptop is set back to an older image, then goes on differently.
  await journal.close();
  await truncate(join(source, "000001.jpj"), known.length - 40);
  journal = await openAt(source);
  const behind = copyOf(journal);
  expect(await behind.begin(stick)).toEqual({ ok: false, error: { code: "medium.other" } });
  await journal.append(ACTOR, aGroup(70, 3));
  expect(await behind.begin(stick)).toEqual({ ok: false, error: { code: "medium.other" } });
  expect(await readFile(file)).toEqual(known);
  await behind.close();
});

test("[S14] another laptop lays the copy down, and its next start opens it; cut off anywhere, it starts again", async () => {
  await write(1, 9);
  await copy.begin(stick);
  const found = await findCopy(stick, nodeFileSystem);
  invariant(found.ok, "the stick holds a copy");
  const checked = await checkCopy(found.value.folder, nodeFileSystem, () => CIPHER);
  invariant(checked.ok, "the copy is whole");
  const target = join(home, "other", "journal");
  await nodeFileSystem.makeFolder(target);
  expect((await checked.value.layDown(target)).ok).toBe(true);
  expect(await adoptIncoming(target, nodeFileSystem, 1)).toBe(true);
  expect(await adoptIncoming(target, nodeFileSystem, 2)).toBe(false);
  const other = await openAt(target);
  expect(other.head()).toEqual(journal.head());
  await other.close();
  expect(await readdir(join(home, "other"))).toContain("journal.before-1");
});

test("[S14] without the mark of completeness nothing is adopted", async () => {
  const target = join(home, "journal-2");
  await nodeFileSystem.makeFolder(`${target}.incoming`);
  await writeFile(join(`${target}.incoming`, "000001.jpj"), "half");
  expect(await adoptIncoming(target, nodeFileSystem, 1)).toBe(false);
});

test.each([
  ["an empty folder", async () => undefined, "medium.no-copy"],
  [
    "two copies",
    async () => {
      await nodeFileSystem.makeFolder(join(stick, "jiangping-00000001"));
      await nodeFileSystem.makeFolder(join(stick, "jiangping-00000002"));
    },
    "medium.several",
  ],
  [
    "a copy without a recovery file",
    () => nodeFileSystem.makeFolder(join(stick, "jiangping-00000001")),
    "recovery.missing",
  ],
])("[S14] %s is refused with what is wrong", async (_what, prepare, code) => {
  await prepare();
  const found = await findCopy(stick, nodeFileSystem);
  expect(found.ok ? "found" : found.error.code).toBe(code);
});

test("[T20] a copy with a flipped bit is refused, and under another key it stays shut", async () => {
  await write(1, 6);
  await write(7, 2);
  await copy.begin(stick);
  const other = createJournalCipher(new Uint8Array(32).fill(1), (length) => new Uint8Array(length));
  const shut = await checkCopy(await place(), nodeFileSystem, () => other);
  expect(shut.ok ? "whole" : shut.error.code).toBe("journal.locked");
  const file = join(await place(), "000001.jpj");
  const bytes = await readFile(file);
  bytes[200] = (bytes[200] ?? 0) ^ 1;
  await writeFile(file, bytes);
  const checked = await checkCopy(await place(), nodeFileSystem, () => CIPHER);
  expect(checked.ok ? "whole" : checked.error.code).toBe("journal.damaged");
});
