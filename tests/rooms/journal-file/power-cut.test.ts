// The journal on a disk that loses what was not flushed, in every shape a power cut can give it (P1, T22, S2).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFaultDisk, type FaultDisk, type Remains } from "../../support/fault-file-system.ts";
import { createRandom } from "#shared/base";
import {
  ACTOR,
  aDraft,
  aGroup,
  draftsIn,
  FIRST_SEGMENT,
  openOn,
  rowsOf,
} from "../../support/journal-on-disk.ts";

/** What a disk looks like at the moment of its next flush: written, and nothing of it flushed. */
function atNextFlush(disk: FaultDisk, look: () => void): void {
  let waiting = true;
  disk.watch((call) => {
    if (call !== "datasync" || !waiting) return;
    waiting = false;
    look();
  });
}

describe("a power cut while a group is written", () => {
  test("[P1] a power cut at any byte of the last group loses nothing that was acknowledged", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await journal.append(ACTOR, aGroup(1, 2));
    const acknowledged = journal.head();
    const found: FaultDisk[] = [];
    atNextFlush(disk, () => {
      for (let bytes = 0; bytes <= disk.unflushed(); bytes++)
        found.push(disk.cutPower(() => ({ keep: "start", bytes })));
    });
    await journal.append(ACTOR, aGroup(3, 3));
    expect(found.length).toBeGreaterThan(600);
    for (const [bytes, after] of found.entries()) {
      const isWhole = bytes === found.length - 1;
      const again = await openOn(after);
      // All three entries of the group or none of them [S3].
      expect(await draftsIn(again)).toEqual(isWhole ? [1, 2, 3, 4, 5] : [1, 2]);
      if (!isWhole) expect(again.head()).toEqual(acknowledged);
      expect(again.opened.cutBytes).toBe(isWhole ? 0 : bytes);
    }
  });

  test("[P1] sectors of the last write that reach the disk out of order are a torn tail, not damage", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await journal.append(ACTOR, aGroup(1, 2));
    const found: FaultDisk[] = [];
    const random = createRandom(11);
    atNextFlush(disk, () => {
      for (let run = 0; run < 300; run++)
        found.push(disk.cutPower(() => ({ keep: "sectors", pick: () => random() < 0.9 })));
    });
    // Three calls in one write: a whole later call may be on the disk while an earlier one is not.
    await Promise.all([3, 5, 7].map((first) => journal.append(ACTOR, aGroup(first, 2))));
    const kept = new Set<number>();
    for (const after of found) {
      const drafts = await draftsIn(await openOn(after));
      expect([2, 4, 6, 8]).toContain(drafts.length);
      expect(drafts).toEqual(Array.from({ length: drafts.length }, (_, i) => i + 1));
      kept.add(drafts.length);
    }
    expect(kept.size).toBeGreaterThan(1);
  });

  test("a tail of zeros is cut", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await journal.append(ACTOR, aGroup(1, 2));
    let after: FaultDisk | undefined;
    atNextFlush(disk, () => (after = disk.cutPower(() => ({ keep: "sectors", pick: () => false }))));
    await journal.append(ACTOR, aGroup(3, 2));
    const again = await openOn(after!);
    expect(again.opened.cutBytes).toBeGreaterThan(0);
    expect(await draftsIn(again)).toEqual([1, 2]);
  });

  test("after a cut the journal goes on where it was whole", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await journal.append(ACTOR, aGroup(1, 2));
    let after: FaultDisk | undefined;
    atNextFlush(disk, () => (after = disk.cutPower(() => ({ keep: "start", bytes: 50 }))));
    await journal.append(ACTOR, aGroup(3, 2));
    const again = await openOn(after!);
    await again.append(ACTOR, [aDraft(9)]);
    const third = await openOn(after!.cutPower(() => ({ keep: "none" })));
    expect(await draftsIn(third)).toEqual([1, 2, 9]);
    expect(third.opened.cutBytes).toBe(0);
  });
});

describe("a power cut while a segment is begun", () => {
  test.each(["create", "write", "sync", "flushFolder"] as const)(
    "before its first %s is done, the next start begins anew",
    async (moment) => {
      for (const remains of [{ keep: "none" }, { keep: "all" }, { keep: "start", bytes: 30 }] as const) {
        const disk = createFaultDisk();
        let after: FaultDisk | undefined;
        disk.watch((call) => {
          if (call === moment) after ??= disk.cutPower(() => remains);
        });
        await openOn(disk);
        const again = await openOn(after!);
        await again.append(ACTOR, [aDraft(1)]);
        expect(await draftsIn(again)).toEqual([1]);
      }
    },
  );

  test("an unfinished second segment is removed and its entries were never acknowledged", async () => {
    const large = new Uint8Array(5 * 1024 * 1024);
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await journal.append(ACTOR, [aDraft(1, [large])]);
    const found: FaultDisk[] = [];
    disk.watch(() => {
      for (const bytes of [0, 1, 50, 97]) found.push(disk.cutPower(() => ({ keep: "start", bytes })));
      found.push(disk.cutPower(() => ({ keep: "none" })));
    });
    await journal.append(ACTOR, [aDraft(2, [large])]);
    expect(disk.paths()).toHaveLength(2);
    for (const after of found) {
      const again = await openOn(after);
      expect((await draftsIn(again)).slice(0, 1)).toEqual([1]);
      await again.append(ACTOR, [aDraft(3)]);
      expect((await draftsIn(await openOn(after.cutPower(() => ({ keep: "none" }))))).at(-1)).toBe(3);
    }
  });
});

describe("a full disk and a broken one", () => {
  test("[S1] a full disk refuses the mark and keeps the journal usable", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await journal.append(ACTOR, aGroup(1, 2));
    disk.plant({ call: "write", nth: 1, code: "ENOSPC", partly: 60 });
    const both = await Promise.all([
      journal.append(ACTOR, aGroup(3, 2)),
      journal.append(ACTOR, aGroup(5, 1)),
    ]);
    expect(both).toEqual([1, 2].map(() => ({ ok: false, error: { code: "journal.full" } })));
    expect(journal.head().seq).toBe(2);
    expect((await journal.append(ACTOR, aGroup(7, 1))).ok).toBe(true);
    expect(await draftsIn(journal)).toEqual([1, 2, 7]);
    expect(await draftsIn(await openOn(disk.cutPower(() => ({ keep: "all" }))))).toEqual([1, 2, 7]);
  });

  test("[S1] what a full disk refused never comes back, even when all of it was written", async () => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    disk.plant({ call: "write", nth: 1, code: "ENOSPC", partly: 100_000 });
    expect((await journal.append(ACTOR, aGroup(1, 2))).ok).toBe(false);
    for (const keep of ["all", "none"] as const)
      expect(await draftsIn(await openOn(disk.cutPower(() => ({ keep }))))).toEqual([]);
  });

  test("[S1] a disk too full for a next segment refuses, and the next try begins it", async () => {
    const large = new Uint8Array(5 * 1024 * 1024);
    for (const call of ["create", "write", "sync", "flushFolder"] as const) {
      const disk = createFaultDisk();
      const journal = await openOn(disk);
      await journal.append(ACTOR, [aDraft(1, [large])]);
      disk.plant({ call, nth: 1, code: "ENOSPC" });
      expect(await journal.append(ACTOR, [aDraft(2, [large])])).toEqual({
        ok: false,
        error: { code: "journal.full" },
      });
      await journal.append(ACTOR, [aDraft(3)]);
      await journal.append(ACTOR, [aDraft(4, [large])]);
      expect(await draftsIn(await openOn(disk.cutPower(() => ({ keep: "none" }))))).toEqual([1, 3, 4]);
    }
  });

  test.each([
    ["datasync", "EIO"],
    ["datasync", "ENOSPC"],
    ["write", "EIO"],
  ] as const)("[T22] after a failed %s (%s) nothing is written any more", async (call, code) => {
    const disk = createFaultDisk();
    const journal = await openOn(disk);
    await journal.append(ACTOR, aGroup(1, 1));
    disk.plant({ call, nth: 1, code });
    const refusal = { ok: false, error: { code: "journal.failed", facts: { error: code } } };
    expect(await journal.append(ACTOR, aGroup(2, 1))).toEqual(refusal);
    disk.trace.length = 0;
    expect(await journal.append(ACTOR, aGroup(3, 1))).toEqual(refusal);
    expect(disk.trace).toEqual([]); // never a second flush: it would succeed without having written anything
    expect(await draftsIn(journal)).toEqual([1]);
    expect(await draftsIn(await openOn(disk.cutPower(() => ({ keep: "all" }))))).toContain(1);
  });

  test.each(["truncate", "sync"] as const)(
    "[T22] a failed %s after a full disk stops the journal",
    async (call) => {
      const disk = createFaultDisk();
      const journal = await openOn(disk);
      disk.plant({ call: "write", nth: 1, code: "ENOSPC", partly: 10 });
      disk.plant({ call, nth: 1, code: "EIO" });
      const refusal = { ok: false, error: { code: "journal.failed", facts: { error: "EIO" } } };
      expect(await journal.append(ACTOR, aGroup(1, 1))).toEqual(refusal);
      expect(await journal.append(ACTOR, aGroup(2, 1))).toEqual(refusal);
    },
  );

  test("[P1] an error at every single call of a day loses nothing that was acknowledged", async () => {
    for (const call of ["write", "datasync", "create", "sync", "flushFolder"] as const)
      for (const code of ["ENOSPC", "EIO"] as const)
        for (let nth = 1; nth <= 8; nth++) {
          const disk = createFaultDisk();
          const journal = await openOn(disk);
          disk.plant({ call, nth, code, partly: 90 });
          const acknowledged: number[] = [];
          for (let n = 1; n <= 8; n++) {
            const answer = await journal.append(ACTOR, [aDraft(n)]);
            if (answer.ok) acknowledged.push(n);
          }
          for (const keep of ["all", "none"] as const) {
            const found = await draftsIn(await openOn(disk.cutPower(() => ({ keep }))));
            expect(found.filter((n) => acknowledged.includes(n))).toEqual(acknowledged);
          }
        }
  });
});

/** One stretch of a laptop's life: appends, then the power goes during the last of them or after it. */
const stretch = fc.record({
  groups: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
  together: fc.boolean(),
  during: fc.boolean(),
  remains: fc.oneof(
    fc.constant<Remains>({ keep: "all" }),
    fc.constant<Remains>({ keep: "none" }),
    fc.nat(900).map((bytes): Remains => ({ keep: "start", bytes })),
    fc.integer().map((seed): Remains => {
      const random = createRandom(seed);
      return { keep: "sectors", pick: () => random() < 0.6 };
    }),
  ),
  full: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
});

test("[P1] [S2] any sequence of appends, full disks and power cuts: 0 lost, 0 phantom, 0 halves", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stretch, { minLength: 1, maxLength: 4 }), async (stretches) => {
      let disk = createFaultDisk();
      let next = 1;
      const acknowledged: number[][] = [];
      for (const { groups, together, during, remains, full } of stretches) {
        const journal = await openOn(disk);
        const refused = new Set<number>();
        if (full !== null) disk.plant({ call: "write", nth: full, code: "ENOSPC", partly: 150 });
        let cut: { disk: FaultDisk; acknowledged: number } | undefined;
        disk.watch((call) => {
          if (call === "datasync")
            cut = { disk: disk.cutPower(() => remains), acknowledged: acknowledged.length };
        });
        const asked = groups.map((size) => Array.from({ length: size }, () => next++));
        const append = async (numbers: readonly number[]) => {
          const answer = await journal.append(
            ACTOR,
            numbers.map((n) => aDraft(n)),
          );
          if (answer.ok) acknowledged.push([...numbers]);
          else for (const n of numbers) refused.add(n);
        };
        if (together) await Promise.all(asked.map(append));
        else for (const numbers of asked) await append(numbers);
        expect(rowsOf(journal.view)).toEqual(rowsOf((await openOn(disk.clone())).view));

        const known = during && cut ? acknowledged.slice(0, cut.acknowledged) : [...acknowledged];
        disk = during && cut ? cut.disk : disk.cutPower(() => remains);
        const after = await openOn(disk.clone());
        const found = await draftsIn(after);
        expect(found.slice(0, known.flat().length)).toEqual(known.flat());
        expect(found.some((n) => refused.has(n))).toBe(false);
        // Whatever was on its way is there as whole groups, in order, or not at all.
        const rest = found.slice(known.flat().length);
        const more = asked.filter((numbers) => rest.includes(numbers[0]!));
        expect(rest).toEqual(more.flat());
        acknowledged.length = 0;
        acknowledged.push(...known, ...more);
      }
      expect(disk.paths()).toEqual([FIRST_SEGMENT]);
    }),
    { numRuns: 200 },
  );
});
