// Finds the Electron that commands and tests launch: one the person names, the one already downloaded, the one that
// can be downloaded now, or, on Linux x64 only, an older stand-in for running and testing, never for shipping.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError, repoRoot, say } from "../setup/progress.mjs";
import { provideFallbackRuntime } from "./fallback-runtime.mjs";
import { downloadOwnRuntime, ownDist } from "./own-runtime.mjs";

/**
 * @typedef {object} Runtime
 * @property {string} dist        folder that holds the executable
 * @property {string} version     Electron version, such as 45.4.1
 * @property {string} executable  absolute path
 * @property {boolean} fallback   true for the stand-in, which must never be shipped
 */

/** @returns {Promise<Runtime>} */
export async function resolveRuntime() {
  const named = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (named) {
    const runtime = runtimeAt(named);
    if (!runtime) throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${named}`);
    return runtime;
  }
  const own = runtimeAt(ownDist);
  if (own && own.version === pinnedVersion()) return own;
  if (await downloadOwnRuntime(pinnedVersion())) {
    const downloaded = runtimeAt(ownDist);
    if (downloaded) return downloaded;
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetupError(
      "Electron's runtime could not be downloaded; set ELECTRON_MIRROR to a reachable mirror",
    );
  }
  const standIn = runtimeAt(await provideFallbackRuntime());
  if (!standIn) throw new SetupError("the stand-in runtime is damaged: delete .cache/electron-fallback");
  say(`using Electron ${standIn.version} (stand-in for running and testing only, never shipped)`);
  return standIn;
}

/** Chromium refuses its sandbox to root on Linux: only there, and only for tests and `npm start`, it is left out. */
export function sandboxArgs() {
  return process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

/** The version the product is built with. @returns {string} */
export function pinnedVersion() {
  return JSON.parse(readFileSync(join(repoRoot, "node_modules", "electron", "package.json"), "utf8")).version;
}

/**
 * @param {string} dist
 * @returns {Runtime | undefined}
 */
function runtimeAt(dist) {
  const executable = join(dist, executableName());
  const versionFile = join(dist, "version");
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  const version = readFileSync(versionFile, "utf8").trim().replace(/^v/, "");
  return { dist, version, executable, fallback: existsSync(join(dist, "STAND-IN")) };
}

function executableName() {
  if (process.platform === "darwin") return "Electron.app/Contents/MacOS/Electron";
  return process.platform === "win32" ? "electron.exe" : "electron";
}
