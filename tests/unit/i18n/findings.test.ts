// Every code a rule may answer with has a sentence in both languages, or a person reads a code instead of a reason.
import ts from "typescript";
import { expect, test } from "vitest";
import { resources } from "../../../renderer/i18n/index.ts";

const sources = import.meta.glob<string>("../../../shared/rules/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const codes = [...new Set(Object.values(sources).flatMap(codesIn))].sort();

test("the rules answer with codes, and they are found", () => {
  expect(codes.length).toBeGreaterThan(0);
});

test.each([
  ["zh-CN", Object.keys(resources["zh-CN"]["findings"] ?? {})],
  ["en", Object.keys(resources.en["findings"] ?? {})],
] as const)("no code of a finding is without words in %s", (_, worded) => {
  expect(codes.filter((code) => !worded.includes(code))).toEqual([]);
});

/** The code is the second argument of block, warn and info; a choice between two codes counts as both. */
function codesIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:block|warn|info)$/.test(node.expression.getText())) {
      found.push(...literalsOf(node.arguments[1]));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("rule.ts", text, ts.ScriptTarget.Latest, true));
  return found;
}

function literalsOf(code: ts.Expression | undefined): string[] {
  if (!code) return [];
  if (ts.isStringLiteralLike(code)) return [code.text];
  return ts.isConditionalExpression(code)
    ? [...literalsOf(code.whenTrue), ...literalsOf(code.whenFalse)]
    : [];
}
