// How far each segment is flushed: what a copy may hold of it.
import type { EntryPlace } from "./segments.ts";

export interface Extent {
  readonly segment: number;
  /** Bytes from the start of the file that are flushed and whole. */
  readonly length: number;
}

/** Looks at every place once, however often it is asked. Segments without an entry are left out. */
export function createExtents(places: readonly EntryPlace[]): () => Extent[] {
  const lengths = new Map<number, number>();
  let seen = 0;
  return () => {
    for (const { segment, offset, length } of places.slice(seen)) lengths.set(segment, offset + length);
    seen = places.length;
    return [...lengths].map(([segment, length]) => ({ segment, length }));
  };
}
