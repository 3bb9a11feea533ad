// Photographs on the second medium (S14): they follow the marks, a stick that was pulled is made whole, and another laptop
// with the recovered data key opens them.
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HashId, invariant, utf8, type Bytes } from "#shared/base";
import { createSigner, hashId, newTransportPair } from "#shared/crypto";
import { nodeDisk, openEvidence } from "../../../electron/evidence/index.ts";
import {
  adoptIncoming,
  checkCopy,
  createJournalCopy,
  exportStored,
  findCopy,
  nodeFileSystem,
  openJournal,
  type JournalCopy,
  type OpenJournal,
} from "../../../electron/journal/index.ts";
import { clockAt } from "../../support/little-day.ts";
import { valueOf } from "../../support/desk-harness.ts";
import { ACTOR, aGroup, CIPHER, NO_CHECKPOINTS } from "../../support/journal-on-disk.ts";
import { aJpeg } from "../../support/pictures.ts";

let home: string;
let source: string;
let stick: string;
let journal: OpenJournal;
let copy: JournalCopy;
let due: (() => void)[];

const pictures = [1, 2, 3].map((seed) => aJpeg({ seed, bytes: 150_000 }));

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "home-"));
  stick = await mkdtemp(join(tmpdir(), "stick-"));
  source = join(home, "journal");
  journal = await openAt(source);
  await journal.append(ACTOR, aGroup(1, 2));
  copy = copyOf();
});
afterEach(async () => {
  await journal.close();
  await rm(home, { recursive: true });
  await rm(stick, { recursive: true });
});

async function openAt(folder: string): Promise<OpenJournal> {
  let drawn = 0;
  const opened = await openJournal({
    folder,
    clock: { read: () => clockAt(drawn++) },
    random: (length) => new Uint8Array(length).fill(7),
    fileSystem: nodeFileSystem,
    reserveBytes: 0,
    cipher: () => CIPHER,
    checkpoints: NO_CHECKPOINTS,
  });
  invariant(opened.ok, "the journal opens");
  return opened.value;
}

function copyOf(): JournalCopy {
  due = [];
  return createJournalCopy({
    journal,
    source,
    fileSystem: nodeFileSystem,
    recoveryFile: () => Promise.resolve(utf8("{}")),
    after: (_ms, act) => {
      due.push(act);
      return () => undefined;
    },
    onChange: () => undefined,
  });
}

function roomAt(journalFolder: string) {
  let salt = 0;
  return openEvidence({
    journalFolder,
    disk: nodeDisk,
    random: (length) => new Uint8Array(length).fill((salt += 1)),
    dataKey: () => new Uint8Array(32).fill(7),
  });
}

async function keep(...bytes: readonly Bytes[]): Promise<void> {
  for (const picture of bytes) valueOf(await roomAt(source).files.keep(picture));
  await journal.append(ACTOR, aGroup(100, 1));
}

async function settle(): Promise<void> {
  await expect
    .poll(() => {
      for (const act of due.splice(0)) act();
      const { state, copied } = copy.describe();
      return copied < journal.head().seq ? "behind" : state;
    })
    .toBe("current");
}

const place = async () => valueOf(await findCopy(stick, nodeFileSystem)).folder;
const onStick = async (folder = "evidence") => (await readdir(join(await place(), folder))).sort();
const nameOf = (bytes: Bytes) => hashId(bytes).slice("sha256:".length);

test("[S14] pictures follow the marks, byte for byte", async () => {
  await keep(pictures[0]!);
  valueOf(await copy.begin(stick));
  expect(await onStick()).toEqual([nameOf(pictures[0]!)]);
  await keep(pictures[1]!, pictures[2]!);
  await settle();
  expect(await onStick()).toEqual(pictures.map(nameOf).sort());
  for (const name of await onStick())
    expect(await readFile(join(await place(), "evidence", name))).toEqual(
      await readFile(join(source, "evidence", name)),
    );
});

test("[S8] what a pulled stick cut short is made whole, and nothing else is written again", async () => {
  await keep(...pictures);
  valueOf(await copy.begin(stick));
  const [cut, ended, whole] = pictures.map(nameOf);
  const pathOf = async (name = "") => join(await place(), "evidence", name);
  await truncate(await pathOf(cut), 70_000);
  const stored = await readFile(await pathOf(ended));
  stored[stored.length - 1] = (stored.at(-1) ?? 0) ^ 1;
  await writeFile(await pathOf(ended), stored);
  await writeFile(join(await place(), "evidence", "somebody's own.txt"), "stays");
  const before = await readFile(await pathOf(whole));
  copy = copyOf();
  copy.resume(stick);
  await settle();
  for (const name of [cut, ended, whole])
    expect(await readFile(await pathOf(name))).toEqual(await readFile(join(source, "evidence", name ?? "")));
  expect(await readFile(await pathOf(whole))).toEqual(before);
  expect(await onStick()).toContain("somebody's own.txt");
});

test("[S14] half-written files do not go along", async () => {
  await keep(pictures[0]!);
  await writeFile(join(source, "evidence", `${nameOf(pictures[1]!)}.0a.part`), "half");
  valueOf(await copy.begin(stick));
  expect(await onStick()).toEqual([nameOf(pictures[0]!)]);
});

test("[S14] another laptop takes pictures and their sealed copies over, opens the ones and can send the others", async () => {
  await keep(...pictures);
  const device = createSigner(new Uint8Array(32).fill(9)).kid;
  const { publicKey } = await newTransportPair();
  const first = hashId(pictures[0]!);
  const { wire } = valueOf(await roomAt(source).files.seal(first, publicKey, device));
  valueOf(await copy.begin(stick));
  expect(await onStick("outgoing")).toEqual([wire.slice("sha256:".length)]);
  const checked = valueOf(await checkCopy(await place(), nodeFileSystem, () => CIPHER));
  const target = join(home, "other", "journal");
  await nodeFileSystem.makeFolder(target);
  valueOf(await checked.layDown(target));
  expect(await adoptIncoming(target, nodeFileSystem, 1)).toBe(true);
  const there = roomAt(target);
  for (const picture of pictures) expect(valueOf(await there.files.read(hashId(picture)))).toEqual(picture);
  expect(hashId((await there.readSealed(HashId.parse(wire))) ?? new Uint8Array())).toBe(wire);
});

test("[S14] saved as they are, for people who can open nothing here, pictures go along", async () => {
  await keep(...pictures);
  const saved = valueOf(await exportStored(source, utf8("{}"), stick, nodeFileSystem));
  expect((await readdir(join(saved, "evidence"))).sort()).toEqual(pictures.map(nameOf).sort());
});
