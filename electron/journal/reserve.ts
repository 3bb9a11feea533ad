// Room kept for the day the disk runs full: a file that is given back, so that a sitting which has begun can be
// finished (S1). Filled with random bytes, because a file system that packs zeros would have kept nothing.
import { join } from "node:path";
import type { Bytes } from "#shared/base";
import { isFull, systemCode, type FileSystem } from "./file-system.ts";
import { writeFully } from "./tail.ts";

export interface Reserve {
  isKept(): boolean;
  /** Durable when it answers; false when there was nothing left to give back. */
  release(): Promise<boolean>;
}

const NAME = "reserve";
const BLOCK_BYTES = 1024 * 1024;

/** Where the disk has no room for it, the journal goes on without. */
export async function keepReserve(
  folder: string,
  fileSystem: FileSystem,
  { bytes, random }: { readonly bytes: number; readonly random: (length: number) => Bytes },
): Promise<Reserve> {
  const path = join(folder, NAME);
  let kept = bytes > 0 && (await fill(path, folder, fileSystem, bytes, random));
  return {
    isKept: () => kept,
    release: async () => {
      if (!kept) return false;
      kept = false;
      try {
        await fileSystem.remove(path);
        await fileSystem.flushFolder(folder);
        return true;
      } catch (error) {
        systemCode(error);
        return false; // the disk gives nothing back: the caller says that it is full
      }
    },
  };
}

async function fill(
  path: string,
  folder: string,
  fileSystem: FileSystem,
  bytes: number,
  random: (length: number) => Bytes,
): Promise<boolean> {
  try {
    if ((await fileSystem.list(folder)).includes(NAME)) {
      if ((await sizeOf(path, fileSystem)) === bytes) return true;
      await fileSystem.remove(path); // was being filled when the power went
    }
    const file = await fileSystem.open(path, "create");
    try {
      for (let at = 0; at < bytes; at += BLOCK_BYTES)
        await writeFully(file, random(Math.min(BLOCK_BYTES, bytes - at)), at);
      await file.sync();
    } finally {
      await file.close();
    }
    await fileSystem.flushFolder(folder);
    return true;
  } catch (error) {
    if (!isFull(systemCode(error))) throw error;
    await fileSystem.remove(path);
    return false;
  }
}

async function sizeOf(path: string, fileSystem: FileSystem): Promise<number> {
  const file = await fileSystem.open(path, "read");
  try {
    return await file.size();
  } finally {
    await file.close();
  }
}
