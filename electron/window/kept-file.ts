// Small things the shell remembers between starts: where the window was, which language. Comfort, not data: a file that
// is missing or no longer understood gives the default, and one that cannot be written costs nobody a mark.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { z } from "zod";

export interface KeptFile<T> {
  read(): T;
  write(value: T): void;
}

export function createKeptFile<S extends z.ZodType>(
  path: string,
  schema: S,
  fallback: z.infer<S>,
): KeptFile<z.infer<S>> {
  let value = schema.safeParse(readJson(path)).data ?? fallback;
  return {
    read: () => value,
    write: (next) => {
      value = schema.parse(next);
      writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError || isSystemError(error)) return undefined;
    throw error;
  }
}

function writeWhole(path: string, text: string): void {
  try {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}
