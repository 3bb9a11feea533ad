// The acceptance journal: what a receipt rests on. One file, appended and flushed, each frame chained to the one before;
// the SQL database is an index of it that may be lost at any time (protocol F1, A6).
//
//   frame = "ERTJ" | u32 length | former hash [32] | CRC-32C of those 40 bytes | payload | SHA-256 of everything before
//
// Whatever is written together is one frame, so only the last frame can be torn: it is cut and set aside. A torn frame is
// never intact in itself; an intact one that names another former hash, or damage with a header after it, is no torn tail,
// and the registry refuses to start.
import { open, writeFile, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import {
  bytesToHex,
  concatBytes,
  hexToBytes,
  isEqualBytes,
  utf8,
  utf8ToText,
  type Bytes,
} from "#shared/base";
import { digest } from "#shared/crypto";
import { parseData } from "../data-refused.ts";
import { flushFolder, readOrNothing } from "../keys/durable-file.ts";
import { JournalFrame, type AcceptanceEntry } from "./entries.ts";
import { atStep } from "./steps.ts";

export interface AcceptanceJournal {
  /** Entries found at start, oldest first, with their places (from 1). */
  readonly found: readonly PlacedEntry[];
  /** Returns after the flush. Entries asked for while a flush runs share the next one. */
  append(entry: AcceptanceEntry): Promise<PlacedEntry>;
  head(): { readonly place: number; readonly hash: string };
  /** Bytes that were cut off the end at start; 0 after a clean stop. */
  readonly tornBytes: number;
  close(): Promise<void>;
}

export interface PlacedEntry {
  readonly place: number;
  /** Hash of the frame it stands in. */
  readonly frame: string;
  readonly entry: AcceptanceEntry;
}

export interface JournalOptions {
  readonly path: string;
  /** Flushes a file to the disk; the one step that tests replace. */
  readonly flush: (file: FileHandle) => Promise<void>;
  /** A failed flush is final: the kernel may have dropped the pages, so nobody tries again on this file. */
  readonly crash: (error: unknown) => void;
}

export class JournalDamaged extends Error {
  constructor(path: string, at: number) {
    super(`the acceptance journal ${path} is damaged at byte ${at}, and there are entries after it`);
  }
}

const MAGIC = utf8("ERTJ");
const HASH_BYTES = 32;
/** What the CRC covers: magic, length, former hash. */
const CHECKED_BYTES = 8 + HASH_BYTES;
const HEADER_BYTES = CHECKED_BYTES + 4;
const NO_HASH = new Uint8Array(HASH_BYTES);
/** Where a journal stands that has no entry. */
export const EMPTY_HEAD = bytesToHex(NO_HASH);

export async function openAcceptanceJournal(options: JournalOptions): Promise<AcceptanceJournal> {
  const found = readFrames(await bytesOf(options.path), options.path);
  if (found.torn.length > 0) await writeFile(`${options.path}.torn-${found.end}`, found.torn);
  const file = await open(options.path, "a+", 0o600);
  if (found.torn.length > 0) await file.truncate(found.end);
  await options.flush(file);
  await flushFolder(dirname(options.path));
  return createJournal(file, found, options);
}

/** Only reads, a copy for instance: what was found, and how many bytes at the end are no frame. Throws as a start would. */
export async function readAcceptanceJournal(
  path: string,
): Promise<{ readonly found: readonly PlacedEntry[]; readonly tornBytes: number }> {
  const { entries, torn } = readFrames(await bytesOf(path), path);
  return { found: entries.map((found, i) => ({ place: i + 1, ...found })), tornBytes: torn.length };
}

type Waiting = {
  readonly entry: AcceptanceEntry;
  readonly resolve: (placed: PlacedEntry) => void;
  readonly reject: (error: unknown) => void;
};

function createJournal(
  file: FileHandle,
  found: FoundFrames,
  { flush, crash }: JournalOptions,
): AcceptanceJournal {
  let { hash } = found;
  let place = found.entries.length;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let failure: unknown;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const frame = frameOf(utf8(JSON.stringify({ entries: group.map(({ entry }) => entry) })), hash);
        await file.appendFile(frame);
        for (const { entry } of group) atStep(`${entry.kind} written`);
        await flush(file);
        for (const { entry } of group) atStep(`${entry.kind} flushed`);
        hash = frame.slice(-HASH_BYTES);
      } catch (error) {
        failure = error;
        for (const { reject } of [...group, ...waiting]) reject(error);
        crash(error);
        return;
      }
      const frame = bytesToHex(hash);
      for (const { entry, resolve } of group) resolve({ place: ++place, frame, entry });
    }
    writing = null; // in the same breath as the empty queue, or an entry could be left waiting
  };

  return {
    found: found.entries.map((found, i) => ({ place: i + 1, ...found })),
    append: (entry) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(new Error("the acceptance journal failed before", { cause: failure }));
          return;
        }
        waiting.push({ entry, resolve, reject });
        writing ??= Promise.resolve().then(write);
      }),
    head: () => ({ place, hash: bytesToHex(hash) }),
    tornBytes: found.torn.length,
    close: async () => {
      await writing;
      await file.close();
    },
  };
}

interface FoundFrames {
  readonly entries: readonly Omit<PlacedEntry, "place">[];
  readonly hash: Bytes;
  /** Where the last intact frame ends. */
  readonly end: number;
  readonly torn: Bytes;
}

function readFrames(bytes: Bytes, path: string): FoundFrames {
  const entries: Omit<PlacedEntry, "place">[] = [];
  let hash: Bytes = NO_HASH;
  let at = 0;
  while (at < bytes.length) {
    const frame = readFrame(bytes, at);
    if (!frame) {
      if (hasHeaderAfter(bytes, at + 1)) throw new JournalDamaged(path, at);
      return { entries, hash, end: at, torn: bytes.subarray(at) };
    }
    if (!isEqualBytes(frame.former, hash)) throw new JournalDamaged(path, at);
    hash = frame.hash;
    const name = bytesToHex(hash);
    const { entries: inFrame } = parseData(
      `${path} (byte ${at})`,
      utf8ToText(frame.payload),
      JournalFrame,
      "the frame is whole, but of another version of the registry; start the version that wrote it",
    );
    entries.push(...inFrame.map((entry) => ({ frame: name, entry })));
    at = frame.next;
  }
  return { entries, hash, end: at, torn: new Uint8Array() };
}

async function bytesOf(path: string): Promise<Bytes> {
  return (await readOrNothing(path)) ?? new Uint8Array();
}

function frameOf(payload: Bytes, former: Bytes): Bytes {
  const checked = concatBytes(MAGIC, u32(payload.length), former);
  const body = concatBytes(checked, u32(crc32c(checked)), payload);
  return concatBytes(body, digest(body));
}

interface Frame {
  readonly former: Bytes;
  readonly payload: Bytes;
  readonly hash: Bytes;
  readonly next: number;
}

/** The frame that stands here, when it is intact in itself. */
function readFrame(bytes: Bytes, at: number): Frame | undefined {
  const length = frameLength(bytes, at);
  if (length === undefined) return undefined;
  const end = at + HEADER_BYTES + length;
  const next = end + HASH_BYTES;
  if (next > bytes.length) return undefined;
  const hash = bytes.slice(end, next);
  if (!isEqualBytes(hash, digest(bytes.subarray(at, end)))) return undefined;
  return {
    former: bytes.subarray(at + 8, at + CHECKED_BYTES),
    payload: bytes.subarray(at + HEADER_BYTES, end),
    hash,
    next,
  };
}

/** The payload's length when an intact header stands here. */
function frameLength(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER_BYTES > bytes.length || MAGIC.some((byte, i) => bytes[at + i] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, HEADER_BYTES);
  const checked = bytes.subarray(at, at + CHECKED_BYTES);
  return view.getUint32(CHECKED_BYTES) === crc32c(checked) ? view.getUint32(4) : undefined;
}

/** Payloads are JSON without control characters, so an intact header inside one would be a 1 in 2^32 coincidence. */
function hasHeaderAfter(bytes: Bytes, start: number): boolean {
  for (let at = start; at + HEADER_BYTES <= bytes.length; at++) {
    if (bytes[at] === MAGIC[0] && frameLength(bytes, at) !== undefined) return true;
  }
  return false;
}

function u32(value: number): Bytes {
  return hexToBytes(value.toString(16).padStart(8, "0"));
}

/** CRC-32C (Castagnoli, reflected 0x82f63b78), RFC 3720 appendix B.4. */
function crc32c(bytes: Bytes): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
