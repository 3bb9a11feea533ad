// Where the pieces of a log lie and how they are written (C2SP tlog-tiles): tiles of up to 256 hashes, bundles of up to
// 256 leaves, each under a path that says which.
import { concatBytes, type Bytes } from "#shared/base";

export const TILE_WIDTH = 256;
export const HASH_BYTES = 32;

export interface TilePlace {
  /** Level 0 holds leaf hashes; "entries" the leaves themselves. */
  readonly level: number | "entries";
  readonly index: number;
  /** 1 to 256; less than 256 is a partial tile at the right edge. */
  readonly width: number;
}

/** `tile/0/x001/x234/067`, `tile/entries/000.p/17`. */
export function tilePath({ level, index, width }: TilePlace): string {
  const partial = width < TILE_WIDTH ? `.p/${width}` : "";
  return `tile/${level}/${indexPath(index)}${partial}`;
}

/** A path as `tilePath` writes it, and nothing else: no other spelling reaches the disk. */
export function readTilePath(path: string): TilePlace | undefined {
  const [, level, index, width] =
    /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (level === undefined || index === undefined) return undefined;
  const place: TilePlace = {
    level: level === "entries" ? level : Number(level),
    index: Number(index.replace(/[x/]/g, "")),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const isWritten = place.width > 0 && Number.isSafeInteger(place.index) && tilePath(place) === path;
  return isWritten && (place.level === "entries" || place.level <= 63) ? place : undefined;
}

/** The tiles, and the bundles, of a tree of `size` leaves that no smaller tree had in full: where reading starts. */
export function tilesOf(size: number): TilePlace[] {
  const places: TilePlace[] = rowOf("entries", size);
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH))
    places.push(...rowOf(level, count));
  return places;
}

/** How many leaves a tree has at least that has this tile. */
export function lastLeafOf({ level, index, width }: TilePlace): number {
  return (index * TILE_WIDTH + width) * (level === "entries" ? 1 : TILE_WIDTH ** level);
}

/** Leaves, each after its length as a big-endian u16. */
export function writeEntryBundle(leaves: readonly Bytes[]): Bytes {
  return concatBytes(
    ...leaves.flatMap((leaf) => [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf]),
  );
}

export function readEntryBundle(bundle: Bytes): Bytes[] | undefined {
  const leaves: Bytes[] = [];
  for (let at = 0; at < bundle.length;) {
    const [high, low] = [bundle[at], bundle[at + 1]];
    if (high === undefined || low === undefined) return undefined;
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length || leaves.length === TILE_WIDTH) return undefined;
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}

function rowOf(level: TilePlace["level"], count: number): TilePlace[] {
  return Array.from({ length: Math.ceil(count / TILE_WIDTH) }, (_, index) => ({
    level,
    index,
    width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH),
  }));
}

function indexPath(index: number): string {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, "0")
    .match(/\d{3}/g);
  return (groups ?? []).map((group, i, all) => (i < all.length - 1 ? `x${group}` : group)).join("/");
}
