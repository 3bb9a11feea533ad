// Bundles on a stick (protocol A9, S8). Written from memory, flushed, closed, opened again and compared to the last byte:
// only then is a copy called a copy. A stick may be pulled, full, read-only or lie at any moment; then what was begun is
// taken away if it can be, and the laptop still has everything. File names carry no meaning.
import { createHash, type Hash } from "node:crypto";
import { open, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { ok, refuse, type Bytes, type HashId, type Refusal, type Result } from "#shared/base";
import { createBundleReader, createBundleWriter, type BundleEnd, type BundleFrame } from "#shared/wire";

export type StickRefusal = Refusal<
  "stick.full" | "stick.gone" | "stick.unwritable" | "stick.too-large" | "stick.differs"
>;

export interface StickFile {
  write(bytes: Bytes): Promise<void>;
  /** At most `length` bytes from `position`; none at the end. */
  read(position: number, length: number): Promise<Bytes>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** What is used of a file system; tests put a faulty stick behind it. */
export interface StickFiles {
  /** Must not be there yet. */
  create(file: string): Promise<StickFile>;
  open(file: string): Promise<StickFile>;
  remove(file: string): Promise<void>;
  freeBytes(folder: string): Promise<number>;
}

/** A frame that is fetched when its turn comes: evidence is larger than memory. */
export interface LazyFrame {
  readonly size: number;
  load(): Promise<BundleFrame>;
}

export interface CopiedBundle {
  readonly bundle: HashId;
  readonly bytes: number;
}

export type CopyProgress = (phase: "writing" | "comparing", done: number, total: number) => void;

export interface StickCopy {
  readonly folder: string;
  readonly frames: readonly LazyFrame[];
  readonly newName: () => string;
  readonly onProgress: CopyProgress;
}

/** FAT32 ends a file at 4 GiB; a bundle that is cut in two is two bundles, because frames stand alone. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
/** Header, id and length of a frame; the same for the end. */
const FRAME_BYTES = 41;
const MAGIC_BYTES = 8;

export async function copyToStick(
  { folder, frames, newName, onProgress }: StickCopy,
  files: StickFiles,
  maxFileBytes: number = MAX_FILE_BYTES,
): Promise<Result<CopiedBundle[], StickRefusal>> {
  const parts = partsOf(frames, maxFileBytes);
  const total = parts.reduce((sum, part) => sum + bytesOf(part), 0);
  const written: string[] = [];
  const copied: CopiedBundle[] = [];
  try {
    if ((await files.freeBytes(folder)) < total) return refuse({ code: "stick.full" });
    let before = 0;
    for (const part of parts) {
      const file = path.join(folder, newName());
      written.push(file);
      const report = (phase: "writing" | "comparing", done: number) =>
        onProgress(phase, before + done, total);
      const one = await writeAndCompare(file, part, files, report);
      if (!one.ok) {
        await removeAll(written, files);
        return one;
      }
      copied.push(one.value);
      before += one.value.bytes;
    }
    return ok(copied);
  } catch (error) {
    await removeAll(written, files);
    return refuse({ code: stickCode(error) });
  }
}

/** Hands every usable frame on; a stick that goes away in the middle is a bundle cut short. */
export async function readFromStick(
  file: string,
  files: Pick<StickFiles, "open">,
  take: (frame: BundleFrame) => Promise<void>,
): Promise<Result<BundleEnd, StickRefusal>> {
  const reader = createBundleReader();
  try {
    const handle = await files.open(file);
    try {
      for (let at = 0; ;) {
        const bytes = await handle.read(at, PIECE_BYTES);
        if (bytes.length === 0) break;
        at += bytes.length;
        for (const frame of reader.push(bytes)) await take(frame);
      }
    } finally {
      await handle.close();
    }
    return ok(reader.end());
  } catch (error) {
    return refuse({ code: stickCode(error) });
  }
}

export const nodeStickFiles: StickFiles = {
  create: async (file) => stickFile(await open(file, "wx", 0o644)),
  open: async (file) => stickFile(await open(file, "r")),
  remove: (file) => rm(file, { force: true }),
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

function stickFile(handle: Awaited<ReturnType<typeof open>>): StickFile {
  return {
    write: async (bytes) => {
      await handle.writeFile(bytes); // goes on from where it is, and writes all of it or throws
    },
    read: async (position, length) => {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await handle.read(buffer, 0, length, position);
      return new Uint8Array(buffer.buffer, buffer.byteOffset, bytesRead);
    },
    flush: () => handle.sync(),
    close: () => handle.close(),
  };
}

async function writeAndCompare(
  file: string,
  part: readonly LazyFrame[],
  files: StickFiles,
  report: (phase: "writing" | "comparing", done: number) => void,
): Promise<Result<CopiedBundle, StickRefusal>> {
  const meant = createHash("sha256");
  const { bundle, bytes } = await writeFrames(await files.create(file), part, meant, (done) =>
    report("writing", done),
  );
  const found = createHash("sha256");
  const read = await readAll(await files.open(file), found, (done) => report("comparing", done));
  const isSame = read === bytes && meant.digest("hex") === found.digest("hex");
  return isSame ? ok({ bundle, bytes }) : refuse({ code: "stick.differs" });
}

async function writeFrames(
  file: StickFile,
  part: readonly LazyFrame[],
  meant: Hash,
  report: (done: number) => void,
): Promise<CopiedBundle> {
  const writer = createBundleWriter();
  let done = 0;
  const put = async (bytes: Bytes) => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      meant.update(piece);
      await file.write(piece);
      done += piece.length;
      report(done);
    }
  };
  try {
    await put(writer.begin());
    for (const frame of part) for (const bytes of writer.frame(await frame.load())) await put(bytes);
    const end = writer.end();
    await put(end.bytes);
    await file.flush();
    return { bundle: end.hash, bytes: done };
  } finally {
    await file.close();
  }
}

async function readAll(file: StickFile, found: Hash, report: (done: number) => void): Promise<number> {
  try {
    let at = 0;
    for (;;) {
      const bytes = await file.read(at, PIECE_BYTES);
      if (bytes.length === 0) return at;
      found.update(bytes);
      at += bytes.length;
      report(at);
    }
  } finally {
    await file.close();
  }
}

function partsOf(frames: readonly LazyFrame[], maxFileBytes: number): LazyFrame[][] {
  const parts: LazyFrame[][] = [[]];
  for (const frame of frames) {
    const last = parts.at(-1) ?? [];
    const fits = last.length === 0 || bytesOf([...last, frame]) <= maxFileBytes;
    if (fits) last.push(frame);
    else parts.push([frame]);
  }
  return parts;
}

function bytesOf(part: readonly LazyFrame[]): number {
  return part.reduce((sum, { size }) => sum + FRAME_BYTES + size, MAGIC_BYTES + FRAME_BYTES);
}

/** Half a file would be read as far as it goes, which is harmless, but nobody should find it and trust it. */
async function removeAll(written: readonly string[], files: StickFiles): Promise<void> {
  for (const file of written) {
    try {
      await files.remove(file);
    } catch (error) {
      stickCode(error); // the stick is gone: there is nothing to take away; anything that is no I/O error is rethrown
    }
  }
}

/** What an operating system says when a stick misbehaves. Anything without its code is a bug of ours. */
function stickCode(error: unknown): StickRefusal["code"] {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/^E[A-Z0-9]+$/.test(code)) throw error;
  if (code === "ENOSPC" || code === "EDQUOT") return "stick.full";
  if (code === "EFBIG") return "stick.too-large";
  if (["EROFS", "EACCES", "EPERM", "EISDIR", "EEXIST"].includes(code)) return "stick.unwritable";
  return "stick.gone";
}
