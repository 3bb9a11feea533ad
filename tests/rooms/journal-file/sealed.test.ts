// What lies on the disk says nothing to who has only the disk, and nobody without the key can add to it (P9, P19).
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bytesToHex, concatBytes, utf8, type Bytes } from "#shared/base";
import { createJournalCipher, openJournal } from "../../../electron/journal/index.ts";
import { createFaultDisk, type FaultDisk } from "../../support/fault-file-system.ts";
import { clockAt } from "../../support/little-day.ts";
import {
  ACTOR,
  aDraft,
  aGroup,
  CIPHER,
  draftsIn,
  FIRST_SEGMENT,
  FOLDER,
  NO_CHECKPOINTS,
  openOn,
  tryOpening,
} from "../../support/journal-on-disk.ts";

const random = (length: number) => new Uint8Array(length).fill(3);
const otherKey = createJournalCipher(new Uint8Array(32).fill(8), random);

function openWith(disk: FaultDisk, cipher: typeof CIPHER | null) {
  return openJournal({
    folder: FOLDER,
    clock: { read: () => clockAt(0) },
    random,
    fileSystem: disk,
    reserveBytes: 0,
    checkpoints: NO_CHECKPOINTS,
    cipher: () => cipher,
  });
}

async function aJournal(): Promise<FaultDisk> {
  const disk = createFaultDisk();
  const journal = await openOn(disk);
  await journal.append(ACTOR, aGroup(1, 2));
  await journal.append(ACTOR, [aDraft(3, [utf8("王建国 990000197803120016")])]);
  return disk.clone();
}

describe("a sealed journal", () => {
  test("[P19] no entry and no attachment is on the disk in clear", async () => {
    const stored = (await aJournal()).content(FIRST_SEGMENT);
    const hex = bytesToHex(stored);
    for (const canary of ["session.opened", "王建国", "990000197803120016", "attached to"]) {
      expect(hex).not.toContain(bytesToHex(utf8(canary)));
      expect(hex).not.toContain(Buffer.from(canary, "utf16le").toString("hex"));
    }
  });

  test("[S14] under another key, or without one, it is locked and stays as it is", async () => {
    for (const cipher of [otherKey, null]) {
      const disk = await aJournal();
      const before = disk.content(FIRST_SEGMENT);
      expect(await openWith(disk, cipher)).toMatchObject({
        error: { code: "journal.locked", facts: { segment: 1, seq: 0 } },
      });
      expect(disk.content(FIRST_SEGMENT)).toEqual(before);
      expect(disk.trace).toEqual([]);
      expect(await draftsIn(await openOn(disk))).toEqual([1, 2, 3]);
    }
  });

  test("an empty journal needs no key until something is written", async () => {
    const opened = await openWith(createFaultDisk(), null);
    if (!opened.ok) throw new Error(opened.error.code);
    await expect(opened.value.append(ACTOR, [aDraft(1)])).rejects.toThrow("data key");
  });

  test("[P9] a frame whose hash fits but whose seal does not is damage, and is never taken for an entry", async () => {
    const disk = createFaultDisk();
    await (await openOn(disk)).append(ACTOR, [aDraft(1)]);
    const stored = disk.clone().content(FIRST_SEGMENT);
    const frameAt = 98;
    const length = new DataView(stored.buffer, stored.byteOffset).getUint32(frameAt);
    const payload = stored.slice(frameAt + 4, frameAt + 4 + length);
    // Somebody with the disk changes a sealed byte and makes the unkeyed hash fit again.
    payload[payload.length - 20] = (payload.at(-20) ?? 0) ^ 1;
    const hash = new Uint8Array(createHash("sha256").update(payload).digest());
    const forged = concatBytes(stored.slice(0, frameAt + 4), payload, hash);
    const found = createFaultDisk();
    const file = await found.open(FIRST_SEGMENT, "create");
    await file.write(forged, 0);
    expect(await tryOpening(found)).toMatchObject({
      error: { code: "journal.damaged", facts: { offset: frameAt, reason: "frame.seal" } },
    });
  });

  test("[P9] a seal opens only where it was made: another head or another journal is refused", () => {
    const about = utf8("journal 1, entry 1");
    const sealed = CIPHER.seal(utf8("mark"), about);
    expect(CIPHER.open(sealed, about)).toEqual(utf8("mark"));
    expect(CIPHER.open(sealed, utf8("journal 1, entry 2"))).toBeUndefined();
    expect(CIPHER.open(sealed.subarray(0, 31), about)).toBeUndefined();
    expect(otherKey.open(sealed, about)).toBe("other-key");
  });

  test("[P9] no two seals share a nonce, whether the next one was got ready or not", () => {
    let drawn = 0;
    const counter = (length: number) => new Uint8Array(length).fill((drawn += 1));
    const cipher = createJournalCipher(new Uint8Array(32).fill(9), counter);
    const about = utf8("journal 1");
    const sealed: Bytes[] = [];
    for (let turn = 0; turn < 3; turn++) {
      for (let i = 0; i < 4; i++) sealed.push(cipher.seal(utf8(`mark ${String(sealed.length)}`), about));
      cipher.getReady();
      cipher.getReady();
    }
    expect(new Set(sealed.map((one) => bytesToHex(one.subarray(4, 16)))).size).toBe(sealed.length);
    sealed.forEach((one, at) => expect(cipher.open(one, about)).toEqual(utf8(`mark ${String(at)}`)));
  });

  test("a data key of another length is a bug", () => {
    expect(() => createJournalCipher(new Uint8Array(16), random)).toThrow("32 bytes");
  });
});
