// `npm start`: a local registry for the demonstration and the app beside it; closing the window stops both. On a machine
// without a display nobody could see a window, so the exam day runs instead and leaves screenshots.
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bundle } from "../bundle.ts";
import { runDay } from "../day.ts";
import { resolveRuntime, sandboxArgs } from "../runtime/electron-path.mjs";
import { chooseKeptPort, keepPort } from "../setup/kept-port.ts";
import { SetupError, repoRoot, say } from "../setup/progress.mjs";
import { isHeadless } from "../setup/system-packages.mjs";
import { command, exitCodeOf, start, startTypeScript } from "../setup/run.ts";

const registryData = join(repoRoot, ".cache", "demo-registry");
const registryStartsWithinMs = 120_000;
const registryStopsWithinMs = 10_000;

await command(() => (isHeadless() ? dayInstead() : openApp()));

async function dayInstead(): Promise<number> {
  say("no display here: running the exam day instead");
  const code = await runDay([]);
  say(`exit code ${String(code)}; screenshots are in ${join(repoRoot, "out", "day")}`);
  return code;
}

async function openApp(): Promise<number> {
  await bundle();
  const { executable } = await resolveRuntime();
  const { port, taken } = await chooseKeptPort(registryData);
  if (taken !== null) say(`port ${taken} of the last start is taken: the registry gets another one`);
  const registry = startTypeScript(
    "registry/main.ts",
    ["--demo", "--port", String(port), "--data", registryData],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  // Ctrl-C reaches the app and the registry as well; we stay until both are gone.
  process.on("SIGINT", () => undefined);
  try {
    const address = await addressOf(registry);
    keepPort(registryData, address);
    say(`registry at ${address}, data in ${registryData}`);
    const env = { ...process.env, JIANGPING_REGISTRY: address };
    return await exitCodeOf(start(executable, [...sandboxArgs(), repoRoot], { env }));
  } finally {
    await stop(registry);
  }
}

/** Waits for the registry's own line, and keeps reading afterwards so that it never blocks on a full pipe. */
function addressOf(registry: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new SetupError("the registry did not say where it listens"));
    }, registryStartsWithinMs);
    registry.once("exit", (code) => {
      clearTimeout(timer);
      reject(new SetupError(`the registry ended with code ${String(code)} before it listened`));
    });
    if (!registry.stdout) throw new Error("the registry was started without a pipe");
    createInterface({ input: registry.stdout }).on("line", (line) => {
      say(line);
      const address = /^registry listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

async function stop(registry: ChildProcess): Promise<void> {
  if (registry.exitCode !== null || registry.signalCode !== null) return;
  const ended = exitCodeOf(registry);
  registry.kill("SIGTERM");
  const timer = setTimeout(() => registry.kill("SIGKILL"), registryStopsWithinMs);
  await ended;
  clearTimeout(timer);
}
