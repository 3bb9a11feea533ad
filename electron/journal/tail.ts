// The newest segment, open for writing, and how a next one is begun: header written and flushed, folder flushed, and
// only then used. No acknowledgement rests on a rename.
import { join } from "node:path";
import type { Bytes } from "#shared/base";
import type { ChainPlace } from "./check-segment.ts";
import type { FileSystem, OpenFile } from "./file-system.ts";
import { encodeHeader } from "./segment-header.ts";
import { segmentName } from "./segments.ts";

export interface Tail extends ChainPlace {
  readonly file: OpenFile;
  readonly journal: Bytes;
  readonly segment: number;
  /** Everything up to here is flushed and acknowledged. */
  readonly length: number;
}

export async function createSegment(
  folder: string,
  fileSystem: FileSystem,
  next: Pick<Tail, "journal" | "segment" | "seq" | "hash">,
): Promise<Tail> {
  const path = join(folder, segmentName(next.segment));
  const file = await fileSystem.open(path, "create");
  try {
    const header = encodeHeader({ journal: next.journal, firstSeq: next.seq + 1, prev: next.hash });
    await writeFully(file, header, 0);
    await file.sync();
    await fileSystem.flushFolder(folder);
    return { ...next, file, length: header.length };
  } catch (error) {
    // Gone for good before anything else is written: it would not continue the chain any more.
    await file.close();
    await fileSystem.remove(path);
    await fileSystem.flushFolder(folder);
    throw error;
  }
}

/** Opens a segment to go on with it; `cutAt` takes a torn tail off. Flushed either way. */
export async function openTail(
  path: string,
  fileSystem: FileSystem,
  cutAt: number | null,
): Promise<OpenFile> {
  const file = await fileSystem.open(path, "write");
  try {
    if (cutAt !== null) await file.truncate(cutAt);
    await file.sync();
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A write may be cut short by the system: goes on until everything is handed over. */
export async function writeFully(file: OpenFile, bytes: Bytes, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const count = await file.write(bytes.subarray(written), position + written);
    if (count === 0) throw Object.assign(new Error("a write took no bytes"), { code: "EIO" });
    written += count;
  }
}
