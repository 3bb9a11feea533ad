// Opens the journal: takes the lock, reads and checks every entry, folds it, cuts a torn tail and flushes what is left.
// Nothing is written before everything was found to be whole: a damaged journal stays exactly as it was found. Behind a
// checkpoint the entries before it are checked after the start, by `checkBehind`, and end in the same report.
import { join } from "node:path";
import {
  bytesToHex,
  NO_HASH,
  ok,
  refuse,
  type Bytes,
  type ClockReading,
  type HashId,
  type Refusal,
  type Result,
} from "#shared/base";
import { createJournalView, type GrowingView, type JournalView, type StoredEntry } from "#shared/journal";
import { createAppender, type Appender } from "./appender.ts";
import {
  checkBehind,
  createCheckpointWriter,
  findCheckpoint,
  findStarts,
  nextTurn,
  removeCheckpoints,
} from "./checkpoints.ts";
import { viewStartOf, type Checkpoint } from "./checkpoint.ts";
import { isFull, systemCode, type FileSystem } from "./file-system.ts";
import { createPlaces, type Extent, type Places } from "./places.ts";
import { createReader, type Reader } from "./reader.ts";
import { keepReserve } from "./reserve.ts";
import { openWith, sealWith, type CipherSource } from "./seal.ts";
import { damage, readSegments, segmentName, type DamageRefusal, type FoundJournal } from "./segments.ts";
import { createSegment, openTail, type Tail } from "./tail.ts";

export interface JournalOptions {
  /** A folder of its own. */
  readonly folder: string;
  readonly clock: { read(): ClockReading };
  readonly random: (length: number) => Bytes;
  readonly fileSystem: FileSystem;
  /** Asked again for every entry: a new laptop has none before its first entry is written. */
  readonly cipher: CipherSource;
  /** Room kept for a full disk. */
  readonly reserveBytes: number;
  readonly checkpoints: {
    /** Names the program: another build may fold differently, so it begins with the first entry. */
    readonly build: string;
    /** A new one after so many entries. */
    readonly every: number;
  };
}

export interface OpenJournal {
  readonly view: JournalView;
  head(): { readonly seq: number; readonly hash: HashId };
  append: Appender["append"];
  read(after: number, limit: number): Promise<StoredEntry[]>;
  /** The same as one JSON text, of whatever version they were written in: whoever reads it lifts them. */
  readText(after: number, limit: number): Promise<string>;
  attachments(seq: number): Promise<Bytes[]>;
  onAppended(listener: (seq: number) => void): () => void;
  /** 16 bytes, in hex: the same in every segment, on every medium and on the laptop that goes on. */
  readonly id: string;
  /** What is flushed of each segment file that holds entries. */
  extents(): Extent[];
  /** False once the disk was full and the room kept for that was given back, or when there never was any. */
  hasReserve(): boolean;
  /** What opening found: entries read, and bytes of an unfinished last write that were cut off. */
  readonly opened: {
    readonly entries: number;
    readonly cutBytes: number;
    readonly created: boolean;
    /** The entry after which folding began; 0 for the first. */
    readonly after: number;
  };
  /** Checks what lies before the checkpoint this start began with; at once when there was none. */
  checkBehind(): Promise<Result<void, DamageRefusal>>;
  close(): Promise<void>;
}

/**
 * `journal.damaged` and `journal.newer` say where: segment, offset, seq of the last good entry, reason. `journal.locked`:
 * whole, but sealed under a key that is not open here.
 */
export type OpenRefusal = DamageRefusal | Refusal<"journal.busy" | "journal.unreadable" | "journal.full">;

export async function openJournal(options: JournalOptions): Promise<Result<OpenJournal, OpenRefusal>> {
  const { folder, fileSystem } = options;
  try {
    await fileSystem.makeFolder(folder);
    const unlock = await fileSystem.lock(join(folder, "lock"));
    if (!unlock) return refuse({ code: "journal.busy" });
    return await openLocked(options, unlock);
  } catch (error) {
    const code = systemCode(error);
    return refuse({ code: isFull(code) ? "journal.full" : "journal.unreadable", facts: { error: code } });
  }
}

async function openLocked(
  options: JournalOptions,
  unlock: () => Promise<void>,
): Promise<Result<OpenJournal, OpenRefusal>> {
  let opened: Result<OpenJournal, OpenRefusal> | undefined;
  try {
    const { folder, fileSystem, cipher, checkpoints } = options;
    const begun = await findCheckpoint(folder, fileSystem, { cipher, build: checkpoints.build });
    const start = startAt(begun, options);
    const found = await readSegments(
      folder,
      fileSystem,
      cipher,
      (entry, place) => {
        start.view.apply(entry);
        start.places.add(place);
      },
      begun && {
        ...begun.place,
        offset: begun.place.offset + begun.place.length,
        journal: begun.journal,
        end: begun,
      },
    );
    opened = found.ok ? ok(await continueJournal(options, found.value, start, unlock)) : found;
    return opened;
  } finally {
    if (!opened?.ok) await unlock();
  }
}

interface Start {
  readonly begun: Checkpoint | null;
  readonly view: GrowingView;
  readonly places: Places;
}

function startAt(begun: Checkpoint | null, { folder, fileSystem, cipher }: JournalOptions): Start {
  const own = cipher();
  return {
    begun,
    view: begun && own ? createJournalView(viewStartOf(begun, own)) : createJournalView(),
    places: createPlaces(
      (span) => findStarts(span, folder, fileSystem),
      begun ? { spans: begun.spans, last: begun.place, count: begun.seq } : undefined,
    ),
  };
}

async function continueJournal(
  options: JournalOptions,
  found: FoundJournal,
  { begun, view, places }: Start,
  unlock: () => Promise<void>,
): Promise<OpenJournal> {
  const { folder, fileSystem, clock, cipher } = options;
  if (found.unfinished) await fileSystem.remove(join(folder, segmentName(found.unfinished.segment)));
  const tail = found.journal
    ? await mendTail(options, found, found.journal)
    : await startJournal(options, found);
  // What was found may so far only be in the system's cache: nothing is shown before it is on the disk.
  await fileSystem.flushFolder(folder);
  const reserve = await keepReserve(folder, fileSystem, {
    bytes: options.reserveBytes,
    random: options.random,
  });
  const reader: Reader = createReader(folder, fileSystem, places, openWith(cipher, tail.journal));
  const appender = createAppender({
    ...{ folder, fileSystem, clock, view, tail, places },
    seal: sealWith(cipher, tail.journal),
    getReady: () => cipher()?.getReady(),
    reserve,
  });
  let isClosing = false;
  let isDamaged = false;
  const checkpoints = createCheckpointWriter({
    ...{ folder, fileSystem, cipher, view, places, begun, journal: tail.journal },
    ...options.checkpoints,
    head: () => appender.head(),
    mayWrite: () => !isDamaged && (reserve.isKept() || options.reserveBytes === 0),
  });
  appender.onAppended(() => checkpoints.noteAppended());
  return {
    view,
    head: () => appender.head(),
    append: (actor, drafts) => appender.append(actor, drafts),
    read: (after, limit) => reader.read(after, limit),
    readText: (after, limit) => reader.readText(after, limit),
    attachments: (seq) => reader.attachments(seq),
    onAppended: (listener) => appender.onAppended(listener),
    id: bytesToHex(tail.journal),
    extents: () => places.extents(),
    hasReserve: () => reserve.isKept(),
    opened: {
      entries: found.end.seq,
      cutBytes: cutBytes(found),
      created: found.journal === null,
      after: begun?.seq ?? 0,
    },
    checkBehind: async () => {
      if (!begun) return ok(undefined);
      const trouble = await checkBehind(begun, folder, fileSystem, {
        start: { seq: 0, hash: NO_HASH },
        breathe: async () => {
          await nextTurn();
          return !isClosing;
        },
      });
      if (!trouble) return ok(undefined);
      // The next start reads everything, and stops before there is a window.
      isDamaged = true;
      await removeCheckpoints(folder, fileSystem);
      return damage("journal.damaged", trouble.segment, trouble.offset, trouble.seq, trouble.reason);
    },
    close: async () => {
      isClosing = true;
      await appender.close();
      await checkpoints.close();
      await reader.close();
      await unlock();
    },
  };
}

async function mendTail(options: JournalOptions, found: FoundJournal, journal: Bytes): Promise<Tail> {
  const { segment, whole, size } = found.last;
  const path = join(options.folder, segmentName(segment));
  const file = await openTail(path, options.fileSystem, whole < size ? whole : null);
  return { file, journal, segment, length: whole, seq: found.end.seq, hash: found.end.hash };
}

async function startJournal(options: JournalOptions, found: FoundJournal): Promise<Tail> {
  return createSegment(options.folder, options.fileSystem, {
    journal: options.random(16),
    segment: 1,
    seq: found.end.seq,
    hash: found.end.hash,
  });
}

function cutBytes({ last, unfinished }: FoundJournal): number {
  return last.size - last.whole + (unfinished?.size ?? 0);
}
