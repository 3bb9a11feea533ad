// Global set-up of the suites and rigs that start many registries: an empty PGlite takes seconds to make and a moment to copy,
// so one is made for the run. What is copied is what a registry leaves that was started once and stopped, and the packed
// empty index that it keeps once it has lost one.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMPTY_HEAD } from "../../registry/acceptance/journal.ts";
import { openPglite } from "../../registry/store/pglite.ts";
import { markAt } from "../../registry/store/open-index.ts";

const TEMPLATE = "JIANGPING_INDEX_TEMPLATE";

export default async function makeTemplate(): Promise<() => void> {
  if (process.env[TEMPLATE] !== undefined) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), "registry-index-"));
  mkdirSync(join(folder, "index"));
  const index = await openPglite(join(folder, "index", "pglite"), join(folder, "empty-index.tgz"));
  await index.close();
  writeFileSync(join(folder, "index", "closed-at"), markAt(EMPTY_HEAD));
  process.env[TEMPLATE] = folder;
  return () => {
    Reflect.deleteProperty(process.env, TEMPLATE);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** For a registry that has never run: it goes on with the empty index instead of making one. */
export function layIndex(dataDir: string): void {
  const folder = process.env[TEMPLATE];
  if (folder !== undefined) cpSync(folder, dataDir, { recursive: true });
}
