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

/** The tiles, and the bundles, of a tree of `size` leaves that it had not when it had `from`: none of the others is looked at. */
export function tilesOf(size: number, from = 0): TilePlace[] {
  const places: TilePlace[] = rowOf("entries", size, from);
  for (let level = 0, count = size, had = from; count > 0; level++) {
    places.push(...rowOf(level, count, had));
    [count, had] = [Math.floor(count / TILE_WIDTH), Math.floor(had / TILE_WIDTH)];
  }
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

function rowOf(level: TilePlace["level"], count: number, had: number): TilePlace[] {
  if (count === had) return [];
  const first = Math.floor(had / TILE_WIDTH);
  return Array.from({ length: Math.ceil(count / TILE_WIDTH) - first }, (_, i) => ({
    level,
    index: first + i,
    width: Math.min(TILE_WIDTH, count - (first + i) * TILE_WIDTH),
  }));
}

function indexPath(index: number): string {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, "0")
    .match(/\d{3}/g);
  return (groups ?? []).map((group, i, all) => (i < all.length - 1 ? `x${group}` : group)).join("/");
}
