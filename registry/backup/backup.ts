// `npm run registry -- --data DIR --backup TO`: a copy that can be started, made while the registry runs and takes batches.
// The order is what makes it one: the journal first, then the objects, because an entry is written only after its objects
// are stored; a copy in the other order could hold a receipt without its batch. Nothing is locked and nothing is written in
// DIR. A second backup into the same folder copies only the objects it lacks, and forgets what the operator took away.
import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { copyFile, mkdir, open, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HashId } from "#shared/base";
import { DataRefused } from "../data-refused.ts";
import { readAcceptanceJournal } from "../acceptance/journal.ts";
import { objectsNeededBy } from "../acceptance/needed.ts";
import { isBackup, markBackup, markUnfinished } from "./mark.ts";
import { SECRETS } from "../inspection/secrets.ts";
import { flushFolder } from "../keys/durable-file.ts";
import { HEAD_NAME } from "../log/published.ts";

export interface BackupAccount {
  readonly entries: number;
  readonly batches: number;
  /** Copied now, and there from an earlier backup. */
  readonly objects: { readonly copied: number; readonly standing: number };
}

const JOURNAL = "acceptance.journal";
/** What an operator keeps beside the journal; small, and read only at a start. */
const KEPT_BESIDE = ["keys.json", "builds.json", "register", "policies", "inspection.json"];

/** Throws `DataRefused` when there is nothing to copy, or when the copy could not be started. */
export async function backUp(dataDir: string, to: string): Promise<BackupAccount> {
  if (!(await exists(join(dataDir, JOURNAL))) || !(await exists(join(dataDir, "keys.json"))))
    throw new DataRefused(`${dataDir} holds no registry: there is no journal or no key file`);
  await mkdir(join(to, "objects"), { recursive: true, mode: 0o700 });
  await refuseOther(dataDir, to);
  await markUnfinished(to);
  for (const name of KEPT_BESIDE) await mirror(join(dataDir, name), join(to, name));
  // What was promised of the log comes before the journal, so that the copy never promises more than it has.
  await copyPromises(join(dataDir, "log"), join(to, "log"));
  // A running registry appends while this copies: the copy may end within a frame, which a start would cut as well.
  await copyDurably(join(dataDir, JOURNAL), join(to, JOURNAL));
  // A secret is stored before the entry that commits to it.
  await mirror(join(dataDir, SECRETS), join(to, SECRETS));
  const { found } = await readAcceptanceJournal(join(to, JOURNAL));
  const objects = await copyObjects(join(dataDir, "objects"), join(to, "objects"));
  await refuseLost(objectsNeededBy(found.map(({ entry }) => entry)), to);
  await flushFolder(to);
  await markBackup(to, Date.now(), found.length);
  const batches = found.filter(({ entry }) => entry.kind === "batch.accepted").length;
  return { entries: found.length, batches, objects };
}

/** A backup is never written over another registry's, nor over data that a registry has worked with: both would be lost. */
async function refuseOther(dataDir: string, to: string): Promise<void> {
  if (!(await exists(join(to, "keys.json")))) return;
  const [ours, theirs] = await Promise.all([dataDir, to].map((dir) => readFile(join(dir, "keys.json"))));
  if (ours && theirs && !ours.equals(theirs))
    throw new DataRefused(`${to} holds the backup of another registry; give another folder`);
  if (!isBackup(to))
    throw new DataRefused(`${to} is the data folder of a registry and no backup; give another folder`);
}

/** The same at `to` as at `from`, and nothing else: a list that was taken away would otherwise come back with a restore. */
async function mirror(from: string, to: string): Promise<void> {
  if (!(await exists(from))) return rm(to, { recursive: true, force: true });
  if (!(await stat(from)).isDirectory()) return copyDurably(from, to);
  await mkdir(to, { recursive: true, mode: 0o700 });
  const names = new Set([...(await readdir(from)), ...(await readdir(to))]);
  for (const name of names) await mirror(join(from, name), join(to, name));
  await flushFolder(to);
}

/** Checkpoints and the signed head of the journal; tiles are written again from the journal at a start. */
async function copyPromises(from: string, to: string): Promise<void> {
  if (!(await exists(from))) return;
  for (const name of await readdir(from)) {
    const promise = name === HEAD_NAME ? name : join(name, "checkpoint");
    if (!(await exists(join(from, promise)))) continue;
    const folder = dirname(join(to, promise));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await copyDurably(join(from, promise), join(to, promise));
    await flushFolder(folder);
  }
}

async function copyObjects(from: string, to: string): Promise<BackupAccount["objects"]> {
  const there = new Set(await readdir(to));
  let [copied, standing] = [0, 0];
  for (const name of await readdir(from)) {
    if (!/^[0-9a-f]{64}$/.test(name)) continue; // an upload on its way: the laptop goes on with it, or begins again
    if (there.has(name)) {
      standing += 1;
      continue;
    }
    await copyObject(name, from, to);
    copied += 1;
  }
  await flushFolder(to);
  return { copied, standing };
}

/** It gets its name only when it has its hash: the next backup believes the name. */
async function copyObject(name: string, from: string, to: string): Promise<void> {
  const temporary = await copyFlushed(join(from, name), join(to, name));
  if ((await hashOf(temporary)) !== name) {
    await rm(temporary);
    throw new DataRefused(`the object ${name} in ${from} is damaged; the backup is not complete`);
  }
  await rename(temporary, join(to, name));
}

async function refuseLost(needed: ReadonlySet<HashId>, to: string): Promise<void> {
  const here = new Set(await readdir(join(to, "objects")));
  const lost = [...needed].filter((wire) => !here.has(wire.slice("sha256:".length)));
  if (lost.length > 0)
    throw new DataRefused(
      `${lost.length} objects that receipts rest on are nowhere to be found, ${lost[0] ?? ""} first`,
    );
}

async function copyDurably(from: string, to: string): Promise<void> {
  await rename(await copyFlushed(from, to), to);
}

/** Under a name that nobody takes for the file itself. */
async function copyFlushed(from: string, to: string): Promise<string> {
  const temporary = `${to}.new`;
  await rm(temporary, { force: true });
  await copyFile(from, temporary, constants.COPYFILE_FICLONE);
  const file = await open(temporary, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return temporary;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
