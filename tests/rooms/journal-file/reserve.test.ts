// A disk that runs full in the middle of a sitting: the room that was kept is given back, and the sitting is finished
// (S1, P4).
import { describe, expect, test } from "vitest";
import { createFaultDisk } from "../../support/fault-file-system.ts";
import { ACTOR, aDraft, aGroup, draftsIn, FOLDER, openOn } from "../../support/journal-on-disk.ts";

const ROOM = 4096;
const RESERVE = `${FOLDER}/reserve`;

describe("room kept for a full disk", () => {
  test("[S1] the write that finds the disk full is written after all, and acknowledged once flushed", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk, ROOM);
    expect(disk.content(RESERVE)).toHaveLength(ROOM);
    expect(journal.hasReserve()).toBe(true);
    disk.plant({ call: "write", nth: 1, code: "ENOSPC", partly: 60 });
    expect((await journal.append(ACTOR, aGroup(1, 2))).ok).toBe(true);
    expect(journal.hasReserve()).toBe(false);
    expect(disk.paths()).not.toContain(RESERVE);
    expect(await draftsIn(await openOn(disk.cutPower(() => ({ keep: "none" }))))).toEqual([1, 2]);
  });

  test("[S1] when the room is used up as well, a mark is refused and none before it is lost", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk, ROOM);
    await journal.append(ACTOR, [aDraft(1)]);
    for (const nth of [1, 2]) disk.plant({ call: "write", nth, code: "ENOSPC" });
    expect(await journal.append(ACTOR, [aDraft(2)])).toEqual({ ok: false, error: { code: "journal.full" } });
    expect((await journal.append(ACTOR, [aDraft(3)])).ok).toBe(true);
    expect(await draftsIn(await openOn(disk.cutPower(() => ({ keep: "none" }))))).toEqual([1, 3]);
  });

  test("[S1] a next segment that finds the disk full is begun in the room that was kept", async () => {
    const large = new Uint8Array(5 * 1024 * 1024);
    const disk = createFaultDisk();
    const journal = await openOn(disk, ROOM);
    await journal.append(ACTOR, [aDraft(1, [large])]);
    disk.plant({ call: "create", nth: 1, code: "ENOSPC" });
    expect((await journal.append(ACTOR, [aDraft(2, [large])])).ok).toBe(true);
    expect(await draftsIn(journal)).toEqual([1, 2]);
  });

  test("a disk without room for it opens all the same, and nothing half-filled stays", async () => {
    const disk = createFaultDisk();
    await openOn(disk);
    disk.plant({ call: "write", nth: 1, code: "ENOSPC", partly: 100 });
    const journal = await openOn(disk.clone(), 0);
    expect(journal.hasReserve()).toBe(false);
    const full = disk.cutPower(() => ({ keep: "all" }));
    full.plant({ call: "write", nth: 1, code: "ENOSPC", partly: 100 });
    const again = await openOn(full, ROOM);
    expect(again.hasReserve()).toBe(false);
    expect(full.paths()).not.toContain(RESERVE);
  });

  test("what was being filled when the power went is filled anew, and what is whole is kept", async () => {
    const disk = createFaultDisk();
    await openOn(disk);
    const file = await disk.open(RESERVE, "create");
    await file.write(new Uint8Array(10), 0);
    await openOn(disk.clone(), ROOM).then((journal) => expect(journal.hasReserve()).toBe(true));
    const kept = createFaultDisk();
    await openOn(kept, ROOM);
    const found = kept.cutPower(() => ({ keep: "all" }));
    await openOn(found, ROOM);
    expect(found.trace.filter((call) => call.endsWith("reserve"))).toEqual([]);
  });

  test("a disk that breaks while the room is filled is trouble that is said", async () => {
    const disk = createFaultDisk();
    await openOn(disk);
    const found = disk.cutPower(() => ({ keep: "all" }));
    found.plant({ call: "write", nth: 1, code: "EIO" });
    await expect(openOn(found, ROOM)).rejects.toThrow("journal.unreadable");
  });
});
