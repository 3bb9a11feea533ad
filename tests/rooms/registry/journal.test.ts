// The acceptance journal on a real file: what was flushed is there again, a torn tail is cut, damage is not overlooked,
// and a failed flush is the end (P3, P4).
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InstantMs, InstitutionId, utf8 } from "#shared/base";
import { hashId } from "#shared/crypto";
import type { AcceptanceEntry } from "../../../registry/acceptance/entries.ts";
import { openAcceptanceJournal, type JournalOptions } from "../../../registry/acceptance/journal.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acceptance-"));
  path = join(folder, "acceptance.journal");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (over: Partial<JournalOptions> = {}) =>
  openAcceptanceJournal({ path, flush: (file) => file.sync(), crash: () => undefined, ...over });
const anEntry = (n: number): AcceptanceEntry => ({
  kind: "code.issued",
  hash: hashId(utf8(`code ${n}`)),
  institution: InstitutionId.parse("demo-centre"),
  at: InstantMs.parse(n),
});

/** A journal of three frames, closed; where each frame ends. */
async function threeFrames(): Promise<number[]> {
  const journal = await open();
  const ends: number[] = [];
  for (const n of [1, 2, 3]) {
    await journal.append(anEntry(n));
    ends.push(readFileSync(path).length);
  }
  await journal.close();
  return ends;
}

describe("the acceptance journal", () => {
  test("[P13] an intact last frame that belongs to another history is not taken for a torn tail", async () => {
    const [first = 0] = await threeFrames();
    const own = readFileSync(path);
    rmSync(path);
    const other = await open();
    await other.append(anEntry(7));
    await other.append(anEntry(8));
    await other.close();
    const foreign = readFileSync(path);
    writeFileSync(path, Buffer.concat([own.subarray(0, first), foreign.subarray(first)]));
    await expect(open()).rejects.toThrow(/damaged/);
  });

  test("gives back every entry in its place, and goes on where it stopped", async () => {
    await threeFrames();
    const journal = await open();
    expect(journal.found).toMatchObject([1, 2, 3].map((n) => ({ place: n, entry: anEntry(n) })));
    expect(await journal.append(anEntry(4))).toMatchObject({ place: 4, entry: anEntry(4) });
    await journal.close();
    const again = await open();
    expect(again.found.length).toBe(4);
    expect(again.head()).toEqual(journal.head());
    await again.close();
  });

  test("a whole frame that lacks what this version writes is refused in words, and nothing is made up for it", async () => {
    const hash = hashId(utf8("a batch"));
    const judged: Extract<AcceptanceEntry, { kind: "batch.judged" }> = {
      ...{ kind: "batch.judged", batch: hash, receipt: { hash, record: "" }, freezes: false },
      ...{ rubrics: [], rosters: [], absences: [], deltas: [], incidents: [], visits: [], sheets: [] },
      ...{ vouches: [], held: [], amendments: [], reviews: [], divergences: [], settlements: [] },
    };
    const { amendments: _, ...older } = judged;
    const journal = await open();
    await journal.append(judged);
    await journal.append(older as AcceptanceEntry);
    await journal.close();
    const before = readFileSync(path);
    await expect(open()).rejects.toThrow("of another version of the registry");
    expect(readFileSync(path)).toEqual(before);
  });

  test("entries asked for together get places in order and fewer flushes than entries", async () => {
    let flushes = 0;
    const journal = await open({
      flush: async (file) => {
        flushes++;
        await file.sync();
      },
    });
    const placed = await Promise.all(Array.from({ length: 50 }, (_, n) => journal.append(anEntry(n))));
    expect(placed.map(({ place }) => place)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(flushes).toBeLessThan(10);
    await journal.close();
  });

  test("[P3] cut anywhere inside its last frame, it loses that frame alone and keeps the cut bytes aside", async () => {
    const [, second = 0, third = 0] = await threeFrames();
    const whole = readFileSync(path);
    for (let end = second + 1; end < third; end += 13) {
      writeFileSync(path, whole);
      truncateSync(path, end);
      const journal = await open();
      expect([end, journal.found.length, journal.tornBytes]).toEqual([end, 2, end - second]);
      await journal.append(anEntry(9));
      await journal.close();
      const healed = await open();
      expect([healed.found.length, healed.tornBytes]).toEqual([3, 0]);
      await healed.close();
    }
    expect(readdirSync(folder).some((name) => name.includes(".torn-"))).toBe(true);
  });

  test("a tail of zeros, as some file systems leave it, is a torn tail", async () => {
    await threeFrames();
    appendFileSync(path, new Uint8Array(4096));
    const journal = await open();
    expect([journal.found.length, journal.tornBytes]).toEqual([3, 4096]);
    await journal.close();
  });

  test("[P13] a byte changed before the last frame refuses to open, wherever it is", async () => {
    const [, second = 0] = await threeFrames();
    const whole = readFileSync(path);
    for (let at = 0; at < second; at += 7) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x20;
      writeFileSync(path, damaged);
      await expect(open(), `byte ${at}`).rejects.toThrow(/damaged/);
    }
  });

  test("a frame removed from the middle refuses to open: the chain does not close", async () => {
    const [first = 0, second = 0] = await threeFrames();
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([whole.subarray(0, first), whole.subarray(second)]));
    await expect(open()).rejects.toThrow(/damaged/);
  });

  test("[P4] an entry is not answered before its flush returned, and a failed flush ends the journal", async () => {
    const crashes: unknown[] = [];
    let fail = false;
    const order: string[] = [];
    const journal = await open({
      flush: async (file) => {
        if (fail) throw new Error("EIO");
        await file.sync();
        order.push("flushed");
      },
      crash: (error) => crashes.push(error),
    });
    order.length = 0;
    await journal.append(anEntry(1)).then(() => order.push("answered"));
    expect(order).toEqual(["flushed", "answered"]);
    fail = true;
    await expect(journal.append(anEntry(2))).rejects.toThrow("EIO");
    fail = false;
    await expect(journal.append(anEntry(3))).rejects.toThrow(/failed before/);
    expect(crashes.length).toBe(1);
    await journal.close();
  });
});
