// Downloads the pinned Electron's own runtime with Electron's own installer, after a short question whether the host
// answers at all. "No" is remembered for an hour, so that commands on a closed network do not wait each time.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repoRoot, say } from "../setup/progress.mjs";

const electronPackage = join(repoRoot, "node_modules", "electron");
export const ownDist = join(electronPackage, "dist");

const probeTimeoutMs = 4_000;
const downloadTimeoutMs = 10 * 60_000;
const negativeAnswerLastsMs = 60 * 60_000;

/**
 * True when the runtime is in node_modules/electron/dist afterwards.
 * @param {string} version
 */
export async function downloadOwnRuntime(version) {
  const mirror = process.env["ELECTRON_MIRROR"] ?? process.env["npm_config_electron_mirror"];
  const base = mirror ?? "https://github.com/electron/electron/releases/download/";
  // A mirror named later deserves a new question: the memory is kept per host.
  const memory = join(repoRoot, ".cache", "electron-unreachable", encodeURIComponent(base));
  if (saidNoRecently(memory)) return false;

  if (await answers(`${base}v${version}/SHASUMS256.txt`)) {
    say(`downloading Electron ${version} ...`);
    const install = spawnSync(process.execPath, [join(electronPackage, "install.js")], {
      stdio: ["ignore", 2, 2],
      timeout: downloadTimeoutMs,
    });
    if (install.status === 0) return true;
  }
  say(`Electron's runtime is out of reach from here; where a mirror is, set ELECTRON_MIRROR=<its address>`);
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, "");
  return false;
}

/** @param {string} memory */
function saidNoRecently(memory) {
  return existsSync(memory) && Date.now() - statSync(memory).mtimeMs < negativeAnswerLastsMs;
}

/**
 * Any answer will do: whether the file is there is the installer's business. Node's fetch knows no proxy, Electron's
 * installer does when ELECTRON_GET_USE_PROXY asks for it; then the installer finds out by itself.
 * @param {string} url
 */
async function answers(url) {
  if (process.env["ELECTRON_GET_USE_PROXY"]) return true;
  try {
    await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(probeTimeoutMs) });
    return true;
  } catch (error) {
    // fetch reports an unreachable host as TypeError and our time-out as TimeoutError; anything else is a bug.
    if (error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError"))
      return false;
    throw error;
  }
}
