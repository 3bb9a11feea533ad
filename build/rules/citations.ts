// Which tests name which rule. A test cites a rule in brackets, in its own name or in that of a `describe` around it.
import ts from "typescript";
import { ruleNumbers } from "./rule-numbers.ts";
import type { Sources } from "./sources.ts";

export interface CitingTest {
  readonly file: string;
  readonly name: string;
  readonly rules: readonly number[];
  /** The name says that something does not pass. */
  readonly refuses: boolean;
}

export interface PropertyTest {
  readonly name: string;
  /** Null when the number is not written where the test is. */
  readonly runs: number | null;
}

/** The words by which a test's name says that something does not pass. Whole words; a new one is added here. */
const REFUSAL_WORDS = [
  ...["refuse", "refuses", "refused", "block", "blocks", "blocked", "bars", "fails", "cannot"],
  ...["not", "never", "no", "nobody", "without", "only", "below", "late", "overdue"],
];
/** `read-only` is another word, and what does not matter or apply is not refused. */
const REFUSAL = new RegExp(`(?<!-)\\b(?:${REFUSAL_WORDS.join("|")})\\b(?! matter| apply| applicable)`, "i");

export function findTests(sources: Sources): { tests: CitingTest[]; properties: PropertyTest[] } {
  const tests: CitingTest[] = [];
  const properties: PropertyTest[] = [];
  for (const [file, text] of sources) {
    if (!/^tests\/.*\.(?:test|spec)\.tsx?$/.test(file)) continue;
    const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const constants = constantsOf(parsed);
    const visit = (node: ts.Node, around: string): void => {
      let inside = around;
      const call = ts.isCallExpression(node) ? readCall(node, constants) : undefined;
      if (call?.kind === "describe") inside = `${around}${call.name} > `;
      if (call?.kind === "test") {
        const { name } = call;
        tests.push({ file, name, rules: citedIn(around + name), refuses: REFUSAL.test(name) });
        const runs = /\(property, (\d+|\?) runs\)$/.exec(name)?.[1];
        if (runs !== undefined) properties.push({ name, runs: runs === "?" ? null : Number(runs) });
      }
      ts.forEachChild(node, (child) => {
        visit(child, inside);
      });
    };
    visit(parsed, "");
  }
  return { tests, properties };
}

/** `[R14, R15]`, `[R14] [R15]` and `[R33-R37]`. */
export function citedIn(name: string): number[] {
  return [...name.matchAll(/\[([^\]]*)\]/g)].flatMap(([, inner]) => ruleNumbers(inner ?? ""));
}

type Constants = ReadonlyMap<string, string>;

/** `test(...)`, `test.each(...)(...)` and `property(...)`; what is skipped or still to do is no test. */
function readCall(
  call: ts.CallExpression,
  constants: Constants,
): { kind: "test" | "describe"; name: string } | undefined {
  let callee: ts.Expression = call.expression;
  if (ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)) {
    const table = ts.isCallExpression(callee) ? callee.expression : callee.tag;
    if (!ts.isPropertyAccessExpression(table)) return undefined;
    callee = table;
    if (!["each", "for", "runIf", "skipIf"].includes(table.name.text)) return undefined;
    callee = table.expression;
  }
  const [title, runs] = call.arguments;
  const name = title && textOf(title, constants);
  if (!ts.isIdentifier(callee) || name === undefined) return undefined;
  if (callee.text === "describe") return { kind: "describe", name };
  if (callee.text === "test" || callee.text === "it") return { kind: "test", name };
  if (!/^property/.test(callee.text)) return undefined;
  const count = (runs && textOf(runs, constants)) ?? "?";
  return { kind: "test", name: `${name} (property, ${count} runs)` };
}

/** What an expression reads like; a value that is not written in the file is a question mark. */
function textOf(node: ts.Expression, constants: Constants): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  if (ts.isIdentifier(node)) return constants.get(node.text);
  if (ts.isCallExpression(node) && node.expression.getText() === "String") {
    const [inner] = node.arguments;
    return inner && textOf(inner, constants);
  }
  if (!ts.isTemplateExpression(node)) return undefined;
  const spans = node.templateSpans.map(
    ({ expression, literal }) => (textOf(expression, constants) ?? "?") + literal.text,
  );
  return node.head.text + spans.join("");
}

function constantsOf(file: ts.SourceFile): Constants {
  const constants = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const text = initializer && textOf(initializer, constants);
      if (ts.isIdentifier(name) && text !== undefined) constants.set(name.text, text);
    }
  }
  return constants;
}
