// A copy on a stick is called a copy only when every byte of it was read back (S8, T20, protocol A9).
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { utf8, type Bytes } from "#shared/base";
import { objectFrame, proofFrame, readBundle, type BundleFrame } from "#shared/wire";
import { copyToStick, nodeStickFiles, readFromStick } from "../../../electron/outbox/index.ts";
import { createFaultyStick, type StickFaults } from "../../support/faulty-stick.ts";

const big = Uint8Array.from({ length: 600_000 }, (_, i) => (i * 13) & 0xff);
const frames = [objectFrame(big), proofFrame(utf8("a proof")), objectFrame(big.subarray(0, 99_000))];
const lazy = frames.map((frame) => ({ size: frame.bytes.length, load: () => Promise.resolve(frame) }));
const WHOLE = 8 + 41 + frames.reduce((sum, { bytes }) => sum + 41 + bytes.length, 0);

function names() {
  let n = 0;
  return () => `F${(n += 1)}.ertb`;
}

async function copyTo(faults: StickFaults, maxFileBytes?: number) {
  const stick = createFaultyStick(faults);
  const seen: string[] = [];
  const copied = await copyToStick(
    {
      folder: "/stick",
      frames: lazy,
      newName: names(),
      onProgress: (phase, done, total) => seen.push(`${phase} ${done <= total ? "" : "beyond"}`.trim()),
    },
    stick.io,
    maxFileBytes,
  );
  return { copied, files: stick.files, seen: new Set(seen) };
}

const codeOf = ({ copied }: Awaited<ReturnType<typeof copyTo>>) => (copied.ok ? "ok" : copied.error.code);

describe("a stick", () => {
  test("[A9] that works holds a bundle that is whole, and its hash is the one that was told", async () => {
    const { copied, files, seen } = await copyTo({});
    const [file] = [...files.values()];
    const read = readBundle(file ?? new Uint8Array());
    expect(read.end).toEqual({ trouble: null, unusable: 0, hash: copied.ok && copied.value[0]?.bundle });
    expect(copied.ok && copied.value[0]?.bytes).toBe(WHOLE);
    expect(seen).toEqual(new Set(["writing", "comparing"]));
  });

  test("[S8] pulled at any 5 % of writing and comparing is never called safe, and leaves no half file it can reach", async () => {
    for (let step = 0; step < 40; step++) {
      const outcome = await copyTo({ pulledAfter: Math.floor((step / 40) * 2 * WHOLE) });
      expect([step, codeOf(outcome)]).toEqual([step, "stick.gone"]);
    }
    expect(codeOf(await copyTo({ pulledAfter: 2 * WHOLE }))).toBe("ok");
  });

  test("[S8] that is full, read-only, or ends a file early is refused by name, and nothing stays on it", async () => {
    const cases = [
      [{ capacity: WHOLE - 1 }, "stick.full"],
      [{ isReadOnly: true }, "stick.unwritable"],
      [{ maxFile: 400_000 }, "stick.too-large"],
    ] as const;
    for (const [faults, code] of cases) {
      const outcome = await copyTo(faults);
      expect([codeOf(outcome), outcome.files.size]).toEqual([code, 0]);
    }
  });

  test("[T20] [S8] that lies when it is read back is detected: one bit, one byte less, one more, an older file", async () => {
    const flipped = (bytes: Bytes) => bytes.map((byte, i) => (i === 300_000 ? byte ^ 1 : byte));
    const cases: StickFaults[] = [
      { readsAs: flipped },
      { readsAs: (bytes) => bytes.subarray(0, bytes.length - 1) },
      { readsAs: (bytes) => Uint8Array.from([...bytes, 0]) },
      { readsAs: () => new Uint8Array(WHOLE) },
      { forgetsLast: 4096 },
    ];
    for (const faults of cases) {
      const outcome = await copyTo(faults);
      expect([codeOf(outcome), outcome.files.size]).toEqual(["stick.differs", 0]);
    }
  });

  test("[S8] of FAT32 gets several bundles, each whole, instead of one file over its limit", async () => {
    const { copied, files } = await copyTo({ maxFile: 650_000 }, 620_000);
    expect(copied.ok && copied.value.length).toBe(2);
    const read = [...files.values()].map((file) => readBundle(file));
    expect(read.map(({ end }) => end.trouble)).toEqual([null, null]);
    expect(read.flatMap((one) => one.frames.map(({ id }) => id))).toEqual(frames.map(({ id }) => id));
  });

  test("is read back frame by frame; what is no file of ours is told apart from a stick that went", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "stick-"));
    const copied = await copyToStick(
      { folder, frames: lazy, newName: names(), onProgress: () => undefined },
      nodeStickFiles,
    );
    expect(copied.ok).toBe(true);
    const [name] = await readdir(folder);
    const file = path.join(folder, name ?? "");
    expect((await readFile(file)).length).toBe(WHOLE);
    const read: BundleFrame[] = [];
    const end = await readFromStick(file, nodeStickFiles, (frame) => Promise.resolve(void read.push(frame)));
    expect(end.ok && end.value.trouble).toBeNull();
    expect(read.map(({ id }) => id)).toEqual(frames.map(({ id }) => id));
    const other = path.join(folder, "notes.txt");
    expect(await readFromStick(other, nodeStickFiles, () => Promise.resolve())).toEqual({
      ok: false,
      error: { code: "stick.gone" },
    });
    await rm(folder, { recursive: true });
  });

  test("is not blamed for a bug: an error without an operating system's code goes on", async () => {
    const broken = [{ size: 1, load: () => Promise.reject(new Error("not read")) }];
    const { io } = createFaultyStick();
    await expect(
      copyToStick({ folder: "/s", frames: broken, newName: names(), onProgress: () => undefined }, io),
    ).rejects.toThrow("not read");
  });
});
