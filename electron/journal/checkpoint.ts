// A checkpoint as bytes: the view as it stood after one entry, so that the next start folds only what came after. It is
// a convenience and proves nothing: whoever uses it first finds its entry in the journal's own chain. All of it is sealed
// under the data key, and it counts only for the very build that wrote it: another one may fold differently.
//
// `magic 8 | version 2 | journal 16 | u32 length of the manifest | manifest | shelves | sealed SHA-256 of all before`
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { concatBytes, HashId, isEqualBytes, utf8, utf8ToText, type Bytes } from "#shared/base";
import type { KeyedRows, ShelfRows, ShelvedTable, ShutShelf, ViewStart } from "#shared/journal";
import { SEAL_BYTES, type JournalCipher } from "./cipher.ts";
import type { EntryPlace, Span } from "./places.ts";

const Count = z.int().min(0);
const KeyTails = z.strictObject({ candidates: z.string(), sheets: z.string() });

/** Rows are taken as they are: the seal says that this build folded them. */
const Manifest = z.strictObject({
  build: z.string(),
  seq: z.int().min(1),
  hash: HashId,
  place: z.strictObject({ segment: Count, offset: Count, length: Count }),
  spans: z.array(z.strictObject({ segment: Count, firstSeq: Count, length: Count })),
  tables: z.record(z.string(), z.array(z.tuple([z.string(), z.unknown()]))),
  shelves: z.array(z.strictObject({ sitting: z.string(), offset: Count, length: Count, tails: KeyTails })),
});

export interface Checkpoint {
  readonly journal: Bytes;
  readonly build: string;
  readonly seq: number;
  readonly hash: HashId;
  readonly place: EntryPlace;
  readonly spans: readonly Span[];
  readonly tables: Readonly<Record<string, KeyedRows>>;
  readonly shelves: readonly SealedShelf[];
}

/** A shelf as it lies in the file: unchanged ones go from one checkpoint to the next as they are. */
export interface SealedShelf {
  readonly sitting: string;
  readonly bytes: Bytes;
  /** The ends of its keys, `TAIL` characters each: enough to know that a key is not there. */
  readonly tails: Readonly<Record<ShelvedTable, string>>;
}

export interface CheckpointSeal {
  readonly cipher: JournalCipher;
  readonly journal: Bytes;
}

const MAGIC = Uint8Array.of(0x89, 0x4a, 0x50, 0x43, 0x0d, 0x0a, 0x1a, 0x0a);
const VERSION = 1;
const HEADER_BYTES = 8 + 2 + 16 + 4;
const END_BYTES = 32 + SEAL_BYTES;
const TAIL = 6;

export function sealShelf(
  sitting: string,
  rows: ShelfRows,
  { cipher, journal }: CheckpointSeal,
): SealedShelf {
  const bytes = cipher.seal(pack(rows), concatBytes(journal, utf8(`checkpoint shelf ${sitting}`)));
  const tails = { candidates: tailsOf(rows.candidates), sheets: tailsOf(rows.sheets) };
  return { sitting, bytes, tails };
}

/** In parts, in their order: the whole may be large. */
export function encodeCheckpoint(
  { shelves, journal, ...manifest }: Checkpoint,
  { cipher }: CheckpointSeal,
): Bytes[] {
  let offset = 0;
  const places = shelves.map(({ sitting, bytes, tails }) => {
    offset += bytes.length;
    return { sitting, offset: offset - bytes.length, length: bytes.length, tails };
  });
  const clear = pack({ ...manifest, shelves: places });
  const numbers = new DataView(new ArrayBuffer(6));
  numbers.setUint16(0, VERSION);
  numbers.setUint32(2, SEAL_BYTES + clear.length);
  const [version, length] = [new Uint8Array(numbers.buffer, 0, 2), new Uint8Array(numbers.buffer, 2, 4)];
  const header = concatBytes(MAGIC, version, journal, length);
  const parts = [header, cipher.seal(clear, about("manifest", header)), ...shelves.map(({ bytes }) => bytes)];
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return [...parts, cipher.seal(hash.digest(), about("end", header))];
}

/** Undefined when it is not whole, not sealed here, or not this build's. */
export function decodeCheckpoint(
  bytes: Bytes,
  { cipher, journal }: CheckpointSeal,
  build: string,
): Checkpoint | undefined {
  if (bytes.length < HEADER_BYTES + END_BYTES) return undefined;
  const header = bytes.subarray(0, HEADER_BYTES);
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  if (!isEqualBytes(header.subarray(0, 8), MAGIC) || numbers.getUint16(8) !== VERSION) return undefined;
  if (!isEqualBytes(header.subarray(10, 26), journal)) return undefined;
  const before = bytes.subarray(0, -END_BYTES);
  const end = cipher.open(bytes.subarray(-END_BYTES), about("end", header));
  if (end === "other-key" || !end) return undefined;
  if (!isEqualBytes(end, createHash("sha256").update(before).digest())) return undefined;
  const shelvesAt = HEADER_BYTES + numbers.getUint32(26);
  const opened = cipher.open(before.subarray(HEADER_BYTES, shelvesAt), about("manifest", header));
  if (opened === "other-key" || !opened) return undefined;
  const read = Manifest.safeParse(unpack(opened));
  if (!read.success || read.data.build !== build) return undefined;
  const shelves = read.data.shelves.map(({ sitting, offset, length, tails }) => ({
    sitting,
    bytes: before.subarray(shelvesAt + offset, shelvesAt + offset + length),
    tails,
  }));
  return { ...read.data, journal, shelves };
}

/** The view as the checkpoint has it, every shelf still shut. */
export function viewStartOf({ tables, shelves, journal }: Checkpoint, cipher: JournalCipher): ViewStart {
  return { tables, shelves: shelves.map((shelf) => shutShelf(shelf, { cipher, journal })) };
}

function shutShelf({ sitting, bytes, tails }: SealedShelf, { cipher, journal }: CheckpointSeal): ShutShelf {
  return {
    sitting,
    mayHold: (table, key) => holdsTail(tails[table], key),
    open: () => {
      const opened = cipher.open(bytes, concatBytes(journal, utf8(`checkpoint shelf ${sitting}`)));
      // Its bytes were found whole when the file was read, and have lain in memory since.
      if (opened === "other-key" || !opened) throw new Error("a shelf of the checkpoint does not open");
      return unpack(opened) as ShelfRows;
    },
  };
}

function about(part: "manifest" | "end", header: Bytes): Bytes {
  return concatBytes(utf8(`checkpoint ${part} `), header);
}

function tailsOf(rows: KeyedRows): string {
  return rows.map(([key]) => tailOf(key)).join("");
}

function holdsTail(tails: string, key: string): boolean {
  const tail = tailOf(key);
  for (let at = tails.indexOf(tail); at >= 0; at = tails.indexOf(tail, at + 1))
    if (at % TAIL === 0) return true;
  return false;
}

function tailOf(key: string): string {
  return key.slice(-TAIL).padStart(TAIL, "-");
}

/** Level 1: rows of a sitting are much alike, and a start waits for the reading, not for the last tenth of size. */
function pack(value: unknown): Bytes {
  return new Uint8Array(deflateRawSync(JSON.stringify(value), { level: 1 }));
}

function unpack(bytes: Bytes): unknown {
  return JSON.parse(utf8ToText(new Uint8Array(inflateRawSync(bytes))));
}
