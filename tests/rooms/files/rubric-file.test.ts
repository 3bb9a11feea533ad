// A rubric file as people bring it (rulings 14).
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sampleRubrics } from "#shared/rules";
import { readRubricFile } from "../../../electron/files/index.ts";

const bytes = readFileSync(new URL("../../../shared/rules/samples/demo-wood-l3.json", import.meta.url));

function codesOf(file: Uint8Array): string[] {
  const read = readRubricFile(file);
  return read.ok ? [] : read.error.map(({ path, code }) => `${path}:${code}`);
}

test("the file of a sample is that sample, with a byte order mark or without", () => {
  const wood = { ok: true, value: sampleRubrics()[1] };
  expect(readRubricFile(bytes)).toEqual(wood);
  expect(readRubricFile(Buffer.concat([Buffer.from("efbbbf", "hex"), bytes]))).toEqual(wood);
});

test("a file that is not JSON, or not UTF-8, is refused as a whole", () => {
  expect(codesOf(bytes.subarray(0, 100))).toEqual([":rubric.not-json"]);
  expect(codesOf(Buffer.alloc(0))).toEqual([":rubric.not-json"]);
  expect(codesOf(Buffer.from([0x22, 0xff, 0x22]))).toEqual([":rubric.not-json"]);
});

test("a file larger than any rubric is refused unread", () => {
  expect(codesOf(Buffer.alloc(1024 * 1024 + 1, " "))).toEqual([":rubric.too-large"]);
});

test("what is wrong inside is told with its place", () => {
  const broken = bytes.toString("utf8").replace('"amount": 3', '"amount": 3.3');
  expect(codesOf(Buffer.from(broken))).toEqual(["items[0].lines[0].amount:rubric.not-a-multiple"]);
});
