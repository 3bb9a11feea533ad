// Reads entries back from the segments. Memory keeps only where an entry lies; its hash is checked at every reading.
import { join } from "node:path";
import { invariant, type Bytes } from "#shared/base";
import type { StoredEntry } from "#shared/journal";
import { decodeBody, splitBody } from "./entry-body.ts";
import type { FileSystem, OpenFile } from "./file-system.ts";
import { decodeFrame, type Frame } from "./frame.ts";
import type { OpenFrame } from "./seal.ts";
import { segmentName, type EntryPlace } from "./segments.ts";

export interface Reader {
  read(after: number, limit: number): Promise<StoredEntry[]>;
  attachments(seq: number): Promise<Bytes[]>;
  close(): Promise<void>;
}

/** Neighbouring entries are fetched together, up to this much at a time. */
const SPAN_BYTES = 1024 * 1024;

/** `places` grows while the journal is written; an entry is in it once it is flushed. */
export function createReader(
  folder: string,
  fileSystem: FileSystem,
  places: readonly EntryPlace[],
  open: OpenFrame,
): Reader {
  const files = new Map<number, Promise<OpenFile>>();

  function fileOf(segment: number): Promise<OpenFile> {
    const known = files.get(segment);
    if (known) return known;
    const file = fileSystem.open(join(folder, segmentName(segment)), "read");
    files.set(segment, file);
    file.catch(() => files.delete(segment)); // whoever asked gets the error, the next one tries again
    return file;
  }

  async function readSpan(first: number, end: number): Promise<Frame[]> {
    const span = spanFrom(places, first, end);
    const [start] = span;
    const last = span.at(-1);
    invariant(start && last, "a span begins with an entry");
    const file = await fileOf(start.segment);
    const bytes = await file.read(start.offset, last.offset + last.length - start.offset);
    return span.map(({ offset }, i) => {
      const frame = decodeFrame(bytes, offset - start.offset);
      if (frame?.seq !== first + i + 1) throw new Error(`journal entry ${first + i + 1} cannot be read back`);
      return frame;
    });
  }

  return {
    read: async (after, limit) => {
      const end = Math.min(places.length, after + limit);
      const entries: StoredEntry[] = [];
      let at = after;
      while (at < end) {
        const frames = await readSpan(at, end);
        entries.push(...frames.map((frame) => storedEntry(frame, open)));
        at += frames.length;
      }
      return entries;
    },
    attachments: async (seq) => {
      if (seq < 1 || seq > places.length) return [];
      const [frame] = await readSpan(seq - 1, seq);
      return (frame && splitBody(clearOf(frame, open))?.attachments) ?? [];
    },
    close: async () => {
      const open = [...files.values()];
      files.clear();
      for (const file of open) await (await file).close();
    },
  };
}

/** Entries from `first` on that lie in one segment and fit one reading; at least one. */
function spanFrom(places: readonly EntryPlace[], first: number, end: number): EntryPlace[] {
  const span: EntryPlace[] = [];
  let bytes = 0;
  for (const place of places.slice(first, end)) {
    bytes += place.length;
    if (span.length > 0 && (bytes > SPAN_BYTES || place.segment !== span[0]?.segment)) break;
    span.push(place);
  }
  return span;
}

function clearOf(frame: Frame, open: OpenFrame): Bytes {
  const clear = open(frame);
  if (!clear.ok) throw new Error(`journal entry ${frame.seq} cannot be read back`);
  return clear.value;
}

function storedEntry(frame: Frame, open: OpenFrame): StoredEntry {
  const body = decodeBody(clearOf(frame, open));
  if (!body.ok) throw new Error(`journal entry ${frame.seq} cannot be read back`);
  return { entry: body.value.entry, hash: frame.hash };
}
