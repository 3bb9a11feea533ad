// Bytes that changed by themselves or by somebody: reported with their place, and nothing is tidied away (P9).
import { describe, expect, test } from "vitest";
import { createHash } from "node:crypto";
import { isEqualBytes } from "#shared/base";
import { createFaultDisk, type FaultDisk } from "../../support/fault-file-system.ts";
import {
  ACTOR,
  aDraft,
  aGroup,
  draftsIn,
  FIRST_SEGMENT,
  FOLDER,
  openOn,
  tryOpening,
} from "../../support/journal-on-disk.ts";

async function aJournalOfThreeGroups(): Promise<{ disk: FaultDisk; lastGroupAt: number }> {
  const disk = createFaultDisk();
  const journal = await openOn(disk);
  await journal.append(ACTOR, aGroup(1, 2));
  await journal.append(ACTOR, aGroup(3, 1));
  const lastGroupAt = disk.content(FIRST_SEGMENT).length;
  await journal.append(ACTOR, aGroup(4, 2));
  return { disk: disk.clone(), lastGroupAt };
}

describe("a changed byte", () => {
  test("a flipped byte before the tail is reported as damage and nothing is cut", async () => {
    const { disk, lastGroupAt } = await aJournalOfThreeGroups();
    for (let at = 0; at < lastGroupAt; at++) {
      const changed = disk.clone();
      changed.flip(FIRST_SEGMENT, at, 1 << (at % 8));
      const before = changed.content(FIRST_SEGMENT);
      const opened = await tryOpening(changed);
      expect(opened.ok ? "opened" : opened.error.code, `byte ${at}`).toBe("journal.damaged");
      expect(isEqualBytes(changed.content(FIRST_SEGMENT), before)).toBe(true);
      expect(changed.trace).toEqual([]);
    }
  });

  test("a flipped byte in the last group cuts that group and is never silently accepted", async () => {
    const { disk, lastGroupAt } = await aJournalOfThreeGroups();
    const { length } = disk.content(FIRST_SEGMENT);
    for (let at = lastGroupAt; at < length; at++) {
      const changed = disk.clone();
      changed.flip(FIRST_SEGMENT, at, 0xff);
      const opened = await tryOpening(changed);
      if (!opened.ok) throw new Error(`byte ${at}: ${opened.error.code}`);
      expect(opened.value.opened.cutBytes).toBe(length - lastGroupAt);
      expect(await draftsIn(opened.value)).toEqual([1, 2, 3]);
    }
  });

  test("damage says where: segment, offset and the last good entry", async () => {
    const { disk } = await aJournalOfThreeGroups();
    disk.flip(FIRST_SEGMENT, 150);
    expect(await tryOpening(disk)).toEqual({
      ok: false,
      error: { code: "journal.damaged", facts: { segment: 1, offset: 98, seq: 0, reason: "frame.hash" } },
    });
  });

  test("a damaged journal gives its lock back", async () => {
    const { disk } = await aJournalOfThreeGroups();
    disk.flip(FIRST_SEGMENT, 150);
    await tryOpening(disk);
    expect(await tryOpening(disk)).toMatchObject({ error: { code: "journal.damaged" } });
  });
});

describe("a journal put together from others", () => {
  async function twoSegments(first: number): Promise<FaultDisk> {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    const large = new Uint8Array(5 * 1024 * 1024);
    await journal.append(ACTOR, [aDraft(first, [large])]);
    await journal.append(ACTOR, [aDraft(first + 1, [large])]);
    return disk.clone();
  }
  const second = `${FOLDER}/000002.jpj`;
  const third = `${FOLDER}/000003.jpj`;

  async function put(disk: FaultDisk, path: string, bytes: Uint8Array): Promise<void> {
    if (disk.paths().includes(path)) await disk.remove(path);
    const file = await disk.open(path, "create");
    await file.write(bytes, 0);
  }

  test("a segment of another journal does not continue this one", async () => {
    const disk = await twoSegments(1);
    const other = await twoSegments(5);
    await put(disk, second, other.content(second));
    expect(await tryOpening(disk)).toMatchObject({
      error: { code: "journal.damaged", facts: { segment: 2, reason: "segment.chain" } },
    });
  });

  test("a missing segment is damage, not a shorter journal", async () => {
    const disk = await twoSegments(1);
    await put(disk, third, disk.content(second));
    await disk.remove(second);
    expect(await tryOpening(disk)).toMatchObject({
      error: { code: "journal.damaged", facts: { segment: 2, reason: "segment.missing" } },
    });
  });

  test("a torn end of any segment but the last is damage", async () => {
    const disk = await twoSegments(1);
    const first = disk.content(FIRST_SEGMENT);
    await put(disk, FIRST_SEGMENT, first.slice(0, -1));
    expect(await tryOpening(disk)).toMatchObject({
      error: { code: "journal.damaged", facts: { segment: 1 } },
    });
  });

  test("a whole frame that does not continue the chain is damage, even at the very end", async () => {
    const { disk, lastGroupAt } = await aJournalOfThreeGroups();
    const content = disk.content(FIRST_SEGMENT);
    const repeated = new Uint8Array([...content, ...content.slice(lastGroupAt)]);
    await put(disk, FIRST_SEGMENT, repeated);
    expect(await tryOpening(disk)).toMatchObject({
      error: { code: "journal.damaged", facts: { reason: "frame.chain", seq: 5 } },
    });
  });

  test("a journal of a later version is refused politely and left alone [S15]", async () => {
    const { disk } = await aJournalOfThreeGroups();
    const content = disk.content(FIRST_SEGMENT);
    content[9] = 3;
    content.set(createHash("sha256").update(content.subarray(0, 66)).digest(), 66);
    await put(disk, FIRST_SEGMENT, content);
    expect(await tryOpening(disk)).toMatchObject({ error: { code: "journal.newer" } });
    expect(disk.content(FIRST_SEGMENT)).toEqual(content);
  });
});
