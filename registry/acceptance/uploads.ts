// Objects on their way in: every byte that arrived of a broken upload stays in `<hash>.part` (rulings 8), and what follows
// is appended where it ended. Bytes become an object only when there are as many as the manifest says and they hash to
// its name; only then are they flushed and renamed. One writer an object: a newer request takes the place of one that
// has gone silent, because on a bad link the registry hears last that a connection is dead.
import { createHash, type Hash } from "node:crypto";
import { constants, open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { ok, refuse, type Bytes, type HashId, type Refusal, type Result } from "#shared/base";
import { flushFolder } from "../keys/durable-file.ts";
import { atStep } from "./steps.ts";

export interface UploadState {
  /** How many bytes are here, from the first one on. */
  readonly offset: number;
  readonly complete: boolean;
}

export interface Upload {
  readonly wire: HashId;
  /** Of the whole object, from the manifest. */
  readonly size: number;
  /** Where the body's first byte belongs; null for a body that is the whole object. */
  readonly from: number | null;
  /** Every chunk that came, and then an error when the connection broke. */
  readonly body: AsyncIterable<Uint8Array>;
  /** SHA-256 of this body, base64, when the sender said it (RFC 9530). */
  readonly digest: string | undefined;
  /** Ends a body that nobody reads any more. */
  readonly abandon: () => void;
}

export type UploadRefusal =
  | Refusal<"hash-mismatch" | "digest-mismatch" | "object-locked" | "object-too-large" | "storage-full">
  | (Refusal<"offset-mismatch"> & UploadState)
  /** The connection broke: nobody hears the answer, the bytes are kept. */
  | Refusal<"upload-cut">;

export interface Uploads {
  /** Waits for a writer that is about to end: the offset must still be true when the answer is read. */
  stateOf(wire: HashId): Promise<UploadState>;
  receive(upload: Upload): Promise<Result<UploadState, UploadRefusal>>;
}

/** How long a writer may stay silent before a newer request takes its place. */
const SILENCE_MS = 1_000;
/** How long a newer request waits for its turn. */
const PATIENCE_MS = 1_500;

/** Objects of the batches that come in within an hour or so; what is forgotten is asked for again. */
const KNOWN_WHOLES = 50_000;

interface Writer {
  /** Since when it waits for bytes; null while it has some. */
  silentSince: number | null;
  readonly upload: Upload;
  readonly done: Promise<unknown>;
}

export function createUploads(folder: string, clock: () => number): Uploads {
  const writers = new Map<HashId, Writer>();
  const pathOf = (wire: HashId) => `${folder}/${wire.slice("sha256:".length)}`;

  /** True when nobody writes this object any more: the caller takes its place before it awaits anything. */
  const isFree = async (wire: HashId): Promise<boolean> => {
    const until = clock() + PATIENCE_MS;
    for (let writer = writers.get(wire); writer; writer = writers.get(wire)) {
      const left = until - clock();
      if (left <= 0) return false;
      await withinMs(Math.min(left, SILENCE_MS), writer.done);
      const isSilent = writer.silentSince !== null && clock() - writer.silentSince >= SILENCE_MS;
      if (isSilent && writers.get(wire) === writer) writer.upload.abandon();
    }
    return true;
  };

  /** Whole objects stay while a registry runs: the disk is asked about each once. */
  const wholes = new Map<HashId, number>();

  const stateNow = async (wire: HashId): Promise<UploadState> => {
    const whole = wholes.get(wire) ?? (await sizeOf(pathOf(wire)));
    if (whole === undefined) return { offset: (await sizeOf(`${pathOf(wire)}.part`)) ?? 0, complete: false };
    if (wholes.size >= KNOWN_WHOLES) wholes.clear();
    wholes.set(wire, whole);
    return { offset: whole, complete: true };
  };

  const receive = async (upload: Upload): Promise<Result<UploadState, UploadRefusal>> => {
    const { wire } = upload;
    if (!(await isFree(wire))) return refuse({ code: "object-locked" });
    let finish: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const writer: Writer = { silentSince: null, upload, done };
    writers.set(wire, writer);
    try {
      const state = await stateNow(wire);
      if (state.complete && upload.from === null) return ok(state);
      if (upload.from !== null && (state.complete || upload.from !== state.offset))
        return refuse({ code: "offset-mismatch", ...state });
      return await write(
        upload,
        pathOf(wire),
        (isSilent) => (writer.silentSince = isSilent ? clock() : null),
      );
    } finally {
      writers.delete(wire);
      finish();
    }
  };

  return {
    stateOf: async (wire) => {
      await isFree(wire);
      return stateNow(wire);
    },
    receive,
  };
}

async function write(
  upload: Upload,
  path: string,
  silent: (isSilent: boolean) => void,
): Promise<Result<UploadState, UploadRefusal>> {
  const { from, size, digest } = upload;
  const start = from ?? 0;
  const part = `${path}.part`;
  // Opened without cutting it: a whole object that is sent again and breaks earlier than the last time loses nothing.
  const file = await open(part, constants.O_RDWR | constants.O_CREAT, 0o600).catch(asFull);
  if (!file) return refuse({ code: "storage-full" });
  try {
    const body = createHash("sha256");
    const written = await writeBody(upload, file, start, body, silent);
    if (!written.ok) {
      if (written.error.code === "object-too-large") await file.truncate(start);
      return written;
    }
    if (digest !== undefined && body.digest("base64") !== digest) {
      await file.truncate(start); // what came was damaged on its way; what was here before is not in doubt
      return refuse({ code: "digest-mismatch" });
    }
    const end = written.value;
    if (end < size) {
      // A body that says it is the whole object and ends early is not this object.
      if (from !== null) return ok({ offset: end, complete: false });
      await file.truncate(0);
      return refuse({ code: "hash-mismatch" });
    }
    atStep("object written");
    await file.sync();
    atStep("object flushed");
    if ((await hashOfFile(file, size)) !== upload.wire) {
      await file.truncate(0);
      return refuse({ code: "hash-mismatch" });
    }
  } finally {
    await file.close();
  }
  await rename(part, path);
  atStep("object renamed");
  await flushFolder(path.slice(0, path.lastIndexOf("/")));
  atStep("object stored");
  return ok({ offset: size, complete: true });
}

/** Where the body ended, or why it may not go on. */
async function writeBody(
  { body, size }: Upload,
  file: FileHandle,
  start: number,
  hash: Hash,
  silent: (isSilent: boolean) => void,
): Promise<Result<number, UploadRefusal>> {
  let at = start;
  try {
    silent(true);
    for await (const chunk of body) {
      silent(false);
      if (at + chunk.length > size) return refuse({ code: "object-too-large" });
      hash.update(chunk);
      for (let done = 0; done < chunk.length;) {
        const { bytesWritten } = await file.write(chunk, done, chunk.length - done, at);
        done += bytesWritten;
        at += bytesWritten;
      }
      silent(true);
    }
    silent(false);
    return ok(at);
  } catch (error) {
    if (isFull(error)) return refuse({ code: "storage-full" });
    if (isBroken(error)) return refuse({ code: "upload-cut" });
    throw error;
  }
}

async function hashOfFile(file: FileHandle, size: number): Promise<string> {
  const hash = createHash("sha256");
  const buffer: Bytes = new Uint8Array(Math.min(size, 1024 * 1024));
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return `sha256:${hash.digest("hex")}`;
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Parts that nobody went on with; their laptops begin again. */
export async function dropOldParts(paths: readonly string[], before: number): Promise<void> {
  for (const path of paths) if ((await stat(path)).mtimeMs < before) await rm(path, { force: true });
}

function asFull(error: unknown): undefined {
  if (!isFull(error)) throw error;
}

function isFull(error: unknown): boolean {
  return codeOf(error) === "ENOSPC" || codeOf(error) === "EDQUOT";
}

/** How Node says that a request ended before its body did. */
function isBroken(error: unknown): boolean {
  return [
    "ECONNRESET",
    "ERR_STREAM_PREMATURE_CLOSE",
    "ECONNABORTED",
    "EPIPE",
    "ERR_STREAM_DESTROYED",
  ].includes(codeOf(error) ?? "");
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

function withinMs(limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    void work.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
