// Pictures as files: each under its own hash, sealed, written once and never changed. Durable before anybody is told;
// one at a time and chunk by chunk, so that ten in a row cost the memory of one.
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { HashId, ok, refuse, type Bytes, type Refusal, type Result } from "#shared/base";
import {
  MAX_PICTURE_BYTES,
  MAX_PICTURE_EDGE,
  readPicture,
  type PictureFacts,
  type PictureRefusal,
} from "#shared/exam";
import { systemCode, type EvidenceDisk, type WritingFile } from "./disk.ts";
import {
  CHUNK_BYTES,
  chunkCount,
  HEADER_BYTES,
  SEALED_CHUNK_BYTES,
  type PictureCipher,
} from "./picture-seal.ts";

export type KeepRefusal =
  | PictureRefusal
  | Refusal<"evidence.too-large" | "evidence.full" | "evidence.unwritable" | "evidence.locked">;

/** Why a picture that the journal speaks of cannot be shown or sent. */
export type PictureTrouble = Refusal<"evidence.missing" | "evidence.damaged" | "evidence.locked">;

export interface PictureFiles {
  /** Checked, sealed and flushed under its hash when it answers; the same bytes are kept once. */
  keep(bytes: Bytes): Promise<Result<PictureFacts, KeepRefusal>>;
  read(picture: HashId): Promise<Result<Bytes, PictureTrouble>>;
  /** Hands the picture over in pieces of 64 KiB; every piece was opened before it is handed over. */
  stream(
    picture: HashId,
    take: (chunk: Bytes, index: number, isLast: boolean) => Promise<void>,
  ): Promise<Result<void, PictureTrouble>>;
}

export interface PictureOptions {
  readonly folder: string;
  readonly disk: EvidenceDisk;
  /** Null until the laptop has a data key that is open. */
  readonly cipher: () => PictureCipher | null;
}

export function createPictureFiles(options: PictureOptions): PictureFiles {
  const { disk, folder, cipher } = options;
  const oneAtATime = createTurns();

  const stream: PictureFiles["stream"] = async (picture, take) => {
    const open = cipher();
    if (!open) return refuse({ code: "evidence.locked" });
    const file = await disk.open(join(folder, fileName(picture)));
    if (!file) return refuse({ code: "evidence.missing" });
    try {
      const chunks = open.resume(await file.read(0, HEADER_BYTES), picture);
      if (chunks === "other-key") return refuse({ code: "evidence.locked" });
      if (!chunks) return refuse({ code: "evidence.damaged" });
      const count = chunkCount((await file.size()) - HEADER_BYTES, SEALED_CHUNK_BYTES);
      for (let i = 0; i < count; i++) {
        const sealed = await file.read(HEADER_BYTES + i * SEALED_CHUNK_BYTES, SEALED_CHUNK_BYTES);
        const chunk = chunks.open(sealed, i, i === count - 1);
        if (!chunk) return refuse({ code: "evidence.damaged" });
        await take(chunk, i, i === count - 1);
      }
      return ok(undefined);
    } finally {
      await file.close();
    }
  };

  return {
    stream,
    keep: (bytes) => oneAtATime(() => keep(bytes, options, stream)),
    read: (picture) =>
      oneAtATime(async () => {
        const parts: Bytes[] = [];
        const read = await stream(picture, (chunk) => {
          parts.push(chunk);
          return Promise.resolve();
        });
        return read.ok ? ok(new Uint8Array(Buffer.concat(parts))) : read;
      }),
  };
}

export function fileName(hash: HashId): string {
  return hash.slice("sha256:".length);
}

async function keep(
  bytes: Bytes,
  { folder, disk, cipher }: PictureOptions,
  stream: PictureFiles["stream"],
): Promise<Result<PictureFacts, KeepRefusal>> {
  if (bytes.length > MAX_PICTURE_BYTES) return refuse({ code: "evidence.too-large" });
  const shape = readPicture(bytes);
  if (!shape.ok) return shape;
  const { type, width, height } = shape.value;
  if (Math.max(width, height) > MAX_PICTURE_EDGE) return refuse({ code: "evidence.too-large" });
  const open = cipher();
  if (!open) return refuse({ code: "evidence.locked" });
  const hash = HashId.parse(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
  const facts = { hash, size: bytes.length, type, width, height };
  try {
    await disk.makeFolder(folder);
    // What is there and opens is this very picture: its name is its hash. What does not open is made whole again.
    const there = await stream(hash, () => Promise.resolve());
    if (there.ok) {
      await disk.flushFolder(folder); // its entry may so far only be in the system's cache
      return ok(facts);
    }
    const { header, chunks } = open.start(hash);
    const count = chunkCount(bytes.length, CHUNK_BYTES);
    await writeDurably(folder, fileName(hash), disk, async (file) => {
      await file.write(header);
      for (let i = 0; i < count; i++) {
        const chunk = bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
        await file.write(chunks.seal(chunk, i, i === count - 1));
      }
      return fileName(hash);
    });
    return ok(facts);
  } catch (error) {
    const code = systemCode(error);
    const isFull = code === "ENOSPC" || code === "EDQUOT";
    return refuse({ code: isFull ? "evidence.full" : "evidence.unwritable", facts: { error: code } });
  }
}

/**
 * Under a name of its own first, flushed, then renamed and the folder flushed: under its hash a file is whole or not
 * there. `write` answers the name. A cut in between leaves a `.part` behind, which the next start removes.
 */
export async function writeDurably(
  folder: string,
  label: string,
  disk: EvidenceDisk,
  write: (file: WritingFile) => Promise<string>,
): Promise<string> {
  const temporary = join(folder, `${label}.${randomBytes(6).toString("hex")}${PART}`);
  try {
    const file = await disk.create(temporary);
    let name: string;
    try {
      name = await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(temporary, join(folder, name));
    await disk.flushFolder(folder);
    return name;
  } catch (error) {
    await disk.remove(temporary);
    throw error;
  }
}

export const PART = ".part";

function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined); // the caller of `run` gets the error; the next in line must not
    return run;
  };
}
