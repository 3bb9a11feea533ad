// No word is kept that nobody says: every key of the Chinese modules stands somewhere in the window, whole or as a pattern that a
// code completes.
import ts from "typescript";
import { expect, test } from "vitest";
import { resources, type WordTree } from "../../../renderer/i18n/index.ts";

/** Between the steps of a path: a key may contain dots itself, as error codes do. */
const STEP = "\n";
const sources = import.meta.glob<string>(
  [
    "../../../renderer/**/*.{ts,tsx}",
    "!../../../renderer/i18n/{zh-CN,en}/**",
    "!../../../renderer/**/gallery/**",
  ],
  { query: "?raw", import: "default", eager: true },
);
const words = resources["zh-CN"];
const { whole, patterns } = keysSaidIn(Object.values(sources));

test("a key is found where it is said whole, and where a code completes it", () => {
  expect(unsaid({ common: { cancel: "", nobodySaysThis: "" } })).toEqual(["common.nobodySaysThis"]);
  expect(unsaid({ errors: { "journal.full": "" }, amending: { way: { sealed: "" } } })).toEqual([]);
});

test("a code completes no key of an area's own words, which would find a use for all of them", () => {
  // Nothing but codes: whether one is left over is asked where the codes come from.
  const ofCodes = ["errors", "findings"].map((area) => `${area}.`);
  const tooWide = [...patterns.keys()].filter((said) => /^\w+\.\$\{\}$/.test(said));
  expect(tooWide.filter((said) => !ofCodes.some((area) => said.startsWith(area)))).toEqual([]);
});

test("no word is without a place where it is said", () => {
  expect(unsaid(words)).toEqual([]);
});

function unsaid(tree: WordTree): string[] {
  return pathsOf(tree)
    .filter(
      (path) =>
        !whole.has(path.join(".")) &&
        ![...patterns.values()].some((pattern) => pattern.test(path.join(STEP))),
    )
    .map((path) => path.join("."));
}

function pathsOf(tree: WordTree, above: readonly string[] = []): string[][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[...above, key]] : pathsOf(value, [...above, key]),
  );
}

/** Every text of the sources, and every text with holes that begins with an area. */
function keysSaidIn(texts: readonly string[]): { whole: Set<string>; patterns: Map<string, RegExp> } {
  const said = { whole: new Set<string>(), patterns: new Map<string, RegExp>() };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) said.whole.add(node.text);
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
      const area = parts[0]?.split(".")[0] ?? "";
      if (Object.hasOwn(words, area)) said.patterns.set(parts.join("${}"), patternOf(parts));
    }
    ts.forEachChild(node, visit);
  };
  for (const text of texts) visit(ts.createSourceFile("said.tsx", text, ts.ScriptTarget.Latest));
  return said;
}

/** A hole is one step of a path and never two. */
function patternOf(parts: readonly string[]): RegExp {
  const literal = parts.map((part) => part.replaceAll("-", "\\-").replaceAll(".", STEP));
  return new RegExp(`^${literal.join(`[^${STEP}]+`)}$`);
}
