// Global set-up of the suites and rigs that start many registries: an empty PGlite takes seconds to make and a moment to copy,
// so one is made for the run. What is copied is what a registry leaves that was started once and stopped, and the packed
// empty index that it keeps once it has lost one. It lies in memory where there is a folder for that: PGlite never flushes, and
// its thousand small files cost a disk more than all the rest of a start. Journal, objects and keys stay on the disk.
import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMPTY_HEAD } from "../../registry/acceptance/journal.ts";
import { openPglite } from "../../registry/store/pglite.ts";
import { markAt } from "../../registry/store/open-index.ts";

const TEMPLATE = "JIANGPING_INDEX_TEMPLATE";
const SPARE = "empty-index.tgz";
const MEMORY = "/dev/shm";

export default async function makeTemplate(): Promise<() => void> {
  if (process.env[TEMPLATE] !== undefined) return () => undefined;
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "registry-index-"));
  mkdirSync(join(folder, "index"));
  const index = await openPglite(join(folder, "index", "pglite"), join(folder, SPARE));
  await index.close();
  writeFileSync(join(folder, "index", "closed-at"), markAt(EMPTY_HEAD));
  process.env[TEMPLATE] = folder;
  return () => {
    Reflect.deleteProperty(process.env, TEMPLATE);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** For a registry that has never run: it goes on with the empty index instead of making one. `removePlace` takes it away. */
export function layIndex(dataDir: string): void {
  const template = process.env[TEMPLATE];
  if (template === undefined) return;
  const own = mkdtempSync(join(template, "of-one-"));
  cpSync(join(template, "index"), own, { recursive: true });
  copyFileSync(join(template, SPARE), join(dataDir, SPARE));
  symlinkSync(own, join(dataDir, "index"), "junction");
}

/** A registry's folder, and its index if it still lies in memory. */
export function removePlace(dataDir: string): void {
  const index = join(dataDir, "index");
  if (lstatSync(index, { throwIfNoEntry: false })?.isSymbolicLink())
    rmSync(readlinkSync(index), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
