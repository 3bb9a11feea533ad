// The libraries Electron and Chromium link against, a display for machines without one, and a Chinese font. On a
// headless Debian machine, as root, they are installed; anywhere else one line says what to install.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { SetupError, say } from "./progress.mjs";

const packages = [
  "xvfb",
  "xauth",
  "libgtk-3-0",
  "libnss3",
  "libasound2",
  "libgbm1",
  "libatk-bridge2.0-0",
  "libxss1",
  "chromium",
  "fonts-noto-cjk",
  // The second database of the registry's tests.
  "postgresql",
];

/** Linux with neither an X nor a Wayland display: a server or a CI machine. */
export function isHeadless() {
  return process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"];
}

export function provideSystemPackages() {
  if (!isHeadless()) return;
  if (!existsSync("/usr/bin/dpkg-query")) {
    if (hasProgram("Xvfb")) return;
    throw new SetupError(
      "no display: install Xvfb, GTK 3, NSS, ALSA, GBM, Chromium and a Noto CJK font, then try again",
    );
  }
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    const advice = `as root: apt-get install -y ${missing.join(" ")}`;
    if (!hasProgram("Xvfb")) throw new SetupError(`no display, and Xvfb is missing; ${advice}`);
    say(`some system packages are missing and may be needed; ${advice}`);
    return;
  }
  say(`installing system packages: ${missing.join(" ")} ...`);
  apt(["update", "-qq"]);
  apt(["install", "-y", "-qq", "--no-install-recommends", ...missing]);
}

/**
 * Asks about the name and, for libraries that a newer Debian renamed for 64-bit time, about its successor.
 * @param {string} name
 */
function isInstalled(name) {
  return [name, `${name}t64`].some((candidate) => {
    const query = spawnSync("dpkg-query", ["-W", "-f", "${db:Status-Status}", candidate], {
      encoding: "utf8",
    });
    return (
      query.status === 0 && query.stdout.includes("installed") && !query.stdout.includes("not-installed")
    );
  });
}

/** @param {string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], env });
  if (run.status !== 0) throw new SetupError(`apt-get ${args[0] ?? ""} failed; its message is above`);
}

/** @param {string} name */
function hasProgram(name) {
  return (process.env["PATH"] ?? "").split(":").some((folder) => existsSync(`${folder}/${name}`));
}
