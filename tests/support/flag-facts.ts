// What flags carry, read out of the rules' own source: whoever says a flag in words must say all of it, in the window and at the
// registry.
import ts from "typescript";
import type { FlagCode } from "#shared/rules";

const sources = import.meta.glob<string>("../../shared/rules/{flags,panel}/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** What a card may lack, as `examiner-uncovered` says it. */
export function cardFindings(): string[] {
  return blocksIn("checkExaminer", sources["../../shared/rules/panel/examiners.ts"] ?? "");
}

/** By code, the names of the facts in its call of aFlag, spread ones too. */
export function raisedFacts(): Map<FlagCode, string[]> {
  const found = new Map<FlagCode, string[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "aFlag") {
      const [code, parts] = node.arguments;
      if (code && ts.isStringLiteralLike(code) && parts && ts.isObjectLiteralExpression(parts)) {
        const facts = parts.properties.find((one) => one.name?.getText() === "facts");
        const value = facts && ts.isPropertyAssignment(facts) ? facts.initializer : undefined;
        found.set(code.text as FlagCode, value ? namesIn(value) : []);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const text of Object.values(sources))
    visit(ts.createSourceFile("flag.ts", text, ts.ScriptTarget.Latest, true));
  return found;
}

function namesIn(value: ts.Expression): string[] {
  if (!ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((one) =>
    ts.isSpreadAssignment(one) ? namesIn(one.expression) : [one.name.getText()],
  );
}

/** Codes that a function answers as a block. */
function blocksIn(name: string, text: string): string[] {
  const codes: string[] = [];
  const visit = (node: ts.Node, isInside: boolean): void => {
    if (ts.isCallExpression(node) && isInside && node.expression.getText() === "block") {
      const code = node.arguments[1];
      if (code && ts.isStringLiteralLike(code)) codes.push(code.text);
    }
    const isHere = ts.isFunctionDeclaration(node) && node.name?.text === name;
    ts.forEachChild(node, (child) => visit(child, isInside || isHere));
  };
  visit(ts.createSourceFile("examiners.ts", text, ts.ScriptTarget.Latest, true), false);
  return codes;
}
