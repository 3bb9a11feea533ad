// A start from a checkpoint: the same tables as a fold of everything, and never trusted over the journal. Whoever tampers
// with one, or with what lies before it, gains nothing and is reported.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, invariant, isEqualBytes, pickInt, type PersonId } from "#shared/base";
import type { EntryBody, GrowingView } from "#shared/journal";
import { createFaultDisk, type FaultDisk } from "../../support/fault-file-system.ts";
import { manySittings } from "../../support/many-sittings.ts";
import {
  ACTOR,
  aDraft,
  aGroup,
  draftsIn,
  FIRST_SEGMENT,
  FOLDER,
  openOn,
  rowsOf,
  tryOpening,
} from "../../support/journal-on-disk.ts";

const BUILD = "sha256:build";
/** No new one: too little comes in a test. */
const READING = { build: BUILD, every: 9_000 };
/** One when the journal closes. */
const closing = { ...READING, every: 100 };

type Step = { readonly actor: PersonId | null; readonly body: EntryBody };

async function write(disk: FaultDisk, steps: readonly Step[], checkpoints = closing): Promise<void> {
  const journal = await openOn(disk, 0, checkpoints);
  for (const { actor, body } of steps) {
    const answer = await journal.append(actor, [{ body }]);
    invariant(answer.ok, "every step is written");
  }
  await journal.close();
}

const checkpointsOn = (disk: FaultDisk) => disk.paths().filter((path) => path.endsWith(".jpc"));

async function put(disk: FaultDisk, path: string, bytes: Uint8Array): Promise<void> {
  if (disk.paths().includes(path)) await disk.remove(path);
  const file = await disk.open(path, "create");
  await file.write(bytes, 0);
  await file.sync();
}

/** The tables after a fold of everything. */
async function foldedWhole(disk: FaultDisk): Promise<unknown> {
  const bare = disk.clone();
  for (const path of checkpointsOn(bare)) await bare.remove(path);
  const journal = await openOn(bare);
  expect(journal.opened.after).toBe(0);
  return rowsOf(journal.view);
}

async function aLaptop(): Promise<FaultDisk> {
  const disk = createFaultDisk();
  await write(disk, manySittings({ sittings: 4, candidates: 3 }));
  return disk.clone();
}

describe("a start from a checkpoint", () => {
  test("[P1] [P2] wherever the journal was closed and opened, the tables are those of a fold of everything", async () => {
    const steps = manySittings({ sittings: 5, candidates: 3, shuffled: 7 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(steps.length), { maxLength: 6 }),
        fc.array(fc.nat(steps.length - 1), { maxLength: 12 }),
        async (closings, looks) => {
          const disk = createFaultDisk();
          const ends = [...closings.sort((a, b) => a - b), steps.length];
          let from = 0;
          for (const end of ends) {
            await write(disk, steps.slice(from, end));
            from = end;
          }
          const journal = await openOn(disk.clone(), 0, closing);
          // Looking at one row first must not change what the others are.
          for (const at of looks) {
            const body = steps[at]?.body;
            if (body && "sheet" in body && typeof body.sheet === "string")
              journal.view.read("sheets", body.sheet);
          }
          expect(rowsOf(journal.view)).toEqual(await foldedWhole(disk));
          expect(journal.head().seq).toBe(steps.length);
          expect(await journal.checkBehind()).toEqual({ ok: true, value: undefined });
        },
      ),
      { numRuns: 40, seed: 20261125 },
    );
  });

  test("it folds only what came after, and reads back every entry before it", async () => {
    const disk = createFaultDisk();
    const first = await openOn(disk, 0, closing);
    const large = new Uint8Array(3 * 1024 * 1024).fill(5);
    for (let n = 1; n <= 12; n++) await first.append(ACTOR, [aDraft(n, n % 4 === 0 ? [large] : [])]);
    await first.close();
    const again = await openOn(disk.clone(), 0, closing);
    expect(again.opened).toMatchObject({ after: 12, entries: 12, cutBytes: 0 });
    await again.append(ACTOR, aGroup(13, 3));
    expect(await draftsIn(again)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    const [attached] = await again.attachments(8);
    expect(attached && isEqualBytes(attached, large)).toBe(true);
    expect(again.extents()).toHaveLength(2);
  });

  test("a sitting of earlier years stays shut until one of its rows is asked for", async () => {
    const disk = await aLaptop();
    const view = (await openOn(disk, 0, closing)).view as GrowingView;
    const untouched = () => view.snapshot(() => 0).shelves.filter(({ rows }) => rows === null).length;
    expect(untouched()).toBe(4);
    const [, sheet] = view.rowsOf("sheets", view.rows("sittings")[1]!.id);
    expect(view.read("sheets", sheet!.id)).toBe(sheet);
    expect(view.rowsOf("sheets", "no such sitting")).toEqual([]);
    expect(view.read("sheets", "no such sheet")).toBeUndefined();
  });

  test("one is written while people work, and only the newest is kept", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk, 0, { build: BUILD, every: 3 });
    for (let n = 1; n <= 20; n++) await journal.append(ACTOR, [aDraft(n)]);
    await expect.poll(() => checkpointsOn(disk).length).toBe(1);
    await journal.close();
    expect(checkpointsOn(disk)).toEqual([`${FOLDER}/000000000020.jpc`]);
    expect((await openOn(disk.clone(), 0, closing)).opened.after).toBe(20);
  });

  test("[S1] a full disk gets no checkpoint, and no mark notices", async () => {
    for (const call of ["create", "write", "sync"] as const) {
      const disk = createFaultDisk();
      const journal = await openOn(disk, 0, closing);
      await journal.append(ACTOR, aGroup(1, 12));
      disk.plant({ call, nth: 1, code: "ENOSPC", partly: 40 });
      await journal.close();
      expect((await openOn(disk.clone(), 0, closing)).opened).toMatchObject({ after: 0, entries: 12 });
    }
  });
});

describe("a checkpoint that is not to be trusted", () => {
  const opens = async (disk: FaultDisk, checkpoints = READING) => {
    const opened = await tryOpening(disk, 0, checkpoints);
    invariant(opened.ok, `the journal opens, got ${JSON.stringify(opened)}`);
    return opened.value;
  };

  test("[P9] any changed byte of it, and it is passed over", async () => {
    const disk = await aLaptop();
    const whole = await foldedWhole(disk);
    const [path] = checkpointsOn(disk);
    const { length } = disk.content(path!);
    const random = createRandom(20261125);
    const places = [
      ...Array.from({ length: 60 }, (_, i) => i),
      ...Array.from({ length: 200 }, () => pickInt(0, length - 1, random)),
      length - 1,
    ];
    for (const at of places) {
      const changed = disk.clone();
      changed.flip(path!, at, 1 << (at % 8));
      const journal = await opens(changed);
      expect(journal.opened.after, `byte ${at}`).toBe(0);
      if (at % 50 === 0) expect(rowsOf(journal.view)).toEqual(whole);
    }
  });

  test("[P1] killed at any byte while it is written, the next start does without it, or has the one before", async () => {
    const steps = manySittings({ sittings: 3, candidates: 2 });
    const disk = createFaultDisk();
    await write(disk, steps.slice(0, 30));
    const found: FaultDisk[] = [];
    const random = createRandom(3);
    disk.watch((call) => {
      for (const remains of [
        { keep: "none" },
        { keep: "start", bytes: pickInt(0, 900, random) },
        { keep: "sectors", pick: () => random() < 0.5 },
        { keep: "all" },
      ] as const)
        if (call !== "datasync") found.push(disk.cutPower(() => remains));
    });
    await write(disk, steps.slice(30));
    expect(found.length).toBeGreaterThan(40);
    const afters = new Set<number>();
    for (const after of found) {
      const journal = await opens(after);
      afters.add(journal.opened.after);
      expect(rowsOf(journal.view)).toEqual(await foldedWhole(after));
    }
    expect([...afters]).toEqual(expect.arrayContaining([30, steps.length]));
  });

  test("one that another build wrote is passed over: that build may have folded differently", async () => {
    const disk = await aLaptop();
    const other = await opens(disk.clone(), { ...READING, build: "sha256:another" });
    expect(other.opened.after).toBe(0);
    expect(rowsOf(other.view)).toEqual(await foldedWhole(disk));
  });

  test("one of another journal is passed over", async () => {
    const disk = await aLaptop();
    const other = createFaultDisk();
    await write(other, manySittings({ sittings: 1, candidates: 2 }));
    const [own] = checkpointsOn(disk);
    const [strange] = checkpointsOn(other);
    await put(disk, own!, other.content(strange!));
    const journal = await opens(disk);
    expect(journal.opened.after).toBe(0);
    expect(rowsOf(journal.view)).toEqual(await foldedWhole(disk));
  });

  test("[T17] one that knows more than the journal is passed over: the journal says what happened", async () => {
    const steps = manySittings({ sittings: 2, candidates: 2 });
    const disk = createFaultDisk();
    await write(disk, steps.slice(0, 25));
    const earlier = disk.clone();
    await write(disk, steps.slice(25));
    const [newest] = checkpointsOn(disk);
    await put(earlier, newest!, disk.content(newest!));
    const journal = await opens(earlier);
    expect(journal.opened).toMatchObject({ after: 25, entries: 25 });
    expect(rowsOf(journal.view)).toEqual(await foldedWhole(earlier));
  });

  test("an older one only makes the start longer", async () => {
    const steps = manySittings({ sittings: 2, candidates: 2 });
    const disk = createFaultDisk();
    await write(disk, steps.slice(0, 25));
    const older = disk.clone();
    await write(disk, steps.slice(25));
    for (const path of checkpointsOn(disk)) await disk.remove(path);
    const [path] = checkpointsOn(older);
    await put(disk, path!, older.content(path!));
    const journal = await opens(disk);
    expect(journal.opened).toMatchObject({ after: 25, entries: steps.length });
    expect(rowsOf(journal.view)).toEqual(await foldedWhole(disk));
  });
});

describe("damage before the checkpoint", () => {
  test("[P9] is found behind the start with the report that a whole reading gives, and ends the next start", async () => {
    const disk = await aLaptop();
    const { length } = disk.content(FIRST_SEGMENT);
    const random = createRandom(5);
    for (let run = 0; run < 40; run++) {
      const changed = disk.clone();
      changed.flip(FIRST_SEGMENT, pickInt(98, length - 2000, random));
      const read = changed.clone();
      for (const path of checkpointsOn(read)) await read.remove(path);
      const report = await tryOpening(read);
      expect(report).toMatchObject({ ok: false, error: { code: "journal.damaged" } });
      const journal = await openOn(changed, 0, READING);
      expect(journal.opened.after).toBeGreaterThan(0);
      const found = await journal.checkBehind();
      expect(found).toEqual(report);
      await journal.close();
      expect(await tryOpening(changed, 0, READING)).toEqual(report);
    }
  });

  test("a missing segment, or one of another length, is not started from", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk, 0, closing);
    const large = new Uint8Array(5 * 1024 * 1024);
    for (let n = 1; n <= 10; n++) await journal.append(ACTOR, [aDraft(n, n < 4 ? [large] : [])]);
    await journal.close();
    const second = `${FOLDER}/000002.jpj`;
    const gone = disk.clone();
    await gone.remove(second);
    const longer = disk.clone();
    await put(longer, second, new Uint8Array([...disk.content(second), 0]));
    for (const changed of [gone, longer])
      expect(await tryOpening(changed, 0, READING)).toMatchObject({
        ok: false,
        error: { code: "journal.damaged", facts: { segment: 2 } },
      });
  });

  test("entries that came after the checkpoint are checked at the start, as ever", async () => {
    const disk = createFaultDisk();
    await write(disk, manySittings({ sittings: 1, candidates: 2 }));
    const at = disk.content(FIRST_SEGMENT).length + 120;
    const journal = await openOn(disk, 0, READING);
    for (let n = 1; n <= 3; n++) await journal.append(ACTOR, [aDraft(n)]);
    const changed = disk.clone();
    changed.flip(FIRST_SEGMENT, at);
    expect(await tryOpening(changed, 0, READING)).toMatchObject({
      ok: false,
      error: { code: "journal.damaged", facts: { reason: "frame.hash" } },
    });
  });
});
