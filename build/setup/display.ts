// A display for machines without one. Xvfb chooses a free number itself and tells it, so that two runs at a time do not
// fight over one.
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { isHeadless } from "./system-packages.mjs";

const screenSize = "1600x1000x24";

/** Runs `work` with the environment in which windows can open. */
export function withDisplay<T>(work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  return withDisplays(1, work);
}

/**
 * As many displays as windows are driven at once, because two windows on one fight over the focus: `JIANGPING_DISPLAYS`
 * names them, with a space between. Where there is a screen it is the only one, and nothing is named.
 */
export async function withDisplays<T>(
  count: number,
  work: (env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  if (!isHeadless()) return work(process.env);
  const servers = Array.from({ length: count }, startServer);
  const stop = () => {
    for (const server of servers) server.kill();
  };
  process.once("exit", stop);
  try {
    const displays = await Promise.all(servers.map(({ display }) => display));
    return await work({ ...process.env, DISPLAY: displays[0], JIANGPING_DISPLAYS: displays.join(" ") });
  } finally {
    process.removeListener("exit", stop);
    stop();
  }
}

function startServer(): { readonly display: Promise<string>; kill(): void } {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", screenSize, "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = new Promise<string>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", () => {
      reject(new Error("Xvfb stopped before it had a display"));
    });
    (server.stdio[3] as Readable).once("data", (data: Buffer) => {
      resolve(`:${data.toString().trim()}`);
    });
  });
  return { display, kill: () => void server.kill("SIGTERM") };
}
