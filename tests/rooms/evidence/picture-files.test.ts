// Photographs on a real disk: durable before anybody is told, kept once, refused when they are none, and noticed when
// somebody with the disk and without the key touches them (P9, P19, S7).
import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile, copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { HashId, type Bytes } from "#shared/base";
import { createSigner, newTransportPair, openObject } from "#shared/crypto";
import { MAX_PICTURE_BYTES } from "#shared/exam";
import { nodeDisk, openEvidence, type EvidenceDisk } from "../../../electron/evidence/index.ts";
import { searchCanaries } from "../../support/canary-search.ts";
import { valueOf } from "../../support/desk-harness.ts";
import { aJpeg, aPng } from "../../support/pictures.ts";

const KEY = new Uint8Array(32).fill(7);
const DEVICE = createSigner(new Uint8Array(32).fill(9)).kid;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jiangping-pictures-"));
});

function room(changes: { disk?: EvidenceDisk; dataKey?: () => Bytes | null } = {}) {
  let salt = 0;
  return openEvidence({
    journalFolder: folder,
    disk: nodeDisk,
    random: (length) => new Uint8Array(length).fill((salt += 1)),
    dataKey: () => KEY,
    ...changes,
  });
}

const nameOf = (bytes: Bytes) => createHash("sha256").update(bytes).digest("hex");
const hashOf = (bytes: Bytes) => HashId.parse(`sha256:${nameOf(bytes)}`);
const pathOf = (bytes: Bytes) => join(folder, "evidence", nameOf(bytes));
const codeOf = (answer: { ok: boolean; error?: { code: string } }) => answer.error?.code ?? "done";

/** The real disk, with every call written down; `fail` throws in place of a call. */
function watchedDisk(
  calls: string[],
  fail: (call: string) => string | undefined = () => undefined,
): EvidenceDisk {
  const note = (call: string) => {
    calls.push(call);
    const code = fail(call);
    if (code !== undefined) throw Object.assign(new Error(code), { code });
  };
  return {
    ...nodeDisk,
    create: async (path) => {
      note("create");
      const file = await nodeDisk.create(path);
      return {
        write: (bytes) => {
          note(`write ${bytes.length}`);
          return file.write(bytes);
        },
        sync: () => {
          note("sync");
          return file.sync();
        },
        close: () => file.close(),
      };
    },
    rename: (from, to) => {
      note("rename");
      return nodeDisk.rename(from, to);
    },
    flushFolder: (path) => {
      note("flush folder");
      return nodeDisk.flushFolder(path);
    },
  };
}

describe("keeping", () => {
  test("a picture is written in pieces, flushed, renamed, and its folder flushed, before it is kept", async () => {
    const calls: string[] = [];
    const picture = aJpeg({ bytes: 150_000 });
    valueOf(await room({ disk: watchedDisk(calls) }).files.keep(picture));
    const writes = calls.filter((call) => call.startsWith("write"));
    expect(calls).toEqual(["create", ...writes, "sync", "rename", "flush folder"]);
    expect(Math.max(...writes.map((call) => Number(call.split(" ")[1])))).toBe(64 * 1024 + 16);
    expect(await readdir(join(folder, "evidence"))).toEqual([nameOf(picture)]);
  });

  test.each([1, 65_000, 65_536, 131_072, 200_001])(
    "a picture of about %i bytes comes back as it was",
    async (bytes) => {
      const { files } = room();
      const picture = aJpeg({ bytes });
      const facts = valueOf(await files.keep(picture));
      expect(facts).toEqual({
        hash: hashOf(picture),
        size: picture.length,
        type: "image/jpeg",
        width: 4000,
        height: 3000,
      });
      expect(valueOf(await files.read(facts.hash))).toEqual(picture);
    },
  );

  test("[S7] byte-identical pictures are one file, and nothing is replaced under its name", async () => {
    const { files } = room();
    const picture = aPng({ width: 60, height: 40 });
    valueOf(await files.keep(picture));
    const before = await readFile(pathOf(picture));
    valueOf(await files.keep(picture.slice()));
    expect(await readdir(join(folder, "evidence"))).toEqual([nameOf(picture)]);
    expect(await readFile(pathOf(picture))).toEqual(before);
  });

  test("a damaged file is made whole when the same picture comes again", async () => {
    const { files } = room();
    const picture = aJpeg();
    valueOf(await files.keep(picture));
    await writeFile(pathOf(picture), "not a picture");
    valueOf(await files.keep(picture));
    expect(valueOf(await files.read(hashOf(picture)))).toEqual(picture);
  });

  test.each([
    ["zero bytes", new Uint8Array(0), "evidence.empty"],
    ["half a picture", aJpeg().slice(0, 900), "evidence.cut-off"],
    ["a text", new TextEncoder().encode("照片"), "evidence.not-a-picture"],
    ["more bytes than are kept", aJpeg({ bytes: MAX_PICTURE_BYTES }), "evidence.too-large"],
    ["more pixels than are kept", aJpeg({ width: 4097 }), "evidence.too-large"],
  ])("[S7] %s leaves no file", async (_, bytes, code) => {
    expect(codeOf(await room().files.keep(bytes))).toBe(code);
    await expect(readdir(join(folder, "evidence"))).rejects.toThrow("ENOENT");
  });

  test("without the laptop's key nothing is kept and nothing read", async () => {
    valueOf(await room().files.keep(aJpeg()));
    const locked = room({ dataKey: () => null });
    expect(codeOf(await locked.files.keep(aJpeg({ seed: 2 })))).toBe("evidence.locked");
    expect(codeOf(await locked.files.read(hashOf(aJpeg())))).toBe("evidence.locked");
    const other = room({ dataKey: () => new Uint8Array(32).fill(8) });
    expect(codeOf(await other.files.read(hashOf(aJpeg())))).toBe("evidence.locked");
  });

  test.each([
    ["create", "ENOSPC", "evidence.full"],
    ["write 65552", "ENOSPC", "evidence.full"],
    ["write 25", "EDQUOT", "evidence.full"],
    ["sync", "EIO", "evidence.unwritable"],
    ["rename", "EIO", "evidence.unwritable"],
    ["flush folder", "EIO", "evidence.unwritable"],
  ])(
    "[P1] when %s fails with %s it is refused as %s, and nothing half written stays",
    async (call, code, refused) => {
      const calls: string[] = [];
      const disk = watchedDisk(calls, (made) => (made === call ? code : undefined));
      expect(codeOf(await room({ disk }).files.keep(aJpeg({ bytes: 150_000 })))).toBe(refused);
      const left = (await readdir(join(folder, "evidence"))).filter((name) => name.endsWith(".part"));
      expect(left).toEqual([]);
    },
  );

  test("ten pictures of 12 megapixels at once are written one after the other, a piece at a time", async () => {
    const calls: string[] = [];
    let [open, most] = [0, 0];
    const watched = watchedDisk(calls);
    const disk: EvidenceDisk = {
      ...watched,
      create: async (path) => {
        const file = await watched.create(path);
        most = Math.max(most, (open += 1));
        return {
          ...file,
          close: () => {
            open -= 1;
            return file.close();
          },
        };
      },
    };
    const { files } = room({ disk });
    const pictures = Array.from({ length: 10 }, (_, seed) => aJpeg({ seed, bytes: 3_900_000 }));
    await Promise.all(pictures.map((picture) => files.keep(picture)));
    expect(most).toBe(1);
    expect(Math.max(...calls.map((call) => Number(call.split(" ")[1] ?? 0)).filter(Number.isFinite))).toBe(
      65_552,
    );
    expect((await readdir(join(folder, "evidence"))).sort()).toEqual(pictures.map(nameOf).sort());
  }, 60_000);
});

describe("[P9] a file that somebody touched", () => {
  const picture = aJpeg({ bytes: 150_000 });
  const other = aJpeg({ bytes: 150_000, seed: 2 });

  beforeEach(async () => {
    const { files } = room();
    valueOf(await files.keep(picture));
    valueOf(await files.keep(other));
  });
  const read = async () => codeOf(await room().files.read(hashOf(picture)));

  test("that is gone is missing", async () => {
    await rm(pathOf(picture));
    expect(await read()).toBe("evidence.missing");
  });

  test("with one bit turned anywhere is damaged, never shown", async () => {
    const stored = await readFile(pathOf(picture));
    for (let at = 0; at < stored.length; at += at < 60 ? 1 : 4099) {
      const turned = Buffer.from(stored);
      turned[at] = (turned[at] ?? 0) ^ 4;
      await writeFile(pathOf(picture), turned);
      expect(["evidence.damaged", "evidence.locked"], `byte ${at}`).toContain(await read());
    }
  });

  test("that was cut off is damaged, also between two pieces", async () => {
    const stored = await readFile(pathOf(picture));
    for (const length of [0, 3, 25, 26, 25 + 65_552, 25 + 2 * 65_552, stored.length - 1]) {
      await writeFile(pathOf(picture), stored.subarray(0, length));
      expect(await read(), `${length} bytes`).toBe("evidence.damaged");
    }
  });

  test("that was swapped with another, or put in its place, is damaged", async () => {
    await copyFile(pathOf(other), pathOf(picture));
    expect(await read()).toBe("evidence.damaged");
  });

  test("whose pieces were put in another order, repeated or lengthened is damaged", async () => {
    const stored = await readFile(pathOf(picture));
    const piece = (i: number) => stored.subarray(25 + i * 65_552, 25 + (i + 1) * 65_552);
    for (const pieces of [
      [piece(1), piece(0), piece(2)],
      [piece(0), piece(0), piece(1), piece(2)],
      [piece(0), piece(1), piece(2), Buffer.from("more")],
    ]) {
      await writeFile(pathOf(picture), Buffer.concat([stored.subarray(0, 25), ...pieces]));
      expect(await read()).toBe("evidence.damaged");
    }
  });

  test("[P19] says nothing of what is on it", async () => {
    const canary = "考生阿依古丽的作品";
    valueOf(await room().files.keep(aJpeg({ comment: `${canary} GPS 34.2` })));
    expect((await searchCanaries(folder, [canary])).hits).toEqual([]);
  });
});

describe("pictures for the registry", () => {
  async function sealed() {
    const pair = await newTransportPair();
    const { files, readSealed } = room();
    const picture = aJpeg({ bytes: 200_000 });
    const { hash } = valueOf(await files.keep(picture));
    const made = valueOf(await files.seal(hash, pair.publicKey, DEVICE));
    return { pair, files, readSealed, picture, hash, made };
  }

  test("are files named by their wire hash that only the registry opens", async () => {
    const { pair, readSealed, picture, made } = await sealed();
    const object = await readSealed(made.wire);
    expect(object).toHaveLength(made.size);
    expect(hashOf(object ?? new Uint8Array())).toBe(made.wire);
    expect(valueOf(await openObject(object ?? new Uint8Array(), pair.secretKey, DEVICE))).toEqual(picture);
  });

  test("are flushed, renamed and their folder flushed before the seal answers", async () => {
    const { hash, pair } = await sealed();
    const calls: string[] = [];
    valueOf(await room({ disk: watchedDisk(calls) }).files.seal(hash, pair.publicKey, DEVICE));
    expect(calls.filter((call) => !call.startsWith("write"))).toEqual([
      "create",
      "sync",
      "rename",
      "flush folder",
    ]);
  });

  test("of a lost or damaged picture there is none, and no half of one", async () => {
    const { files, picture, hash, pair, made } = await sealed();
    await writeFile(pathOf(picture), (await readFile(pathOf(picture))).subarray(0, 100_000));
    expect(codeOf(await files.seal(hash, pair.publicKey, DEVICE))).toBe("evidence.damaged");
    await rm(pathOf(picture));
    expect(codeOf(await files.seal(hash, pair.publicKey, DEVICE))).toBe("evidence.missing");
    expect(await readdir(join(folder, "outgoing"))).toEqual([made.wire.slice(7)]);
  });

  test("that were changed or are gone are not handed out", async () => {
    const { readSealed, made } = await sealed();
    const path = join(folder, "outgoing", made.wire.slice(7));
    const bytes = await readFile(path);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect(await readSealed(made.wire)).toBeUndefined();
    await rename(path, `${path}.away`);
    expect(await readSealed(made.wire)).toBeUndefined();
  });

  test("that nobody signed for are gone; at the next start so is everything half written, and no picture", async () => {
    const { files, hash, pair, made, picture } = await sealed();
    const second = valueOf(await files.seal(hash, pair.publicKey, DEVICE));
    await files.drop([second.wire]);
    const third = valueOf(await files.seal(hash, pair.publicKey, DEVICE));
    await writeFile(join(folder, "outgoing", "half.part"), "x");
    await writeFile(join(folder, "evidence", "half.part"), "x");
    await room().dropLeftovers((wire) => wire === made.wire);
    expect(await readdir(join(folder, "outgoing"))).toEqual([made.wire.slice(7)]);
    expect(await readdir(join(folder, "evidence"))).toEqual([nameOf(picture)]);
    expect(third.wire).not.toBe(second.wire);
  });

  test("a start where there never was a picture has nothing to clear up", async () => {
    await room().dropLeftovers(() => false);
    expect(await readdir(folder)).toEqual([]);
  });
});
