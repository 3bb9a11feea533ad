// The shell's small things: clock, log, kept files, placement, diagnostics, compression.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir, uptime } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { BootId, InstantMs, NO_HASH, PersonId, utf8 } from "#shared/base";
import type { StoredEntry } from "#shared/journal";
import { diagnose } from "../../../electron/ipc/diagnostics.ts";
import { createBugLog, describeBug } from "../../../electron/window/bug-log.ts";
import { createMonotonicClock, createUptime, gzipPortably } from "../../../electron/window/environment.ts";
import { createKeptFile } from "../../../electron/window/kept-file.ts";
import { fitToDisplay, nextZoom } from "../../../electron/window/placement.ts";
import { wordsForStart } from "../../../electron/window/refusal-words.ts";
import { defaultSettings, Settings } from "../../../electron/window/settings.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jiangping-shell-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the monotonic clock", () => {
  test("counts from the start of the computer", () => {
    let fine = 500;
    const read = createMonotonicClock(
      () => fine,
      () => 60_000,
    );
    expect(read()).toBe(60_000);
    fine += 250;
    expect(read()).toBe(60_250);
  });

  test("counts the time a laptop slept, during which the fine clock stood still", () => {
    let uptime = 60_000;
    const read = createMonotonicClock(
      () => 0,
      () => uptime,
    );
    uptime += 3_600_000;
    expect(read()).toBe(3_660_000);
  });

  test("does not go backwards and is not pulled along by a coarse uptime", () => {
    let fine = 0;
    const read = createMonotonicClock(
      () => fine,
      () => 60_000,
    );
    fine = 900;
    expect(read()).toBe(60_900);
    fine = 100;
    expect(read()).toBe(60_900);
  });
});

describe("the uptime", () => {
  test("is asked anew each time, and is the computer's", async () => {
    const read = createUptime();
    const [before, first, after] = [uptime(), read(), uptime()];
    // The three were asked in this order; Node's own answer may be whole seconds.
    expect(first).toBeGreaterThan((before - 1) * 1000);
    expect(first).toBeLessThan((after + 1) * 1000);
    // Until it has moved, however long one of its steps is here.
    while (read() === first) await new Promise((resolve) => setImmediate(resolve));
    expect(read()).toBeGreaterThan(first);
  });
});

describe("the bug log", () => {
  test("keeps name, places and id, and not the message", async () => {
    const path = join(folder, "bugs.log");
    const report = createBugLog({ path, now: () => new Date(0), newId: () => "abc" });
    expect(report("journal.append", new RangeError("张三 110101199001011234"))).toBe("abc");
    const text = await readFile(path, "utf8");
    expect(text).toContain("RangeError");
    expect(text).toContain("machine.test.ts");
    expect(text).not.toMatch(/张三|1101/);
  });

  test("names no folder of the person's", () => {
    const error = new Error("x");
    error.stack =
      "Error: x\n    at f (/home/zhangsan/app/main.cjs:1:2)\n    at C:\\Users\\zhangsan\\main.cjs:3:4";
    expect(JSON.stringify(describeBug(error))).not.toContain("zhangsan");
  });

  test("tells where a schema broke, not what stood there", () => {
    const parsed = z.strictObject({ name: z.int() }).safeParse({ name: "张三" });
    const text = JSON.stringify(describeBug(parsed.error));
    expect(text).toContain('["name"]');
    expect(text).not.toContain("张三");
  });

  test("costs no second bug when the disk refuses", () => {
    const report = createBugLog({
      path: join(folder, "no", "such"),
      now: () => new Date(0),
      newId: () => "abc",
    });
    expect(report("main", "thrown text")).toBe("abc");
  });
});

describe("a kept file", () => {
  const fallback = defaultSettings;
  const open = () => createKeptFile(join(folder, "settings.json"), Settings, fallback);

  test("remembers", () => {
    open().write({ locale: "en" });
    expect(open().read()).toEqual({ locale: "en" });
  });

  test.each(["", "{", "[]", '{"locale":"fr"}', '{"locale":"en","more":1}'])(
    "gives the default for %j instead of stopping the start",
    async (text) => {
      await writeFile(join(folder, "settings.json"), text);
      expect(open().read()).toEqual(fallback);
    },
  );
});

test("the language is Chinese until a person chooses", () => {
  expect(defaultSettings.locale).toBe("zh-CN");
});

describe("the window's place", () => {
  const main = { x: 0, y: 0, width: 1920, height: 1040 };
  const left = { x: -1600, y: 0, width: 1600, height: 900 };

  test("is kept on the display where it was", () => {
    const bounds = { x: -1500, y: 20, width: 1200, height: 800 };
    expect(fitToDisplay(bounds, [main, left])).toEqual(bounds);
  });
  test("comes back to the main display when its own is gone", () => {
    const bounds = { x: -1500, y: 20, width: 1200, height: 800 };
    expect(fitToDisplay(bounds, [main])).toEqual({ x: 0, y: 20, width: 1200, height: 800 });
  });
  test("is never smaller than the desk nor larger than the display", () => {
    expect(fitToDisplay({ x: 0, y: 0, width: 10, height: 10 }, [main])).toMatchObject({
      width: 1024,
      height: 640,
    });
    expect(fitToDisplay(null, [{ x: 0, y: 0, width: 1000, height: 600 }])).toEqual({
      x: 0,
      y: 0,
      width: 1000,
      height: 600,
    });
  });
  test("is the middle of the main display the first time", () => {
    expect(fitToDisplay(null, [main, left])).toEqual({ x: 277, y: 90, width: 1366, height: 860 });
  });
});

test("zoom goes in steps and stops at the ends", () => {
  expect([nextZoom(1, 1), nextZoom(1, -1), nextZoom(2, 1), nextZoom(0.75, -1)]).toEqual([1.1, 0.9, 2, 0.75]);
});

test("[A2] gzip writes neither time nor system, and opens again", () => {
  const packed = gzipPortably(utf8("匠评"));
  expect([...packed.subarray(4, 10)]).toEqual([0, 0, 0, 0, 0, 255]);
  expect(gunzipSync(packed).toString()).toBe("匠评");
});

test("a start that is refused is explained in both languages, with the code", () => {
  const { text } = wordsForStart("journal.damaged", { segment: 2 });
  expect(text).toMatch(/损坏/);
  expect(text).toMatch(/damaged/);
  expect(text).toContain("journal.damaged · segment: 2");
  expect(wordsForStart("never.heard-of", {}).text).toMatch(/could not start/);
});

test("diagnostics count kinds and codes and hold no name, number or mark", async () => {
  const boot = BootId.parse("0123456789abcdef");
  const entryOf = (seq: number, body: unknown) =>
    ({
      entry: {
        v: 1,
        seq,
        at: { wall: InstantMs.parse(1), mono: 1, boot },
        actor: PersonId.parse("p-001"),
        body,
      },
      hash: NO_HASH,
    }) as unknown as StoredEntry;
  const entries = [
    entryOf(1, { kind: "note.set", sheet: "s", text: "张三手滑" }),
    entryOf(2, { kind: "note.set", sheet: "s", text: "110101199001011234" }),
    entryOf(3, { kind: "send.troubled", batch: NO_HASH, code: "registry.unreachable", final: false }),
  ];
  const report = await diagnose({
    app: { version: "0.1.0", build: NO_HASH },
    electron: "25.1.1",
    chromium: "114",
    platform: "linux x64",
    locale: "zh-CN",
    storage: "keyring",
    journal: {
      head: () => ({ seq: 3, hash: NO_HASH }),
      read: (after) => Promise.resolve(entries.slice(after)),
    },
  });
  expect(report.journal.entries).toEqual({ "note.set": 2, "send.troubled": 1 });
  expect(report.troubles).toEqual([{ seq: 3, code: "registry.unreachable", final: false }]);
  expect(JSON.stringify(report)).not.toMatch(/张三|1101|p-001/);
});
