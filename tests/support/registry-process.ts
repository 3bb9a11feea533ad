// The registry as its operator starts it: a process with arguments, whose words and exit code are what counts.
import { spawn } from "node:child_process";
import path from "node:path";

export interface RegistryRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Runs to its end; for commands and refusals that end by themselves. */
export function runRegistry(
  args: readonly string[],
  databaseUrl: string | null = null,
): Promise<RegistryRun> {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--import", "tsx", "registry/main.ts", ...args],
    {
      cwd: ROOT,
      env: databaseUrl === null ? env : { ...env, DATABASE_URL: databaseUrl },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
