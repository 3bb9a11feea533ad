// What tells a backup from the data of a registry. Laptops have seen more of the public log than a restored journal has, so
// the first start of a backup must open a new log; and a folder that was started is never written over by the next backup.
// A backup that did not come to its end says so first and last, because half of one looks like all of it.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { utf8 } from "#shared/base";
import { DataRefused } from "../data-refused.ts";
import { flushFolder, writeDurably } from "../keys/durable-file.ts";

const MARK = "backup.json";
const UNFINISHED = "backup.unfinished";

/** Before anything else is copied. */
export async function markUnfinished(folder: string): Promise<void> {
  await writeDurably(join(folder, UNFINISHED), utf8("this backup did not come to its end\n"), 0o600);
}

/** Everything is copied and flushed. */
export async function markBackup(folder: string, at: number, entries: number): Promise<void> {
  await writeDurably(join(folder, MARK), utf8(`${JSON.stringify({ at, entries })}\n`), 0o600);
  await rm(join(folder, UNFINISHED), { force: true });
  await flushFolder(folder);
}

/** Whole or not. */
export function isBackup(folder: string): boolean {
  return existsSync(join(folder, MARK)) || isUnfinished(folder);
}

function isUnfinished(folder: string): boolean {
  return existsSync(join(folder, UNFINISHED));
}

/** Throws `DataRefused` for half a backup. */
export function refuseUnfinished(dataDir: string): void {
  if (isUnfinished(dataDir))
    throw new DataRefused(
      `${dataDir} is a backup that did not come to its end: what it lacks nobody can say. Make it again into the same folder, or` +
        " start another one",
    );
}

/** Throws `DataRefused` for half a backup, and for a whole one when nobody said that the log may go on under a new name. */
export function refuseUnopened(dataDir: string, isNewLogWanted: boolean): void {
  refuseUnfinished(dataDir);
  if (!isNewLogWanted && isBackup(dataDir))
    throw new DataRefused(
      `${dataDir} is a backup: start it once with --open-log, and never beside the registry it is of. What was accepted after` +
        " the backup comes again from the laptops, and the public log goes on under a new name",
    );
}

/** The new log is open: from here on this is the data of a registry. */
export async function unmark(dataDir: string): Promise<void> {
  await rm(join(dataDir, MARK), { force: true });
}
