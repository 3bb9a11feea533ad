// How the journal's flush reaches the disk: one a call, on the spot while the disk is quick, in a thread while it is not.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { utf8 } from "#shared/base";
import { createFlush, nodeFileSystem, QUICK_MS } from "../../../electron/journal/node-file-system.ts";

afterEach(() => vi.restoreAllMocks());

function aDisk() {
  let [now, takes] = [0, 0];
  const ways: string[] = [];
  const flushed = (way: string) => {
    ways.push(way);
    now += takes;
  };
  const flush = createFlush({
    atOnce: () => flushed("at once"),
    behind: () => {
      flushed("behind");
      return Promise.resolve();
    },
    nowMs: () => now,
  });
  return {
    ways,
    flush: async (ms: number) => {
      takes = ms;
      await flush();
    },
  };
}

test("[P4] every call flushes once, and main stands still for no disk that was slow the last time", async () => {
  const disk = aDisk();
  for (const ms of [1, 1, QUICK_MS, QUICK_MS, 1, 1]) await disk.flush(ms);
  expect(disk.ways).toEqual(["behind", "at once", "at once", "behind", "behind", "at once"]);
});

test("[P4] a flush that fails on the spot is refused as one in a thread is", async () => {
  let isBroken = false;
  const flush = createFlush({
    atOnce: () => {
      if (isBroken) throw Object.assign(new Error("i/o error"), { code: "EIO" });
    },
    behind: () => Promise.resolve(),
    nowMs: () => 0,
  });
  await flush();
  await flush();
  isBroken = true;
  await expect(flush()).rejects.toMatchObject({ code: "EIO" });
});

test.each([
  // Node names a closed file's number out of range where it is asked on the spot.
  ["on the spot, on a quick disk", 0, "ERR_OUT_OF_RANGE"],
  ["in a thread, on a slow disk", 2 * QUICK_MS, "EBADF"],
])("a file is flushed %s, and a closed one is not", async (_way, takes, code) => {
  // What way it goes is decided by the clock alone.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += takes));
  const folder = await mkdtemp(join(tmpdir(), "jiangping-flush-"));
  const file = await nodeFileSystem.open(join(folder, "one"), "create");
  for (let at = 0; at < 5; at++) {
    await file.write(utf8("mark"), 4 * at);
    await file.datasync();
  }
  expect(await readFile(join(folder, "one"), "utf8")).toBe("mark".repeat(5));
  await file.close();
  await expect(file.datasync()).rejects.toMatchObject({ code });
  await rm(folder, { recursive: true });
});
