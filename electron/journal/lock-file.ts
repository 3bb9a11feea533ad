// One process, one journal. Electron's single-instance lock comes first; this file catches what it does not see: a
// second user, a copied program, a tool. A lock whose process is gone, or that is older than this boot, is taken over.
import { open, readFile, rm, stat } from "node:fs/promises";
import { uptime } from "node:os";
import { systemCode } from "./file-system.ts";

export async function takeLock(path: string): Promise<(() => Promise<void>) | undefined> {
  if (!(await writeLock(path))) {
    if (await isHeld(path)) return undefined;
    await rm(path, { force: true });
    if (!(await writeLock(path))) return undefined; // somebody else was quicker
  }
  return () => rm(path, { force: true });
}

async function writeLock(path: string): Promise<boolean> {
  try {
    const handle = await open(path, "wx", 0o600);
    try {
      await handle.writeFile(`${process.pid}\n`);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function isHeld(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).mtimeMs < Date.now() - uptime() * 1000 - BOOT_SLACK_MS) return false;
    const holder = Number((await readFile(path, "utf8")).trim());
    return Number.isSafeInteger(holder) && holder > 0 && isRunning(holder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** After a restart the number in an old lock may belong to any program: its age tells. */
const BOOT_SLACK_MS = 5_000;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === "EPERM"; // running, but not ours to signal
  }
}
