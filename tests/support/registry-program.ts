// The real registry in a process of its own, with a hook that the parent can arm. Bundled once, so that a start takes as
// long as a registry's start and not as long as reading TypeScript.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { KillOrder } from "./kill-hook.ts";

export interface RegistryProgram {
  start(dataDir: string, databaseUrl: string | null): Promise<RegistryProcess>;
  remove(): void;
}

export interface RegistryProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** How it ended; null while it lives. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Returns when the process has taken the order. */
  arm(order: KillOrder): Promise<void>;
  /** The clean stop an operator asks for. */
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, "../..");
const STARTS_WITHIN_MS = 300_000;

export interface ProgramParts {
  /** Speaks to the parent: `kill-hook.ts` or `measure-hook.ts`. */
  readonly hook: string;
  /** The registry's own unless a bench puts a peer in its place. */
  readonly main: string;
  /** One file of the registry taken out of the bundle and another put there. */
  readonly replace: { readonly file: string; readonly by: string } | null;
}

export async function buildRegistry({
  hook = "tests/support/kill-hook.ts",
  main = "registry/main.ts",
  replace = null,
}: Partial<ProgramParts> = {}): Promise<RegistryProgram> {
  // Inside the repository: its libraries are found from there.
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".cache", "registry-program-"));
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: ROOT,
    entryPoints: { main: join(ROOT, main), hook: join(ROOT, hook) },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
    plugins: replace ? [replacing(replace)] : [],
  });
  // A file that was moved is replaced by nothing, and the bundle would be the registry's own.
  if (replace && !(replace.by in metafile.inputs))
    throw new Error(`nobody imports ${replace.file}: it was not replaced`);
  return {
    start: (dataDir, databaseUrl) => start(folder, dataDir, databaseUrl),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Whoever imports `file` gets `by`; `by` itself still gets the real one. */
function replacing({ file, by }: { readonly file: string; readonly by: string }): Plugin {
  return {
    name: "replacing",
    setup: ({ onResolve }) => {
      onResolve(
        { filter: new RegExp(`/${basename(file).replace(".", "\\.")}$`) },
        ({ path, resolveDir, importer }) =>
          resolve(resolveDir, path) === join(ROOT, file) && importer !== join(ROOT, by)
            ? { path: join(ROOT, by) }
            : undefined,
      );
    },
  };
}

async function start(folder: string, dataDir: string, databaseUrl: string | null): Promise<RegistryProcess> {
  const { DATABASE_URL: _inherited, ...env } = process.env;
  const hook = pathToFileURL(join(folder, "hook.mjs")).href;
  const child = spawn(
    process.execPath,
    ["--import", hook, join(folder, "main.mjs"), "--demo", "--data", dataDir],
    {
      env: databaseUrl === null ? env : { ...env, DATABASE_URL: databaseUrl },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  const withUs = () => child.kill("SIGKILL");
  process.on("exit", withUs);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, signal) => {
      process.off("exit", withUs);
      resolve({ code, signal });
    });
  });
  return {
    url: await addressOf(child),
    child,
    ended,
    arm: (order) =>
      new Promise((resolve) => {
        child.once("message", () => resolve());
        child.send(order);
      }),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const timer = setTimeout(() => fail("did not say where it listens"), STARTS_WITHIN_MS);
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`the registry ${why}: ${said.join("\n")}`));
    };
    child.once("exit", (code, signal) => fail(`ended with ${String(code ?? signal)} before it listened`));
    if (!child.stdout || !child.stderr) throw new Error("the registry was started without pipes");
    createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /^registry listening on (\S+)/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}
