// Child processes as the commands use them: started from the repository's root, TypeScript included, and ended with us.
import { once } from "node:events";
import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SetupError, repoRoot, say } from "./progress.mjs";

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdio?: StdioOptions;
}

export const nodeModules = join(repoRoot, "node_modules");

/** Until Node 23 the runtime's own X25519 calls itself an experiment on the operator's screen. */
const QUIET = "--disable-warning=ExperimentalWarning";

/** Starts Node on a TypeScript file of ours. */
export function startTypeScript(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): ChildProcess {
  const loader = pathToFileURL(join(nodeModules, "tsx", "dist", "loader.mjs")).href;
  return start(process.execPath, [QUIET, "--import", loader, join(repoRoot, file), ...args], options);
}

/** Starts a program; a SIGTERM for us is passed on, and it does not outlive us. */
export function start(command: string, args: readonly string[], options: RunOptions = {}): ChildProcess {
  const child = spawn(command, args, {
    cwd: repoRoot,
    stdio: options.stdio ?? "inherit",
    env: options.env ?? process.env,
  });
  const passOn = () => child.kill("SIGTERM");
  process.on("SIGTERM", passOn);
  process.on("exit", passOn);
  child.once("exit", () => {
    process.off("SIGTERM", passOn);
    process.off("exit", passOn);
  });
  return child;
}

/** Runs a program whose words, from both of its streams, go to `print`; its exit code. */
export async function exitCodeSaid(
  command: string,
  args: readonly string[],
  print: (text: string) => void,
): Promise<number> {
  const child = start(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", print);
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}

/** The exit code; a process ended by a signal counts as failed. */
export function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      resolve(code ?? 1);
    });
  });
}

/** The last frame of every command: trouble that a person can put right is one line, not a stack. */
export async function command(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
