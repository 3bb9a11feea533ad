// The other side of a drill process: takes one task, does it with the parts it was given, reports, and goes.
import { unreachable, type Refusal, type Result } from "#shared/base";
import { Task, type Report } from "./messages.ts";
import type { Parts } from "./parts.ts";
import { tryClocks } from "./tasks/clock.ts";
import { fillDisk } from "./tasks/full.ts";
import { markUntilKilled, readHashes } from "./tasks/mark.ts";
import { tryDeadNetwork } from "./tasks/network.ts";
import { pullStick } from "./tasks/stick.ts";
import { compareStore } from "./tasks/store.ts";

/** The line to whoever started us. */
export interface Line {
  send(report: Report): void;
  onMessage(listener: (message: unknown) => void): void;
}

export function serveDrill(line: Line, parts: Parts): void {
  line.onMessage((message) => {
    const task = Task.parse(message);
    perform(task, parts, (report) => line.send(report)).then(
      (done) => line.send(done.ok ? done.value : { report: "failed", code: done.error.code }),
      (error: unknown) => line.send({ report: "failed", code: nameOf(error) }),
    );
  });
  line.send({ report: "ready" });
}

function perform(task: Task, parts: Parts, tell: (report: Report) => void): Promise<Result<Report, Refusal>> {
  switch (task.do) {
    case "mark":
      return markUntilKilled(task, parts, tell);
    case "read":
      return readHashes(task, parts);
    case "full":
      return fillDisk(task, parts);
    case "store":
      return compareStore(task, parts);
    case "clock":
      return tryClocks(task, parts);
    case "network":
      return tryDeadNetwork(task, parts);
    case "stick":
      return pullStick(task, parts);
    default:
      return unreachable(task);
  }
}

function nameOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : "bug").slice(0, 200);
}
