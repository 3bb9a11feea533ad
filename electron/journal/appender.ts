// The only writer. Calls queue up; one loop takes all that wait, writes them with one write and one flush, and only
// then shows them in the view, answers the callers and tells the listeners (P1, P4). What cannot be folded is never written.
import { invariant, ok, refuse, type Bytes, type ClockReading, type HashId } from "#shared/base";
import type { PersonId, Refusal, Result } from "#shared/base";
import {
  viewAfter,
  type EntryBody,
  type GrowingView,
  type RowWrite,
  type StoredEntry,
} from "#shared/journal";
import { isFull, systemCode, type FileSystem } from "./file-system.ts";
import { encodeCall, type EncodedCall } from "./encode-call.ts";
import { HEADER_BYTES } from "./segment-header.ts";
import type { Reserve } from "./reserve.ts";
import type { EntryPlace, Places } from "./places.ts";
import { createSegment, writeFully, type Tail } from "./tail.ts";

/** `journal.full`: nothing was written, later appends may work. `journal.failed`: reopen to know what was written. */
export type AppendRefusal = Refusal<"journal.full" | "journal.failed">;

export interface Draft {
  readonly body: EntryBody;
  readonly attachments?: readonly Bytes[];
}

export interface Appender {
  /** All drafts as one group: after a power cut all of them are there or none. */
  append(actor: PersonId | null, drafts: readonly Draft[]): Promise<Result<StoredEntry[], AppendRefusal>>;
  head(): { readonly seq: number; readonly hash: HashId };
  /** Called once after each flush, with the newest sequence, when whoever asked has the answer. */
  onAppended(listener: (seq: number) => void): () => void;
  /** Waits for what was queued; afterwards every append is refused. */
  close(): Promise<void>;
}

export interface AppenderParts {
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly clock: { read(): ClockReading };
  readonly view: GrowingView;
  readonly tail: Tail;
  readonly places: Places;
  readonly seal: (clear: Bytes, head: Bytes) => Bytes;
  /** What the next seal needs can be made now. */
  readonly getReady: () => void;
  readonly reserve: Reserve;
}

interface Call {
  readonly actor: PersonId | null;
  readonly drafts: readonly Draft[];
  readonly at: ClockReading;
  readonly answer: (result: Result<StoredEntry[], AppendRefusal>) => void;
  readonly fail: (bug: unknown) => void;
}

interface EncodedOf extends EncodedCall {
  readonly call: Call;
  readonly writes: readonly RowWrite[];
}

const SEGMENT_BYTES = 8 * 1024 * 1024;

export function createAppender(parts: AppenderParts): Appender {
  const { folder, fileSystem, clock, view, places } = parts;
  const listeners = new Set<(seq: number) => void>();
  let tail = parts.tail;
  let queue: Call[] = [];
  let writing: Promise<void> | null = null;
  /** Why nothing is written any more; null while all is well. */
  let stopped: string | null = null;

  async function writeQueued(): Promise<void> {
    await Promise.resolve(); // let everything that is asked for in this turn share the flush
    while (queue.length > 0) {
      const calls = queue;
      queue = [];
      try {
        await commit(calls);
      } catch (bug) {
        stopped = "bug"; // nobody knows what is on the disk now: the next start will
        for (const call of calls) call.fail(bug);
      }
    }
    writing = null;
  }

  async function commit(calls: readonly Call[]): Promise<void> {
    if (stopped !== null) {
      refuseAll(calls, failed(stopped));
      return;
    }
    const encoded = encodeAll(calls);
    if (encoded.length === 0) return;
    const frames = encoded.flatMap((one) => one.frames);
    let flushed = await writeAndFlush(frames);
    if (!flushed.ok && flushed.error.code === "journal.full" && (await parts.reserve.release()))
      flushed = await writeAndFlush(frames);
    if (flushed.ok) accept(encoded, flushed.value);
    else refuseAll(calls, flushed.error);
  }

  function accept(encoded: readonly EncodedOf[], placed: readonly EntryPlace[]): void {
    const [end, last] = [encoded.at(-1)?.end, placed.at(-1)];
    invariant(end && last, "a commit has frames");
    tail = { ...tail, ...end, length: last.offset + last.length };
    for (const place of placed) places.add(place);
    for (const { writes } of encoded) view.take(writes);
    for (const { call, stored } of encoded) call.answer(ok(stored));
    // The next seal, another copy, a checkpoint, the news for the window: nothing of it stands between a caller and the answer.
    // A listener's bug is its own: it must not stop the others.
    setImmediate(() => {
      for (const listener of listeners) queueMicrotask(() => listener(end.seq));
      parts.getReady();
    });
  }

  /** Numbers and chains the calls in order. One that does not fit the tables is a bug of its caller and left out. */
  function encodeAll(calls: readonly Call[]): EncodedOf[] {
    const rehearsal = viewAfter(view);
    const encoded: EncodedOf[] = [];
    for (const call of calls) {
      try {
        const before = encoded.at(-1)?.end ?? tail;
        const next = encodeCall(call, before, tail.seq, parts.seal);
        const writes = rehearsal.take(next.stored.map(({ entry }) => entry));
        encoded.push({ ...next, call, writes });
      } catch (bug) {
        call.fail(bug);
      }
    }
    return encoded;
  }

  async function writeAndFlush(frames: EncodedCall["frames"]): Promise<Result<EntryPlace[], AppendRefusal>> {
    const size = frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (tail.length > HEADER_BYTES && tail.length + size > SEGMENT_BYTES) {
      const rolled = await rollSegment();
      if (!rolled.ok) return rolled;
    }
    const bytes = new Uint8Array(size);
    const placed: EntryPlace[] = [];
    let at = 0;
    for (const frame of frames) {
      bytes.set(frame.bytes, at);
      placed.push({ segment: tail.segment, offset: tail.length + at, length: frame.bytes.length });
      at += frame.bytes.length;
    }
    try {
      await writeFully(tail.file, bytes, tail.length);
    } catch (error) {
      return takeBack(systemCode(error));
    }
    try {
      await tail.file.datasync();
    } catch (error) {
      return stop(systemCode(error)); // a second flush may say yes and mean nothing: the system forgot the pages
    }
    return ok(placed);
  }

  async function rollSegment(): Promise<Result<void, AppendRefusal>> {
    const former = tail.file;
    const { journal, segment, seq, hash } = tail;
    try {
      tail = await createSegment(folder, fileSystem, { journal, segment: segment + 1, seq, hash });
      await former.close();
      return ok(undefined);
    } catch (error) {
      const code = systemCode(error);
      return isFull(code) ? refuse({ code: "journal.full" }) : stop(code);
    }
  }

  /** A full disk takes nothing: the part that was written goes, so that a refused entry cannot come back later. */
  async function takeBack(code: string): Promise<Result<never, AppendRefusal>> {
    if (!isFull(code)) return stop(code);
    try {
      await tail.file.truncate(tail.length);
      await tail.file.sync();
    } catch (error) {
      return stop(systemCode(error));
    }
    return refuse({ code: "journal.full" });
  }

  function stop(code: string): Result<never, AppendRefusal> {
    stopped = code;
    return refuse(failed(code));
  }

  return {
    append: (actor, drafts) => {
      if (stopped !== null) return Promise.resolve(refuse(failed(stopped)));
      if (drafts.length === 0) return Promise.resolve(ok([]));
      return new Promise((answer, fail) => {
        queue.push({ actor, drafts, at: clock.read(), answer, fail });
        writing ??= writeQueued();
      });
    },
    head: () => ({ seq: tail.seq, hash: tail.hash }),
    onAppended: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      await writing;
      stopped ??= "closed";
      await tail.file.close();
    },
  };
}

function refuseAll(calls: readonly Call[], refusal: AppendRefusal): void {
  for (const call of calls) call.answer(refuse(refusal));
}

function failed(error: string): AppendRefusal {
  return { code: "journal.failed", facts: { error } };
}
