// The rigs of the registry, small: `npm run rig -- registry-kill` and `-- replay` run the same code long.
import { expect, test } from "vitest";
import { killOn } from "../rigs/registry-kill.ts";
import { badWeather } from "../rigs/link-weather.ts";
import { cutResults, replay } from "../rigs/replay.ts";
import { tamperWithRegistry } from "../rigs/tamper-registry.ts";
import { aRegistryPlace, contractServer, isOnPostgres } from "../support/registry-store.ts";

const small = { count: 1, seed: 20261123, say: () => undefined };

test("[P3] [SY2] a registry killed between a flush and its answer loses no batch and gives the same receipt", async () => {
  const server = isOnPostgres ? contractServer() : null;
  const tally = await killOn(server, small, ["batch.accepted flushed", "batch.judged filing"]);
  expect([tally.kills, tally.accepted, tally.wrong]).toEqual([2, 2, []]);
});

test("[P6] results that are cut at every KiB arrive with no byte sent twice that the registry has", async () => {
  const { cuts, bytes, worst, rows, isSame } = await cutResults(8, 20261123);
  expect(cuts).toBeGreaterThanOrEqual(Math.floor(bytes / 1024) - 4);
  expect([worst <= 8192, rows, isSame]).toEqual([true, 1, true]);
});

test("[P5] [P8] batches half by wire and half by stick, and offered again and again, are one row and one receipt each", async () => {
  const { differing, isExact, journalGrew, replays } = await replay(40, 20261123, () => undefined);
  expect([differing, isExact, journalGrew, replays]).toEqual([[], true, 0, 40]);
});

// What weather costs is waiting, and none of it is the database's: once is enough.
test.skipIf(isOnPostgres)(
  "[P5] [S6] cut at any byte, delayed, lost, flipped, doubled and swapped, a batch arrives once",
  async () => {
    const place = await aRegistryPlace();
    const registry = await place.start();
    const { rows, isSame, harmed } = await badWeather(registry.url, 1, 20261123);
    expect([rows, isSame]).toEqual([1, true]);
    expect(harmed.flip + harmed.double + harmed.swap).toBeGreaterThan(0);
    await registry.close();
    place.remove();
  },
);

// Its own registry, on PGlite: once is enough.
test.skipIf(isOnPostgres)(
  "[T12] an edit of the registry's journal, log, objects or tables is noticed",
  async () => {
    const { tried, unnoticed } = await tamperWithRegistry(12, () => undefined);
    expect(unnoticed).toEqual([]);
    expect(Object.keys(tried).sort()).toEqual(["journal", "log", "objects", "rows"]);
  },
);
