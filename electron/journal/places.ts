// Where each entry lies. Of a segment that a checkpoint vouches for only its span is known; its entries are looked up on
// the disk when the first of them is read.
import { invariant } from "#shared/base";

export interface EntryPlace {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

export interface Extent {
  readonly segment: number;
  /** Bytes from the start of the file that are flushed and whole. */
  readonly length: number;
}

/** Entries from `firstSeq` on, up to `length` in the file. */
export interface Span extends Extent {
  readonly firstSeq: number;
}

export interface Places {
  /** The next entry in order. */
  add(place: EntryPlace): void;
  /** How many entries there are: the last sequence. */
  count(): number;
  last(): EntryPlace | null;
  /** Places from `seq` on that lie in one segment and within `mostBytes`; at least one. */
  from(seq: number, end: number, mostBytes: number): Promise<EntryPlace[]>;
  /** What is flushed of each segment that holds entries: what a copy may hold of it. */
  extents(): Extent[];
  spans(): Span[];
}

/** What a checkpoint says about the entries up to its own. */
export interface Vouched {
  readonly spans: readonly Span[];
  readonly last: EntryPlace | null;
  readonly count: number;
}

interface KnownSpan {
  readonly segment: number;
  readonly firstSeq: number;
  length: number;
  /** Where its entries begin; null until they were looked up. */
  starts: number[] | null;
}

/** `lookUp` reads where the entries of a segment begin. */
export function createPlaces(
  lookUp: (span: Span) => Promise<number[]>,
  vouched: Vouched = { spans: [], last: null, count: 0 },
): Places {
  const spans: KnownSpan[] = vouched.spans.map((span) => ({ ...span, starts: null }));
  /** Entries that came after a shut span, until its own are looked up. */
  const behind = new Map<KnownSpan, number[]>();
  let { count, last: newest } = vouched;

  function spanOf(seq: number): KnownSpan {
    const found = spans.findLast(({ firstSeq }) => firstSeq <= seq);
    invariant(found && seq <= count, "an entry that was written lies somewhere");
    return found;
  }

  async function startsOf(span: KnownSpan): Promise<readonly number[]> {
    if (span.starts) return span.starts;
    const length = behind.get(span)?.[0] ?? span.length;
    const { segment, firstSeq } = span;
    const found = await lookUp({ segment, firstSeq, length });
    span.starts ??= [...found, ...(behind.get(span) ?? [])];
    behind.delete(span);
    return span.starts;
  }

  return {
    add: (place) => {
      const { segment, offset, length } = place;
      count += 1;
      newest = place;
      const last = spans.at(-1);
      if (last?.segment !== segment) {
        spans.push({ segment, firstSeq: count, length: offset + length, starts: [offset] });
        return;
      }
      last.length = offset + length;
      const later = last.starts ?? behind.get(last);
      if (later) later.push(offset);
      else behind.set(last, [offset]);
    },
    count: () => count,
    last: () => newest,
    from: async (seq, end, mostBytes) => {
      const span = spanOf(seq);
      const starts = await startsOf(span);
      const places: EntryPlace[] = [];
      let bytes = 0;
      for (let at = seq - span.firstSeq; at < starts.length && span.firstSeq + at <= end; at++) {
        const offset = starts[at] ?? 0;
        const length = (starts[at + 1] ?? span.length) - offset;
        bytes += length;
        if (places.length > 0 && bytes > mostBytes) break;
        places.push({ segment: span.segment, offset, length });
      }
      return places;
    },
    extents: () => spans.map(({ segment, length }) => ({ segment, length })),
    spans: () => spans.map(({ segment, firstSeq, length }) => ({ segment, firstSeq, length })),
  };
}
