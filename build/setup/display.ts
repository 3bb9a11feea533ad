// A display for machines without one. Xvfb chooses a free number itself and tells it, so that two runs at a time do not
// fight over one.
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { isHeadless } from "./system-packages.mjs";

const screenSize = "1600x1000x24";

/** Runs `work` with the environment in which windows can open. */
export async function withDisplay<T>(work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  if (!isHeadless()) return work(process.env);
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", screenSize, "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const stop = () => server.kill("SIGTERM");
  process.once("exit", stop);
  try {
    const number = await new Promise<string>((resolve, reject) => {
      server.once("error", reject);
      server.once("exit", () => {
        reject(new Error("Xvfb stopped before it had a display"));
      });
      (server.stdio[3] as Readable).once("data", (data: Buffer) => {
        resolve(data.toString().trim());
      });
    });
    return await work({ ...process.env, DISPLAY: `:${number}` });
  } finally {
    process.removeListener("exit", stop);
    stop();
  }
}
