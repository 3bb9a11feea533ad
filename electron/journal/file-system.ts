// What the journal asks of a disk, and no more: small enough that a model that loses power at any byte can stand behind
// it in tests. Trouble is thrown as Node throws it, with a `code`.
import type { Bytes } from "#shared/base";

/** `create` refuses an existing file; `write` opens an existing one for reading and writing. */
export type OpenMode = "read" | "write" | "create";

export interface FileSystem {
  /** Makes the folder and the ones above it; its own entry is durable afterwards. */
  makeFolder(folder: string): Promise<void>;
  /** Names, in no particular order. */
  list(folder: string): Promise<string[]>;
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  remove(path: string): Promise<void>;
  /** Makes files created in and removed from the folder durable, where the platform can. */
  flushFolder(folder: string): Promise<void>;
  /** Names the disk or stick that the folder is on: equal for two folders on one. */
  volumeOf(folder: string): Promise<string>;
  /** Takes the lock and answers how to give it back; undefined while another process has it. */
  lock(path: string): Promise<(() => Promise<void>) | undefined>;
}

export interface OpenFile {
  size(): Promise<number>;
  /** Fewer bytes than asked only at the end of the file. */
  read(position: number, length: number): Promise<Bytes>;
  /** May write fewer bytes than given; answers how many. */
  write(bytes: Bytes, position: number): Promise<number>;
  /** Contents, and as much of the metadata as it takes to read them back. */
  datasync(): Promise<void>;
  /** Contents and all metadata. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** The error code of a system call; anything else that was thrown is a bug and goes on its way. */
export function systemCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}

/** The disk, or this person's share of it, is full. */
export function isFull(code: string): boolean {
  return code === "ENOSPC" || code === "EDQUOT";
}
