// What tells a backup from the data of a registry. Laptops have seen more of the public log than a restored journal has, so
// the first start of a backup must open a new log; and a folder that was started is never written over by the next backup.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { utf8 } from "#shared/base";
import { DataRefused } from "../data-refused.ts";
import { writeDurably } from "../keys/durable-file.ts";

const MARK = "backup.json";

export async function markBackup(folder: string, at: number, entries: number): Promise<void> {
  await writeDurably(join(folder, MARK), utf8(`${JSON.stringify({ at, entries })}\n`), 0o600);
}

export async function isBackup(folder: string): Promise<boolean> {
  try {
    await readFile(join(folder, MARK));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** Throws `DataRefused` when the folder is a backup and nobody said that the log may go on under a new name. */
export async function refuseUnopened(dataDir: string, isNewLogWanted: boolean): Promise<void> {
  if (!isNewLogWanted && (await isBackup(dataDir)))
    throw new DataRefused(
      `${dataDir} is a backup: start it once with --open-log, and never beside the registry it is of. What was accepted after` +
        " the backup comes again from the laptops, and the public log goes on under a new name",
    );
}

/** The new log is open: from here on this is the data of a registry. */
export async function unmark(dataDir: string): Promise<void> {
  await rm(join(dataDir, MARK), { force: true });
}
