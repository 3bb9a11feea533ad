// A rubric file as people bring it (rulings 14).
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { utf8 } from "#shared/base";
import type { Rubric } from "#shared/exam";
import { sampleRubrics } from "#shared/rules";
import { readRubricFile, rubricWorkbook } from "../../../electron/files/index.ts";
import { rowsToXlsx } from "../../fixtures/rosters/rosters.ts";
import { aZip } from "../../support/a-zip.ts";

const bytes = readFileSync(new URL("../../../shared/rules/samples/demo-wood-l3.json", import.meta.url));

/** The corner of a table of billions. */
const FAR_CELL = utf8(
  '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
);

async function codesOf(file: Uint8Array): Promise<string[]> {
  const read = await readRubricFile(file);
  return read.ok ? [] : read.error.map(({ path, code }) => `${path}:${code}`);
}

test("the file of a sample is that sample, with a byte order mark or without", async () => {
  const wood = { ok: true, value: sampleRubrics()[1] };
  expect(await readRubricFile(bytes)).toEqual(wood);
  expect(await readRubricFile(Buffer.concat([Buffer.from("efbbbf", "hex"), bytes]))).toEqual(wood);
});

test("a file that is not JSON, or not UTF-8, is refused as a whole", async () => {
  expect(await codesOf(bytes.subarray(0, 100))).toEqual([":rubric.not-json"]);
  expect(await codesOf(Buffer.alloc(0))).toEqual([":rubric.not-json"]);
  expect(await codesOf(Buffer.from([0x22, 0xff, 0x22]))).toEqual([":rubric.not-json"]);
});

test("a file larger than any rubric is refused unread", async () => {
  expect(await codesOf(Buffer.alloc(1024 * 1024 + 1, " "))).toEqual([":rubric.too-large"]);
});

test("what is wrong inside is told with its place", async () => {
  const broken = bytes.toString("utf8").replace('"amount": 3', '"amount": 3.3');
  expect(await codesOf(Buffer.from(broken))).toEqual(["items[0].lines[0].amount:rubric.not-a-multiple"]);
});

test.each(sampleRubrics().map((rubric) => [rubric.code, rubric] as const))(
  "[R32] %s saved as a workbook and brought back is the same rubric",
  async (_, rubric) => {
    expect(await readRubricFile(await rubricWorkbook(rubric))).toEqual({ ok: true, value: rubric });
  },
);

test("a workbook that is no rubric, is damaged, or unpacks to more than any rubric is refused", async () => {
  expect(await codesOf(await rowsToXlsx([["姓名", "证件号码"]]))).toEqual([
    ":rubric.sheet-missing",
    ":rubric.sheet-missing",
  ]);
  const workbook = await rubricWorkbook(sampleRubrics()[0] as Rubric);
  expect(await codesOf(workbook.subarray(0, workbook.length - 40))).toEqual([":rubric.unreadable"]);
  expect(await codesOf(aZip([["xl/worksheets/sheet1.xml", FAR_CELL]]))).toEqual([":rubric.too-large"]);
});
