// What pictures ask of a disk, and the real one. Small, so that a test can stand between: fail a call, or write down in
// which order a file became durable.
import { mkdir, open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Bytes } from "#shared/base";

export interface EvidenceDisk {
  /** Makes the folder and the ones above it; their entries are durable afterwards. */
  makeFolder(folder: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** A file that is not there yet. */
  create(path: string): Promise<WritingFile>;
  /** Undefined when there is none. */
  open(path: string): Promise<ReadingFile | undefined>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  flushFolder(folder: string): Promise<void>;
}

export interface WritingFile {
  write(bytes: Bytes): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface ReadingFile {
  size(): Promise<number>;
  /** Fewer bytes than asked only at the end of the file. */
  read(position: number, length: number): Promise<Bytes>;
  close(): Promise<void>;
}

export const nodeDisk: EvidenceDisk = {
  makeFolder: async (folder) => {
    const topmost = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (topmost === undefined) return;
    for (let at = resolve(folder); at !== dirname(resolve(topmost)); at = dirname(at))
      await flushFolder(dirname(at));
  },
  list: (folder) => readdir(folder),
  create: async (path) => {
    const handle = await open(path, "wx", 0o600);
    return {
      write: (bytes) => handle.writeFile(bytes),
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  open: async (path) => {
    const handle = await openIfThere(path);
    return (
      handle && {
        size: async () => (await handle.stat()).size,
        read: (position, length) => readFully(handle, position, length),
        close: () => handle.close(),
      }
    );
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  flushFolder,
};

/** The error code of a system call; anything else that was thrown is a bug and goes on its way. */
export function systemCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
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
