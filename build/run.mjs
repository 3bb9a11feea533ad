// The one door to every command: `node build/run.mjs <command> [args]`. It needs nothing but Node, so that it works in
// a fresh clone, brings what the command needs, then hands over to build/commands/<command>.ts.
// Everything said here goes to standard error: standard output belongs to the command.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { provideDependencies } from "./setup/dependencies.mjs";
import { SetupError, repoRoot, say } from "./setup/progress.mjs";
import { provideSystemPackages } from "./setup/system-packages.mjs";

/** What each command needs before it can run. A new command is one line here and one file in build/commands/. */
const commands = {
  start: { system: true, runtime: true },
  test: { system: true, runtime: true },
  // The operator's page and the printed forms are looked at in a real Chromium; no window opens.
  check: { system: true, runtime: false },
  day: { system: true, runtime: true },
  registry: { system: false, runtime: false },
  rules: { system: false, runtime: false },
  vectors: { system: false, runtime: false },
  verify: { system: false, runtime: false },
  rig: { system: true, runtime: true },
  bench: { system: true, runtime: true },
  package: { system: false, runtime: true },
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

/** @param {string[]} argv */
async function main([name, ...args]) {
  if (!isCommand(name)) {
    say(`usage: node build/run.mjs <${Object.keys(commands).join("|")}> [arguments]`);
    return 2;
  }
  const needs = commands[name];
  provideDependencies();
  if (needs.system) provideSystemPackages();
  /** @type {Record<string, string>} */
  const found = {};
  if (needs.runtime) {
    const { resolveRuntime } = await import("./runtime/electron-path.mjs");
    const runtime = await resolveRuntime();
    found["JIANGPING_ELECTRON"] = runtime.executable;
    found["ELECTRON_OVERRIDE_DIST_PATH"] = runtime.dist;
  }
  return runTypeScript(join(repoRoot, "build", "commands", `${name}.ts`), args, found);
}

/**
 * @param {string | undefined} name
 * @returns {name is keyof typeof commands}
 */
function isCommand(name) {
  return name !== undefined && Object.hasOwn(commands, name);
}

/**
 * Runs the command in its own process and passes its exit code on; a signal meant for us reaches it too.
 * @param {string} file @param {string[]} args @param {Record<string, string>} found
 */
function runTypeScript(file, args, found) {
  const loader = join(repoRoot, "node_modules", "tsx", "dist", "loader.mjs");
  if (!existsSync(loader))
    throw new SetupError("tsx is missing from node_modules: delete node_modules and try again");
  const child = spawn(process.execPath, ["--import", pathToFileURL(loader).href, file, ...args], {
    stdio: "inherit",
    cwd: repoRoot,
    env: { ...process.env, ...found },
  });
  // A terminal's Ctrl-C already reaches the whole group; without a handler we would be gone before the child is.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}
