// The real disk behind the journal: node:fs, one call each. What differs between platforms is decided here.
import { fdatasyncSync, writeSync } from "node:fs";
import { mkdir, open, readdir, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Bytes } from "#shared/base";
import { systemCode, type FileSystem, type OpenFile, type OpenMode } from "./file-system.ts";
import { takeLock } from "./lock-file.ts";

export const nodeFileSystem: FileSystem = {
  makeFolder: async (folder) => {
    const topmost = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (topmost === undefined) return;
    for (let at = resolve(folder); at !== dirname(resolve(topmost)); at = dirname(at))
      await flushFolder(dirname(at));
  },
  list: (folder) => readdir(folder),
  open: async (path, mode) => openFile(await open(path, FLAGS[mode], 0o600)),
  remove: (path) => rm(path),
  flushFolder,
  volumeOf: async (folder) => String((await stat(folder)).dev),
  lock: takeLock,
};

const SMALL_BYTES = 64 * 1024;

const FLAGS: Record<OpenMode, string> = { read: "r", write: "r+", create: "wx+" };

async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // a directory cannot be opened there; NTFS journals its entries itself
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!["EINVAL", "ENOTSUP"].includes(systemCode(error))) throw error; // network file systems that cannot
  } finally {
    await handle.close();
  }
}

function openFile(handle: FileHandle): OpenFile {
  return {
    size: async () => (await handle.stat()).size,
    read: (position, length) => readFully(handle, position, length),
    // A small write only reaches the system's cache: done at once, it saves a mark the way to another thread and back.
    write: async (bytes, position) =>
      bytes.length <= SMALL_BYTES
        ? writeSync(handle.fd, bytes, 0, bytes.length, position)
        : (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
    datasync: createFlush({
      atOnce: () => fdatasyncSync(handle.fd),
      behind: () => handle.datasync(),
      nowMs: () => performance.now(),
    }),
    sync: () => handle.sync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

/** A quarter of a frame: nobody notices that main stood still for so long. */
export const QUICK_MS = 4;

export interface FlushWays {
  readonly atOnce: () => void;
  /** In another thread. */
  readonly behind: () => Promise<void>;
  readonly nowMs: () => number;
}

/**
 * One flush a call. While the disk is quick it is waited for on the spot: to another thread and back takes longer than the flush,
 * most of all on a busy laptop. One flush that took long, and the next ones wait in a thread until the disk is quick again.
 */
export function createFlush({ atOnce, behind, nowMs }: FlushWays): () => Promise<void> {
  let isQuick = false;
  return async () => {
    const from = nowMs();
    if (isQuick) atOnce();
    else await behind();
    isQuick = nowMs() - from < QUICK_MS;
  };
}

async function readFully(handle: FileHandle, position: number, length: number): Promise<Bytes> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}
