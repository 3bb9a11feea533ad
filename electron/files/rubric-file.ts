// The bytes of a rubric file, a workbook or JSON, as a canonical rubric, or everything that is wrong with it; and a rubric as the
// workbook that a centre starts its own from. What the bytes say decides, never the name of the file.
import { refuse, type Result } from "#shared/base";
import type { Rubric } from "#shared/exam";
import {
  importRubric,
  importRubricTable,
  rubricToTable,
  type RubricProblem,
  type RubricProblemCode,
} from "#shared/rules";
import { readWorkbook, writeWorkbook } from "./workbook.ts";
import { isZip } from "./xlsx-size.ts";

export async function readRubricFile(bytes: Uint8Array): Promise<Result<Rubric, RubricProblem[]>> {
  if (bytes.length > MAX_BYTES) return wholeFile("rubric.too-large", { maxBytes: MAX_BYTES });
  if (isZip(bytes)) {
    const sheets = await readWorkbook(bytes);
    if (sheets.ok) return importRubricTable(sheets.value);
    return wholeFile(sheets.error.code === "workbook.too-large" ? "rubric.too-large" : "rubric.unreadable");
  }
  const json = readJson(bytes);
  return json.ok ? importRubric(json.value) : json;
}

export function rubricWorkbook(rubric: Rubric): Promise<Uint8Array> {
  return writeWorkbook(rubricToTable(rubric));
}

const MAX_BYTES = 1024 * 1024;

function readJson(bytes: Uint8Array): Result<unknown, RubricProblem[]> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return { ok: true, value };
  } catch (error) {
    // TypeError: not UTF-8; SyntaxError: not JSON.
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    return wholeFile("rubric.not-json");
  }
}

function wholeFile(
  code: RubricProblemCode,
  facts: RubricProblem["facts"] = {},
): Result<never, RubricProblem[]> {
  return refuse([{ path: "", code, facts }]);
}
