// The row of segment files: their names, and reading them all in order before anything is written. What it finds is
// either a whole journal with at most a torn tail, or trouble that a person must see.
import { join } from "node:path";
import { isEqualBytes, NO_HASH, ok, refuse, type Bytes, type Refusal, type Result } from "#shared/base";
import type { JournalEntry } from "#shared/journal";
import { checkSegment, type ChainPlace } from "./check-segment.ts";
import type { FileSystem } from "./file-system.ts";
import type { EntryPlace } from "./places.ts";
import { openWith, type CipherSource } from "./seal.ts";
import { decodeHeader, HEADER_BYTES } from "./segment-header.ts";

export interface FoundJournal {
  /** Null while there is no segment at all. */
  readonly journal: Bytes | null;
  readonly end: ChainPlace;
  /** Number of the newest usable segment, 0 while there is none, and how much of it is whole. */
  readonly last: { readonly segment: number; readonly whole: number; readonly size: number };
  /** A segment whose header was never finished: nothing was ever written to it. */
  readonly unfinished: { readonly segment: number; readonly size: number } | null;
}

export type DamageRefusal = Refusal<"journal.damaged" | "journal.newer" | "journal.locked">;

/** Where to begin when a checkpoint vouches for what lies before. */
export interface ReadFrom {
  readonly journal: Bytes;
  readonly segment: number;
  readonly offset: number;
  readonly end: ChainPlace;
}

export async function readSegments(
  folder: string,
  fileSystem: FileSystem,
  cipher: CipherSource,
  take: (entry: JournalEntry, place: EntryPlace) => void,
  from: ReadFrom | null = null,
): Promise<Result<FoundJournal, DamageRefusal>> {
  const numbers = await segmentNumbers(folder, fileSystem);
  let found: FoundJournal = from
    ? { ...NOTHING_FOUND(), journal: from.journal, end: from.end }
    : NOTHING_FOUND();
  for (const [i, segment] of numbers.entries()) {
    if (from && segment < from.segment) continue;
    const isLast = i === numbers.length - 1;
    if (segment !== i + 1) return damage("journal.damaged", i + 1, 0, found.end.seq, "segment.missing");
    const bytes = await readWhole(join(folder, segmentName(segment)), fileSystem);
    const start = segment === from?.segment ? from.offset : null;
    const next = addSegment(found, segment, { bytes, isLast, start }, cipher, take);
    if (!next.ok) return next;
    found = next.value;
  }
  return ok(found);
}

export async function segmentNumbers(folder: string, fileSystem: FileSystem): Promise<number[]> {
  return (await fileSystem.list(folder)).flatMap(segmentNumber).sort((a, b) => a - b);
}

export function segmentName(segment: number): string {
  return `${String(segment).padStart(6, "0")}.jpj`;
}

const NOTHING_FOUND = (): FoundJournal => ({
  journal: null,
  end: { seq: 0, hash: NO_HASH },
  last: { segment: 0, whole: 0, size: 0 },
  unfinished: null,
});

function segmentNumber(name: string): number[] {
  const found = /^(\d{6})\.jpj$/.exec(name);
  return found ? [Number(found[1])] : [];
}

export async function readWhole(path: string, fileSystem: FileSystem): Promise<Bytes> {
  const file = await fileSystem.open(path, "read");
  try {
    return await file.read(0, await file.size());
  } finally {
    await file.close();
  }
}

function addSegment(
  found: FoundJournal,
  segment: number,
  {
    bytes,
    isLast,
    start,
  }: { readonly bytes: Bytes; readonly isLast: boolean; readonly start: number | null },
  cipher: CipherSource,
  take: (entry: JournalEntry, place: EntryPlace) => void,
): Result<FoundJournal, DamageRefusal> {
  const { seq } = found.end;
  const header = decodeHeader(bytes);
  if (!header.ok) {
    if (header.error === "newer") return damage("journal.newer", segment, 0, seq, "segment.version");
    // The header is flushed before the first frame is written: with frames behind it, a bad header is damage.
    if (isLast && bytes.length <= HEADER_BYTES)
      return ok({ ...found, unfinished: { segment, size: bytes.length } });
    return damage("journal.damaged", segment, 0, seq, "segment.header");
  }
  const { journal, firstSeq, prev } = header.value;
  // Where the reading begins in the middle of a segment, its header speaks of entries that are not read.
  const isNext = start !== null || (firstSeq === seq + 1 && prev === found.end.hash);
  if (!isNext || (found.journal && !isEqualBytes(found.journal, journal)))
    return damage("journal.damaged", segment, 0, seq, "segment.chain");
  const checked = checkSegment(bytes, start ?? HEADER_BYTES, found.end, isLast, openWith(cipher, journal));
  if (!checked.ok) {
    const { kind, offset, reason } = checked.error;
    return damage(`journal.${kind}`, segment, offset, checked.error.seq, reason);
  }
  for (const { entry, offset, length } of checked.value.found) take(entry, { segment, offset, length });
  const last = { segment, whole: checked.value.whole, size: bytes.length };
  return ok({ ...found, journal, end: checked.value.end, last });
}

export function damage(
  code: DamageRefusal["code"],
  segment: number,
  offset: number,
  seq: number,
  reason: string,
) {
  return refuse({ code, facts: { segment, offset, seq, reason } });
}
