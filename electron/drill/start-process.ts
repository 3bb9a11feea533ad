// Starts this same executable once more as a process of the drill, with a profile of its own in the scratch folder. The
// line to it is Node's; whoever is at its other end goes when the line is cut.
import { spawn } from "node:child_process";
import type { DrillProcess } from "./director.ts";
import { Report } from "./messages.ts";

/** Named by the director, looked for by main.ts before anything else. */
export const DRILL_PROFILE = "JIANGPING_DRILL_PROFILE";

export interface Program {
  readonly executable: string;
  /** What comes before our own: the app's folder when it is not packaged, and root's one switch. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export function startDrillProcess({ executable, args, env }: Program, profile: string): DrillProcess {
  const child = spawn(executable, args, {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: { ...process.env, ...env, [DRILL_PROFILE]: profile },
    windowsHide: true,
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const listeners: ((report: Report) => void)[] = [];
  child.on("message", (message) => {
    const report = Report.safeParse(message);
    if (report.success) for (const listener of listeners) listener(report.data);
  });
  return {
    ask: (task) => {
      if (child.connected) child.send(task);
    },
    onReport: (listener) => void listeners.push(listener),
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    gone,
  };
}
