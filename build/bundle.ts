// Turns the sources into what Electron loads, in dist/app: main.cjs, three preloads, and the pages in renderer/.
// Work is skipped only when the hash of everything that goes in, this file and its settings included, is the one the
// finished bundle was made from.
import { build as esbuild, type BuildOptions } from "esbuild";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { build as vite } from "vite";
import { repoRoot, say } from "./setup/progress.mjs";
import { rendererConfig } from "./vite.config.ts";

const output = join(repoRoot, "dist", "app");
const stampFile = join(repoRoot, "dist", "inputs.sha256");
const inputs = ["shared", "electron", "renderer", "package.json", "package-lock.json", "tsconfig.json"];
const settings = ["build/bundle.ts", "build/vite.config.ts"];

/** Leaves dist/app up to date. */
export async function bundle(): Promise<void> {
  const wanted = hashOf([...inputs, ...settings]);
  if (existsSync(output) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;

  say("bundling ...");
  const startedAt = performance.now();
  // Built beside and moved into place: whoever launches the app meanwhile meets a whole bundle, old or new.
  const work = join(repoRoot, "dist", `app.${String(process.pid)}`);
  try {
    mkdirSync(work, { recursive: true });
    await Promise.all([
      esbuild(mainOptions(join(work, "main.cjs"))),
      esbuild(preloadOptions("electron/preload/app.ts", join(work, "preload.cjs"))),
      esbuild(preloadOptions("electron/preload/confirm.ts", join(work, "confirm-preload.cjs"))),
      esbuild(preloadOptions("electron/preload/drill.ts", join(work, "drill-preload.cjs"))),
      vite(rendererConfig({ outDir: join(work, "renderer") })),
    ]);
    rmSync(stampFile, { force: true });
    rmSync(output, { recursive: true, force: true });
    renameSync(work, output);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  // A file that changed while we were reading it must be seen as changed next time.
  if (hashOf([...inputs, ...settings]) === wanted) writeFileSync(stampFile, wanted);
  say(`bundled in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

const common: BuildOptions = {
  absWorkingDir: repoRoot,
  bundle: true,
  charset: "utf8",
  external: ["electron"],
  legalComments: "none",
  logLevel: "warning",
  sourcemap: "linked",
};

function mainOptions(outfile: string): BuildOptions {
  return {
    ...common,
    entryPoints: ["electron/main.ts"],
    outfile,
    platform: "node",
    format: "cjs",
    target: "node18.15",
  };
}

/** A sandboxed preload has no module object: with the cjs format any export would stop it before its first line. */
function preloadOptions(entry: string, outfile: string): BuildOptions {
  return {
    ...common,
    entryPoints: [entry],
    outfile,
    platform: "browser",
    format: "iife",
    target: "chrome114",
  };
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((entry) => filesIn(join(repoRoot, entry)))) {
    // Name and length go in before the bytes, so that moving a byte from one file to the next changes the hash.
    const bytes = readFileSync(path);
    hash.update(`${relative(repoRoot, path)}\0${String(bytes.length)}\0`).update(bytes);
  }
  return hash.digest("hex");
}

function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true, encoding: "utf8" });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
