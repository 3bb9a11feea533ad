// One process a data folder: the embedded database takes no lock of its own and two writers would destroy it
// (protocol F2). A lock left by a process that is gone is taken over.
import { mkdirSync, openSync, closeSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

export class DataLocked extends Error {
  constructor(dataDir: string, pid: number) {
    super(`the data in ${dataDir} is in use by process ${pid}`);
  }
}

/** Takes the lock and returns how to release it; throws `DataLocked` while another process lives. */
export function lockData(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, "lock");
  if (!tryLock(path)) {
    const pid = holderOf(path);
    if (pid !== undefined && isAlive(pid)) throw new DataLocked(dataDir, pid);
    rmSync(path, { force: true });
    if (!tryLock(path)) throw new DataLocked(dataDir, holderOf(path) ?? 0);
  }
  return () => rmSync(path, { force: true });
}

function tryLock(path: string): boolean {
  try {
    const file = openSync(path, "wx", 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
