// What stands in the data folder and cannot be used as it is. One sentence that says which file, where in it, and what to
// do: main.ts shows it to the operator instead of a stack.
import { readFileSync } from "node:fs";
import type { z } from "zod";

export class DataRefused extends Error {}

/** A JSON file that an operator or an earlier start wrote, parsed at the door. */
export function readDataFile<S extends z.ZodType>(path: string, schema: S, advice: string): z.output<S> {
  return parseData(path, readFileSync(path, "utf8"), schema, advice);
}

export function parseData<S extends z.ZodType>(
  name: string,
  text: string,
  schema: S,
  advice: string,
): z.output<S> {
  const parsed = schema.safeParse(jsonOf(name, text, advice));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue && issue.path.length > 0 ? `at ${issue.path.join(".")}` : "as a whole";
  throw new DataRefused(`${name} cannot be read ${at}: ${advice}`);
}

function jsonOf(name: string, text: string, advice: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DataRefused(`${name} is not JSON: ${advice}`, { cause: error });
  }
}
