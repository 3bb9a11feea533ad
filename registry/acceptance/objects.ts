// Received objects as files named by the hash of their bytes. A file is either whole and flushed or not there; what
// arrives twice is stored once.
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { invariant, type Bytes, type HashId } from "#shared/base";
import { hashId } from "#shared/crypto";
import { flushFolder } from "../keys/durable-file.ts";
import { createUploads, dropOldParts, type Uploads } from "./uploads.ts";

export interface ObjectStore extends Uploads {
  /** Stored size, or undefined. */
  sizeOf(wire: HashId): Promise<number | undefined>;
  /** The bytes must already be known to hash to `wire`. */
  store(wire: HashId, bytes: Bytes): Promise<void>;
  read(wire: HashId): Promise<Bytes>;
}

export async function openObjectStore(dataDir: string, now: number): Promise<ObjectStore> {
  const folder = join(dataDir, "objects");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const parts = (await readdir(folder)).filter((name) => name.endsWith(".part"));
  await dropOldParts(
    parts.map((name) => join(folder, name)),
    now - PART_KEPT_MS,
  );
  const pathOf = (wire: HashId) => join(folder, wire.slice("sha256:".length));
  return {
    ...createUploads(folder, () => performance.now()),
    sizeOf: async (wire) => {
      try {
        return (await stat(pathOf(wire))).size;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
    store: async (wire, bytes) => {
      const temporary = `${pathOf(wire)}.${randomBytes(6).toString("hex")}`;
      try {
        const file = await open(temporary, "wx", 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, pathOf(wire));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await flushFolder(folder);
    },
    read: async (wire) => {
      const bytes = new Uint8Array(await readFile(pathOf(wire)));
      invariant(hashId(bytes) === wire, `the stored object ${wire} has its own hash`);
      return bytes;
    },
  };
}

/** A laptop that has not come back for a month begins its upload again. */
const PART_KEPT_MS = 30 * 24 * 3_600_000;
