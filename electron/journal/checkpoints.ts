// The checkpoint files beside the segments: written behind the acknowledgement, read at start. None is ever trusted over
// the journal: one that is torn, edited, of another journal or another build, or that names an entry which the chain does
// not have, is passed over, and everything is folded from the first entry.
import { join } from "node:path";
import { concatBytes, isEqualBytes, type Bytes, type HashId } from "#shared/base";
import type { GrowingView } from "#shared/journal";
import { readGroup, type ChainPlace } from "./check-segment.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  sealShelf,
  type Checkpoint,
  type SealedShelf,
} from "./checkpoint.ts";
import { systemCode, type FileSystem } from "./file-system.ts";
import { decodeFrame } from "./frame.ts";
import type { Places, Span } from "./places.ts";
import type { CipherSource } from "./seal.ts";
import { decodeHeader, HEADER_BYTES } from "./segment-header.ts";
import { readWhole, segmentName, segmentNumbers } from "./segments.ts";
import { writeFully } from "./tail.ts";

/** The newest one that holds; null where everything must be folded. */
export async function findCheckpoint(
  folder: string,
  fileSystem: FileSystem,
  { cipher, build }: { readonly cipher: CipherSource; readonly build: string },
): Promise<Checkpoint | null> {
  const names = await checkpointNames(folder, fileSystem);
  const own = cipher();
  if (names.length === 0 || !own) return null;
  const first = await readHeader(folder, fileSystem, 1);
  if (!first) return null;
  const { journal } = first;
  for (const name of names.reverse()) {
    const bytes = await readWhole(join(folder, name), fileSystem);
    const checkpoint = decodeCheckpoint(bytes, { cipher: own, journal }, build);
    if (checkpoint && (await isInChain(checkpoint, folder, fileSystem))) return checkpoint;
  }
  return null;
}

/** Every segment is there at its size, and the entry it names lies where it says, with the hash it says. */
async function isInChain(checkpoint: Checkpoint, folder: string, fileSystem: FileSystem): Promise<boolean> {
  const { spans, place, seq, hash } = checkpoint;
  const numbers = await segmentNumbers(folder, fileSystem);
  if (numbers.some((segment, i) => segment !== i + 1)) return false;
  for (const span of spans) {
    const isLast = span.segment === place.segment;
    if (!numbers.includes(span.segment)) return false;
    const file = await fileSystem.open(join(folder, segmentName(span.segment)), "read");
    try {
      const size = await file.size();
      if (isLast ? size < span.length : size !== span.length) return false;
      if (!isLast) continue;
      const frame = decodeFrame(await file.read(place.offset, place.length), 0);
      if (frame?.seq !== seq || frame.hash !== hash || frame.length !== place.length) return false;
    } finally {
      await file.close();
    }
  }
  return spans.at(-1)?.segment === place.segment;
}

async function readHeader(folder: string, fileSystem: FileSystem, segment: number) {
  if (!(await segmentNumbers(folder, fileSystem)).includes(segment)) return null;
  const file = await fileSystem.open(join(folder, segmentName(segment)), "read");
  try {
    const header = decodeHeader(await file.read(0, HEADER_BYTES));
    return header.ok ? header.value : null;
  } finally {
    await file.close();
  }
}

/** For entries that a checkpoint vouched for: lengths are followed, hashes are checked when an entry is read. */
export async function findStarts(
  { segment, length }: Span,
  folder: string,
  fileSystem: FileSystem,
): Promise<number[]> {
  const bytes = await readWhole(join(folder, segmentName(segment)), fileSystem);
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const starts: number[] = [];
  for (let at = HEADER_BYTES; at < length && at + 4 <= bytes.length; at += 4 + numbers.getUint32(at) + 32)
    starts.push(at);
  return starts;
}

export interface Trouble {
  readonly segment: number;
  readonly offset: number;
  readonly seq: number;
  readonly reason: string;
}

/**
 * What a start from a checkpoint did not read: every hash of it up to the checkpoint's own, which is sealed and so was
 * written by nobody else. Null when it is whole. It lets others work in between.
 */
export async function checkBehind(
  { journal, spans, seq, hash }: Checkpoint,
  folder: string,
  fileSystem: FileSystem,
  { start, breathe }: { readonly start: ChainPlace; readonly breathe: () => Promise<boolean> },
): Promise<Trouble | null> {
  let end = start;
  for (const { segment, length } of spans) {
    const trouble = (reason: string, offset: number): Trouble => ({ segment, offset, seq: end.seq, reason });
    const bytes = (await readWhole(join(folder, segmentName(segment)), fileSystem)).subarray(0, length);
    const header = decodeHeader(bytes);
    if (!header.ok) return trouble("segment.header", 0);
    const { firstSeq, prev } = header.value;
    const isOwn = isEqualBytes(header.value.journal, journal);
    if (!isOwn || firstSeq !== end.seq + 1 || prev !== end.hash) return trouble("segment.chain", 0);
    let groups = 0;
    for (let at = HEADER_BYTES; at < bytes.length;) {
      const group = readGroup(bytes, at, end);
      if (group.breaks) return trouble(group.breaks === "chain" ? "frame.chain" : "frame.hash", group.stop);
      const last = group.frames.at(-1);
      if (last) end = { seq: last.frame.seq, hash: last.frame.hash };
      at = group.stop;
      groups += 1;
      if (groups % GROUPS_A_BREATH === 0 && !(await breathe())) return null;
    }
  }
  const last = spans.at(-1);
  if (end.seq === seq && end.hash === hash) return null;
  return { segment: last?.segment ?? 0, offset: last?.length ?? 0, seq: end.seq, reason: "frame.chain" };
}

/** Some milliseconds: a mark that arrives meanwhile does not notice. */
const GROUPS_A_BREATH = 200;

export interface CheckpointWriter {
  /** Told after every flush; writes when enough has come since the last one. */
  noteAppended(): void;
  /** For when the app goes. */
  close(): Promise<void>;
}

export interface CheckpointWriterParts {
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly cipher: CipherSource;
  readonly build: string;
  /** Entries after which a new one is written while people work, and a tenth of that when the app goes. */
  readonly every: number;
  readonly journal: Bytes;
  readonly view: GrowingView;
  readonly places: Places;
  readonly head: () => { readonly seq: number; readonly hash: HashId };
  readonly begun: Checkpoint | null;
  /** False while the disk is too full for anything but marks. */
  readonly mayWrite: () => boolean;
}

export function createCheckpointWriter(parts: CheckpointWriterParts): CheckpointWriter {
  const { folder, fileSystem, view, places, journal } = parts;
  const shelves = new Map<string, { readonly version: number; readonly shelf: SealedShelf }>(
    parts.begun?.shelves.map((shelf) => [shelf.sitting, { version: 0, shelf }]),
  );
  let written = parts.begun?.seq ?? 0;
  let writing: Promise<void> | null = null;

  const isDue = (least: number) => parts.head().seq - written >= Math.max(1, least) && parts.mayWrite();

  async function write(): Promise<void> {
    const cipher = parts.cipher();
    const place = places.last();
    if (!cipher || !place) return;
    // All of one moment; what follows works on rows that nobody changes any more.
    const { seq, hash } = parts.head();
    const spans = places.spans();
    const { tables, shelves: states } = view.snapshot((sitting) => shelves.get(sitting)?.version);
    const seal = { cipher, journal };
    for (const { sitting, version, rows } of states) {
      if (!rows) continue;
      shelves.set(sitting, { version, shelf: sealShelf(sitting, rows, seal) });
      await nextTurn();
    }
    const sealed = states.flatMap(({ sitting }) => shelves.get(sitting)?.shelf ?? []);
    const { build } = parts;
    const bytes = encodeCheckpoint(
      { journal, build, seq, hash, place, spans, tables, shelves: sealed },
      seal,
    );
    await lay(`${String(seq).padStart(12, "0")}.jpc`, bytes);
    written = seq;
  }

  /** Flushed before the ones before it go: whenever the power fails, one of them is whole. */
  async function lay(name: string, bytes: readonly Bytes[]): Promise<void> {
    const former = await checkpointNames(folder, fileSystem);
    if (former.includes(name)) await fileSystem.remove(join(folder, name));
    await writeNew(join(folder, name), bytes, fileSystem);
    await fileSystem.flushFolder(folder);
    for (const other of former) if (other !== name) await fileSystem.remove(join(folder, other));
  }

  async function tryWriting(): Promise<void> {
    try {
      await write();
    } catch (error) {
      systemCode(error); // a disk that has no room for it: the next start takes longer, and that is all
      written = parts.head().seq;
    }
  }

  return {
    noteAppended: () => {
      if (writing || !isDue(parts.every)) return;
      writing = tryWriting().finally(() => (writing = null));
    },
    close: async () => {
      await writing;
      if (isDue(parts.every / 10)) await tryWriting();
    },
  };
}

/** Takes back what it could not finish: on a full disk every byte is somebody's mark. */
async function writeNew(path: string, bytes: readonly Bytes[], fileSystem: FileSystem): Promise<void> {
  const file = await fileSystem.open(path, "create");
  let isWhole = false;
  try {
    let at = 0;
    for (const part of gathered(bytes)) {
      await writeFully(file, part, at);
      at += part.length;
    }
    await file.sync();
    isWhole = true;
  } finally {
    await file.close();
    if (!isWhole) await fileSystem.remove(path);
  }
}

export async function removeCheckpoints(folder: string, fileSystem: FileSystem): Promise<void> {
  for (const name of await checkpointNames(folder, fileSystem)) await fileSystem.remove(join(folder, name));
}

/** Oldest first. */
async function checkpointNames(folder: string, fileSystem: FileSystem): Promise<string[]> {
  return (await fileSystem.list(folder)).filter((name) => /^\d{12}\.jpc$/.test(name)).sort();
}

const WRITE_BYTES = 1024 * 1024;

/** Small parts joined to ones worth a call. */
function* gathered(parts: readonly Bytes[]): Generator<Bytes> {
  let held: Bytes[] = [];
  let size = 0;
  for (const part of parts) {
    held.push(part);
    size += part.length;
    if (size < WRITE_BYTES) continue;
    yield concatBytes(...held);
    held = [];
    size = 0;
  }
  if (size > 0) yield concatBytes(...held);
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
