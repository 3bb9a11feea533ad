// A small file that is either whole or not there: temporary name, flush, rename, flush of the folder (protocol A6).
import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Bytes } from "#shared/base";

export async function writeDurably(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, "w", mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await flushFolder(dirname(path));
}

/** Undefined where no file of this name is; a folder is none either. */
export async function readOrNothing(path: string): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR"))
      return undefined;
    throw error;
  }
}

/** A rename is durable only when its folder is. Windows cannot flush a folder; nothing there rests on a rename. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
