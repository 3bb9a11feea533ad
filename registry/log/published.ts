// What the world sees of the log, as files (C2SP tlog-tiles): `DIR/log/<name>/checkpoint` and `DIR/log/<name>/tile/…`. Tiles can
// be written again from the journal at any time; a checkpoint is a promise, so it is on the disk before anybody gets it.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isEqualBytes, type Bytes, type LogOrigin } from "#shared/base";
import { TILE_WIDTH, tilePath, tilesOf, type TilePlace } from "#shared/wire";
import { readOrNothing, writeDurably } from "../keys/durable-file.ts";
import type { OneLog } from "./one-log.ts";

/** `registry.…/results/2026` lies in `log/2026`. */
export function logFolder(dataDir: string, origin: LogOrigin): string {
  return join(dataDir, "log", nameOf(origin));
}

export function nameOf(origin: LogOrigin): string {
  return origin.slice(origin.lastIndexOf("/") + 1);
}

export function readCheckpointFile(dataDir: string, origin: LogOrigin): Promise<Bytes | undefined> {
  return readOrNothing(join(logFolder(dataDir, origin), "checkpoint"));
}

export async function writeCheckpointFile(dataDir: string, origin: LogOrigin, note: Bytes): Promise<void> {
  const folder = logFolder(dataDir, origin);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(join(folder, "checkpoint"), note, 0o600);
}

/** A note beside the logs: how far the journal reached when this was signed, and the hash of its frame there. */
export const HEAD_NAME = "journal-head";
export const JOURNAL_HEAD_FILE = join("log", HEAD_NAME);

/** The tiles that a tree of `size` has and one of `from` leaves had not. */
export async function writeTiles(dataDir: string, log: OneLog, from: number, size: number): Promise<void> {
  for (const place of tilesOf(size, from)) await writeTile(dataDir, log, place);
}

/** Writes what is missing or is not what the journal says; how many tiles were not. */
export async function mendTiles(dataDir: string, log: OneLog): Promise<number> {
  let mended = 0;
  for (const place of tilesOf(log.tree.size())) {
    const found = await readOrNothing(join(logFolder(dataDir, log.origin), tilePath(place)));
    const isRight = found && isEqualBytes(found, log.tile(place));
    if (found && !isRight) mended += 1;
    if (isRight) await dropNarrower(dataDir, log.origin, place);
    else await writeTile(dataDir, log, place);
  }
  return mended;
}

async function writeTile(dataDir: string, log: OneLog, place: TilePlace): Promise<void> {
  const path = join(logFolder(dataDir, log.origin), tilePath(place));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, log.tile(place), { mode: 0o600 });
  await dropNarrower(dataDir, log.origin, place);
}

/** One file a tile: a narrower one is its beginning, and is served from there. */
async function dropNarrower(dataDir: string, origin: LogOrigin, place: TilePlace): Promise<void> {
  const own = tilePath(place);
  const whole = tilePath({ ...place, width: TILE_WIDTH });
  const folder = join(logFolder(dataDir, origin), `${whole}.p`);
  if (place.width === TILE_WIDTH) return rm(folder, { recursive: true, force: true });
  for (const width of await readdir(folder))
    if (`${whole}.p/${width}` !== own) await rm(join(folder, width), { force: true });
}
