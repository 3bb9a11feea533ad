// The rigs of the registry, small: `npm run rig -- registry-kill` and `-- replay` run the same code long.
import { expect, test } from "vitest";
import { killOn } from "../rigs/registry-kill.ts";
import { cutBatches } from "../rigs/cut-batches.ts";
import { loseAnswers } from "../rigs/link.ts";
import { badWeather } from "../rigs/link-weather.ts";
import { replay } from "../rigs/replay.ts";
import { tamperWithRegistry } from "../rigs/tamper-registry.ts";
import { contractServer, isOnPostgres, withRegistry } from "../support/registry-store.ts";

const small = { count: 1, seed: 20261123, say: () => undefined };

test("[P3] [SY2] a registry killed between a flush and its answer loses no batch and gives the same receipt", async () => {
  const server = isOnPostgres ? contractServer() : null;
  const tally = await killOn(server, small, ["batch.accepted flushed", "batch.judged filing"]);
  expect([tally.kills, tally.accepted, tally.wrong]).toEqual([2, 2, []]);
});

test("[P6] batches that are cut at every KiB of their objects, and after more than a chunk, arrive once, and no byte twice", async () => {
  const { batches, isOneRow, isSame } = await cutBatches({
    ...{ sheets: 4, evidenceBytes: 12_000, lengths: [1024, 9 * 1024], seed: 20261123 },
  });
  expect(batches).toMatchObject([
    { cuts: 14, stretches: 14, stretchesCut: 14, resent: 0 },
    { cuts: 1, longObjects: 1, longObjectsCut: 1, resent: 0 },
  ]);
  expect([isOneRow, isSame]).toEqual([true, true]);
});

test("[P8] [SY2] the answer that brings the receipt is lost ten times, and there is one batch and one receipt", async () => {
  const { finals, isOneRow, isSame } = await loseAnswers(10);
  expect([finals, isOneRow, isSame]).toEqual([10, true, true]);
});

test("[P5] [P8] batches half by wire and half by stick, and offered again and again, are one row and one receipt each", async () => {
  const { differing, isExact, journalGrew, replays } = await replay(40, 20261123, () => undefined);
  expect([differing, isExact, journalGrew, replays]).toEqual([[], true, 0, 40]);
});

// What weather costs is waiting, and none of it is the database's: once is enough.
test.skipIf(isOnPostgres)(
  "[P5] [S6] cut at any byte, delayed, lost, flipped, doubled and swapped, a batch arrives once",
  async () => {
    const { isOneRow, isSame, harmed } = await withRegistry((registry) => badWeather(registry, 1, 20261123));
    expect([isOneRow, isSame]).toEqual([true, true]);
    expect(harmed.flip + harmed.double + harmed.swap).toBeGreaterThan(0);
  },
);

// Its own registry, on PGlite: once is enough.
test.skipIf(isOnPostgres)(
  "[T12] an edit of the registry's journal, log, objects or tables is noticed",
  async () => {
    const { notTried, tablesNotTried, unnoticed } = await tamperWithRegistry(4, () => undefined);
    expect([unnoticed, notTried, tablesNotTried]).toEqual([[], [], []]);
  },
);
