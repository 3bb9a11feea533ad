// What lies beside the segments: files named by a hash, written once and never changed (photographs, and their sealed
// copies for the registry). They follow the segments to a second medium, and back from it to another laptop.
import { join } from "node:path";
import { invariant, isEqualBytes } from "#shared/base";
import { systemCode, type FileSystem, type OpenFile } from "./file-system.ts";
import { writeFully } from "./tail.ts";

/** Folders inside the journal's own. */
export const BESIDE = ["evidence", "outgoing"] as const;

export interface Besides {
  readonly from: string;
  readonly to: string;
  readonly fileSystem: FileSystem;
  /** Files known to be whole there; grows. */
  readonly known: Set<string>;
}

/** Each file is flushed before the next is begun; its name is durable when this answers. */
export async function copyBeside({ from, to, fileSystem, known }: Besides): Promise<void> {
  for (const folder of BESIDE) {
    const wanted = (await listIfThere(join(from, folder), fileSystem)).filter(
      (name) => isHashNamed(name) && !known.has(join(folder, name)),
    );
    if (wanted.length === 0) continue;
    await fileSystem.makeFolder(join(to, folder));
    const present = new Set(await fileSystem.list(join(to, folder)));
    for (const name of wanted) {
      await copyFile(join(from, folder, name), join(to, folder, name), present.has(name), fileSystem);
      known.add(join(folder, name));
    }
    await fileSystem.flushFolder(join(to, folder));
  }
}

function isHashNamed(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

async function copyFile(from: string, to: string, isThere: boolean, fileSystem: FileSystem): Promise<void> {
  const here = await fileSystem.open(from, "read");
  try {
    const there = await fileSystem.open(to, isThere ? "write" : "create");
    try {
      const size = await here.size();
      if (isThere && (await isSame(here, there, size))) return;
      await there.truncate(0);
      await copyBytes(here, there, 0, size);
      await there.sync();
    } finally {
      await there.close();
    }
  } finally {
    await here.close();
  }
}

/**
 * Size and end are enough: a file is written from its beginning and flushed before it counts, so one that a pulled stick
 * cut short is short. Reading every picture of a week again at each start would keep the marks waiting.
 */
async function isSame(here: OpenFile, there: OpenFile, size: number): Promise<boolean> {
  if ((await there.size()) !== size) return false;
  const from = Math.max(0, size - END_BYTES);
  return isEqualBytes(await here.read(from, size - from), await there.read(from, size - from));
}

const END_BYTES = 64 * 1024;
const CHUNK_BYTES = 1024 * 1024;

export async function copyBytes(here: OpenFile, there: OpenFile, from: number, to: number): Promise<void> {
  for (let at = from; at < to;) {
    const bytes = await here.read(at, Math.min(CHUNK_BYTES, to - at));
    invariant(bytes.length > 0, "what was flushed can be read back");
    await writeFully(there, bytes, at);
    at += bytes.length;
  }
}

async function listIfThere(folder: string, fileSystem: FileSystem): Promise<string[]> {
  try {
    return await fileSystem.list(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}
