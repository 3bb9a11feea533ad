// The bytes of a rubric file as a canonical rubric, or everything that is wrong with it.
import { refuse, type Result } from "#shared/base";
import type { Rubric } from "#shared/exam";
import { importRubric, type RubricProblem } from "#shared/rules";

export function readRubricFile(bytes: Uint8Array): Result<Rubric, RubricProblem[]> {
  if (bytes.length > MAX_BYTES)
    return refuse([{ path: "", code: "rubric.too-large", facts: { maxBytes: MAX_BYTES } }]);
  const json = readJson(bytes);
  return json.ok ? importRubric(json.value) : json;
}

const MAX_BYTES = 1024 * 1024;

function readJson(bytes: Uint8Array): Result<unknown, RubricProblem[]> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return { ok: true, value };
  } catch (error) {
    // TypeError: not UTF-8; SyntaxError: not JSON.
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    return refuse([{ path: "", code: "rubric.not-json", facts: {} }]);
  }
}
