// Where a bug leaves its trace: a local file of ids, channels and places in our own code. Never a message: an error's
// text may quote what a person typed or a candidate's name.
import { appendFileSync, renameSync, statSync } from "node:fs";
import { z } from "zod";
import { isSystemError } from "./kept-file.ts";

/** Returns the id under which the bug was written down. */
export type ReportBug = (where: string, error: unknown) => string;

export interface BugLogOptions {
  readonly path: string;
  readonly now: () => Date;
  /** A fresh id, short enough to be read aloud. */
  readonly newId: () => string;
}

export function createBugLog({ path, now, newId }: BugLogOptions): ReportBug {
  return (where, error) => {
    const log = newId();
    const line = JSON.stringify({ at: now().toISOString(), log, where, ...describeBug(error) });
    try {
      if (sizeOf(path) > MOST_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, `${line}\n`);
    } catch (failure) {
      // A full disk must not turn one bug into two.
      if (!isSystemError(failure)) throw failure;
    }
    return log;
  };
}

const MOST_BYTES = 1024 * 1024;

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Name, code and stack frames; of a schema's complaint the paths and codes, not the values. */
export function describeBug(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const issues =
    error instanceof z.ZodError ? error.issues.map(({ path, code }) => ({ path, code })) : undefined;
  return {
    name: error.name,
    ...(isSystemError(error) ? { code: error.code } : {}),
    ...(issues ? { issues: issues.slice(0, 20) } : {}),
    frames: framesOf(error.stack ?? ""),
  };
}

/** Lines such as `at sealDay (main.cjs:10:5)`: the folders before the file may carry a person's name. */
function framesOf(stack: string): string[] {
  return stack
    .split("\n")
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 12)
    .map((line) => line.trim().replace(/(?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^()]*[\\/]/, ""));
}
