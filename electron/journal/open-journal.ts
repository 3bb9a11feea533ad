// Opens the journal: takes the lock, reads and checks every entry, folds it, cuts a torn tail and flushes what is left.
// Nothing is written before everything was found to be whole: a damaged journal stays exactly as it was found.
import { join } from "node:path";
import {
  bytesToHex,
  ok,
  refuse,
  type Bytes,
  type ClockReading,
  type HashId,
  type Refusal,
  type Result,
} from "#shared/base";
import { createJournalView, type JournalView, type StoredEntry } from "#shared/journal";
import { createAppender, type Appender } from "./appender.ts";
import { createExtents, type Extent } from "./extents.ts";
import { isFull, systemCode, type FileSystem } from "./file-system.ts";
import { createReader, type Reader } from "./reader.ts";
import { keepReserve } from "./reserve.ts";
import { openWith, sealWith, type CipherSource } from "./seal.ts";
import { readSegments, segmentName, type DamageRefusal, type FoundJournal } from "./segments.ts";
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
}

export interface OpenJournal {
  readonly view: JournalView;
  head(): { readonly seq: number; readonly hash: HashId };
  append: Appender["append"];
  read(after: number, limit: number): Promise<StoredEntry[]>;
  attachments(seq: number): Promise<Bytes[]>;
  onAppended(listener: (seq: number) => void): () => void;
  /** 16 bytes, in hex: the same in every segment, on every medium and on the laptop that goes on. */
  readonly id: string;
  /** What is flushed of each segment file that holds entries. */
  extents(): Extent[];
  /** False once the disk was full and the room kept for that was given back, or when there never was any. */
  hasReserve(): boolean;
  /** What opening found: entries read, and bytes of an unfinished last write that were cut off. */
  readonly opened: { readonly entries: number; readonly cutBytes: number; readonly created: boolean };
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
    const view = createJournalView();
    const found = await readSegments(options.folder, options.fileSystem, options.cipher, (entry) =>
      view.apply(entry),
    );
    opened = found.ok ? ok(await continueJournal(options, found.value, view, unlock)) : found;
    return opened;
  } finally {
    if (!opened?.ok) await unlock();
  }
}

async function continueJournal(
  options: JournalOptions,
  found: FoundJournal,
  view: JournalView,
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
  const reader: Reader = createReader(folder, fileSystem, found.places, openWith(cipher, tail.journal));
  const appender = createAppender({
    ...{ folder, fileSystem, clock, view, tail },
    places: found.places,
    seal: sealWith(cipher, tail.journal),
    reserve,
  });
  return {
    view,
    head: () => appender.head(),
    append: (actor, drafts) => appender.append(actor, drafts),
    read: (after, limit) => reader.read(after, limit),
    attachments: (seq) => reader.attachments(seq),
    onAppended: (listener) => appender.onAppended(listener),
    id: bytesToHex(tail.journal),
    extents: createExtents(found.places),
    hasReserve: () => reserve.isKept(),
    opened: { entries: found.end.seq, cutBytes: cutBytes(found), created: found.journal === null },
    close: async () => {
      await appender.close();
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
