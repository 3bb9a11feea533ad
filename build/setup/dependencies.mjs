// Brings node_modules to exactly what package-lock.json says. The stamp inside node_modules holds the hash of the lock
// it was installed from, so that a pull that changes the lock is noticed and an unchanged one costs nothing.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError, repoRoot, say } from "./progress.mjs";

const lockFile = join(repoRoot, "package-lock.json");
const stampFile = join(repoRoot, "node_modules", ".jiangping-lock");

export function provideDependencies() {
  const wanted = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;

  say("installing the pinned dependencies (npm ci) ...");
  const startedAt = performance.now();
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: repoRoot,
    // npm's own report goes to standard error, file descriptor 2.
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) throw new SetupError("npm ci failed; its message is above");
  writeFileSync(stampFile, wanted);
  say(`dependencies installed in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}
