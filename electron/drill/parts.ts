// The real parts a process of the drill works with. They are handed in, so that a test can put a broken one in their place
// and see the drill fall short: a drill that cannot fail says nothing.
import {
  hexToBytes,
  ok,
  refuse,
  type Bytes,
  type ClockReading,
  type Refusal,
  type Result,
} from "#shared/base";
import type { StoredEntry } from "#shared/journal";
import type { watchClock } from "../desk/index.ts";
import {
  createJournalCipher,
  type createJournalCopy,
  type FileSystem,
  type openJournal,
  type OpenJournal,
} from "../journal/index.ts";
import type { createOutbox } from "../outbox/index.ts";

export interface Parts {
  readonly fileSystem: FileSystem;
  readonly openJournal: typeof openJournal;
  readonly createJournalCopy: typeof createJournalCopy;
  readonly createOutbox: typeof createOutbox;
  readonly watchClock: typeof watchClock;
  readonly openStore: OpenStore;
  readonly clock: () => ClockReading;
  readonly random: (length: number) => Bytes;
  readonly after: (ms: number, act: () => void) => () => void;
}

/** The window's own store in a hidden window: fills itself from the journal and hands out what it holds. */
export type OpenStore = (
  read: (after: number) => Promise<{ entries: StoredEntry[]; head: ReturnType<OpenJournal["head"]> }>,
) => Promise<StoreFound>;

export interface StoreFound {
  /** Why it was made anew; null when it was only brought level. */
  readonly account: string | null;
  /** By table. */
  readonly rows: Readonly<Record<string, readonly (readonly [key: string, row: unknown])[]>>;
}

export interface ScratchOptions {
  readonly folder: string;
  readonly key: string;
  readonly fileSystem?: FileSystem;
  readonly clock?: () => ClockReading;
  readonly reserveBytes?: number;
}

export async function openScratch(
  options: ScratchOptions,
  parts: Parts,
): Promise<Result<OpenJournal, Refusal>> {
  const cipher = createJournalCipher(new Uint8Array(hexToBytes(options.key)), parts.random);
  const opened = await parts.openJournal({
    folder: options.folder,
    clock: { read: options.clock ?? parts.clock },
    random: parts.random,
    fileSystem: options.fileSystem ?? parts.fileSystem,
    reserveBytes: options.reserveBytes ?? 0,
    checkpoints: { build: "drill", every: Number.POSITIVE_INFINITY },
    cipher: () => cipher,
  });
  return opened.ok ? ok(opened.value) : refuse(opened.error);
}
