// The same app as an ordinary user, where the tests run as root: copied to a folder that anybody may read, because a checkout
// may lie under one that only root may enter, and started with the rights of nobody. Nothing of the machine is changed.
import { execFile } from "node:child_process";
import { chmod, chown, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { usualProgram, type Program } from "./drive-app.ts";

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
/** `nobody` on Debian, Fedora and Arch alike. */
const NOBODY = 65534;
const AS_NOBODY = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];

export interface OrdinaryStart {
  readonly program: Program;
  readonly profile: string;
  readonly uid: number;
  remove(): Promise<void>;
}

/** Why the sandbox of an ordinary user cannot be had here; null when it can. */
export async function whyNoSandbox(): Promise<string | null> {
  if (process.platform !== "linux") return "the sandbox is looked at by way of /proc, which only Linux has";
  const unshare = ["unshare", "--user", "--pid", "--fork", "true"];
  const [command = "", ...args] = isRoot() ? ["setpriv", ...AS_NOBODY, ...unshare] : unshare;
  try {
    await run(command, args);
    return null;
  } catch (error) {
    return `an ordinary user may not make namespaces here (${error instanceof Error ? error.message.trim() : "?"})`;
  }
}

export async function startAsOrdinaryUser(): Promise<OrdinaryStart> {
  const folder = await mkdtemp(path.join(tmpdir(), "jiangping-ordinary-"));
  const profile = path.join(folder, "profile");
  await mkdir(profile, { mode: 0o700 });
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  if (!isRoot()) return { program: usualProgram(), profile, uid: process.getuid?.() ?? 0, remove };

  await chmod(folder, 0o755);
  const home = path.join(folder, "home");
  await mkdir(home, { mode: 0o700 });
  for (const own of [profile, home]) await chown(own, NOBODY, NOBODY);
  const { executablePath, args } = usualProgram();
  const runtime = path.join(folder, "runtime");
  await cp(path.dirname(executablePath), runtime, { recursive: true });
  const app = path.join(folder, "app");
  const isPackaged = !args.includes(PROJECT);
  if (!isPackaged) {
    await cp(path.join(PROJECT, "dist", "app"), path.join(app, "dist", "app"), { recursive: true });
    await cp(path.join(PROJECT, "package.json"), path.join(app, "package.json"));
  }
  await run("chmod", ["-R", "a+rX", runtime, ...(isPackaged ? [] : [app])]);
  const script = path.join(folder, "start.sh");
  const executable = path.join(runtime, path.basename(executablePath));
  await writeFile(script, startScript(executable), { mode: 0o755 });
  const env = { HOME: home, USER: "nobody", LOGNAME: "nobody", ...(await displayOf(home)) };
  return {
    program: { executablePath: script, args: isPackaged ? [] : [app], env },
    profile,
    uid: NOBODY,
    remove,
  };
}

/**
 * Takes the place of the process that Playwright starts, so that its pipes and signals reach the app. Playwright gives
 * root's switch to everything it starts as root: it is taken out again, or there would be no sandbox to look at.
 */
function startScript(executable: string): string {
  return `#!/bin/sh
for argument do
  shift
  [ "$argument" = "--no-sandbox" ] || set -- "$@" "$argument"
done
exec setpriv ${AS_NOBODY.join(" ")} "${executable}" "$@"
`;
}

/** A display that asks for a cookie asks nobody for it too. */
async function displayOf(home: string): Promise<Record<string, string>> {
  const cookie = process.env["XAUTHORITY"];
  if (!cookie) return {};
  const copy = path.join(home, ".Xauthority");
  await cp(cookie, copy);
  await chown(copy, NOBODY, NOBODY);
  return { XAUTHORITY: copy };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
