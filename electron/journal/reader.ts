// Reads entries back from the segments. Memory keeps only where an entry lies; its hash is checked at every reading.
import { join } from "node:path";
import { invariant, utf8ToText, type Bytes } from "#shared/base";
import type { StoredEntry } from "#shared/journal";
import { decodeBody, splitBody } from "./entry-body.ts";
import type { FileSystem, OpenFile } from "./file-system.ts";
import { decodeFrame, type Frame } from "./frame.ts";
import type { OpenFrame } from "./seal.ts";
import type { Places } from "./places.ts";
import { segmentName } from "./segments.ts";

export interface Reader {
  read(after: number, limit: number): Promise<StoredEntry[]>;
  readText(after: number, limit: number): Promise<string>;
  attachments(seq: number): Promise<Bytes[]>;
  close(): Promise<void>;
}

/** Neighbouring entries are fetched together, up to this much at a time. */
const SPAN_BYTES = 1024 * 1024;

/** `places` grows while the journal is written; an entry is in it once it is flushed. */
export function createReader(
  folder: string,
  fileSystem: FileSystem,
  places: Places,
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

  /** Entries from `first` on that lie side by side; at least one. */
  async function readSpan(first: number, end: number): Promise<Frame[]> {
    const span = await places.from(first, end, SPAN_BYTES);
    const [start] = span;
    const last = span.at(-1);
    invariant(start && last, "a span begins with an entry");
    const file = await fileOf(start.segment);
    const bytes = await file.read(start.offset, last.offset + last.length - start.offset);
    return span.map(({ offset }, i) => {
      const frame = decodeFrame(bytes, offset - start.offset);
      if (frame?.seq !== first + i) throw new Error(`journal entry ${first + i} cannot be read back`);
      return frame;
    });
  }

  async function readEach<T>(after: number, limit: number, from: (frame: Frame) => T): Promise<T[]> {
    const end = Math.min(places.count(), after + limit);
    const found: T[] = [];
    while (after + found.length < end) {
      const frames = await readSpan(after + found.length + 1, end);
      for (const frame of frames) found.push(from(frame));
    }
    return found;
  }

  return {
    read: (after, limit) => readEach(after, limit, (frame) => storedEntry(frame, open)),
    readText: async (after, limit) =>
      `[${(await readEach(after, limit, (frame) => storedText(frame, open))).join(",")}]`,
    attachments: async (seq) => {
      if (seq < 1 || seq > places.count()) return [];
      const [frame] = await readSpan(seq, seq);
      return (frame && splitBody(clearOf(frame, open))?.attachments) ?? [];
    },
    close: async () => {
      const open = [...files.values()];
      files.clear();
      for (const file of open) await (await file).close();
    },
  };
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

function storedText(frame: Frame, open: OpenFrame): string {
  const text = splitBody(clearOf(frame, open))?.text;
  if (!text) throw new Error(`journal entry ${frame.seq} cannot be read back`);
  return `{"entry":${utf8ToText(text)},"hash":"${frame.hash}"}`;
}
