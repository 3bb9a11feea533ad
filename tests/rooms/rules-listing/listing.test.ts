// `npm run rules` on a tree of a few files: what it finds, and above all what it does not call ok.
import { expect, test } from "vitest";
import { figuresOf, listingToText, listRules, type KnownRule } from "../../../build/rules/listing.ts";

const RULE = "shared/rules/panel/size.ts";
const CALLER = "electron/desk/sittings.ts";
const TESTS = "tests/unit/rules/size.test.ts";

const tree = {
  "shared/exam/index.ts": "export type PolicyOf<K extends string> = { readonly [P in K]: number };",
  "shared/rules/index.ts": 'export * from "./panel/index.ts";',
  "shared/rules/panel/index.ts": 'export { leastPanel, panelDecision as decidePanel } from "./size.ts";',
  [RULE]: `// Sizes (R16).
import type { PolicyOf } from "#shared/exam";
type Sizes = PolicyOf<"minPanel">;
export function panelDecision(n: number, policy: PolicyOf<"minPanel" | "oddPanel">) { return leastPanel(n, policy); }
/** R14, R15: A panel has at least three members. */
export function leastPanel(n: number, policy: Sizes) { return atLeast(n, policy); }
function atLeast(n: number, policy: PolicyOf<"candidatesPerExaminer">) { return n + policy.candidatesPerExaminer; }
`,
  [CALLER]: `import { decidePanel as decide } from "#shared/rules";
export const sitting = { size: decide(3, { minPanel: 3, oddPanel: 1 }) };`,
  [TESTS]: `const RUNS = 500;
test("[R14, R15] twelve candidates have three examiners", () => {});
test.each([[2], [4]])("[R14] [R15] a panel of %i is refused", () => {});
property("[R14] more candidates never ask for fewer examiners", RUNS, [], () => {});
test("[R15] any order is the same panel (property, 1000 runs)", () => {});
test.skip("[R14] a skipped test refuses nothing", () => {});`,
};

const policy = {
  minPanel: { confidence: "V-" },
  oddPanel: { confidence: "V-" },
  candidatesPerExaminer: { confidence: "U" },
};

const known = (no: string): KnownRule => ({
  no,
  sentence: { zh: "规则。", en: "A rule." },
  confidence: ["V-"],
});

function list(changes: Record<string, string> = {}, rules = ["R14"]) {
  return listRules(new Map(Object.entries({ ...tree, ...changes })), rules.map(known), policy);
}

function first(changes: Record<string, string> = {}, no = "R14") {
  const [rule] = list(changes, [no]).rules;
  if (!rule) throw new Error("one rule was asked for");
  return rule;
}

test("a rule with code, a caller and a test that refuses is ok, and its policy values are those of what it calls", () => {
  expect(first()).toMatchObject({
    state: "ok",
    lacks: [],
    functions: [{ name: "leastPanel", file: RULE }],
    callers: [CALLER],
    tests: 3,
    refusing: 2,
    policy: [
      { key: "candidatesPerExaminer", confidence: "U" },
      { key: "minPanel", confidence: "V-" },
    ],
  });
});

test("one comment may name several rules, and a range", () => {
  const ranged = tree[RULE].replace("R14, R15:", "R13-R15:");
  for (const no of ["R13", "R14", "R15"]) expect(first({ [RULE]: ranged }, no).functions).toHaveLength(1);
});

test("a rule that only a file's header or a passing remark names has no code", () => {
  expect(first({}, "R16")).toMatchObject({ state: "missing", functions: [] });
  const remark = tree[RULE].replace("R14, R15: A panel", "A panel (R14)");
  expect(first({ [RULE]: remark }).lacks).toEqual(["code", "a caller"]);
});

test("a rule without a caller is not ok: a test, a re-export and another rule are no callers", () => {
  const uncalled = { [CALLER]: 'export { decidePanel } from "#shared/rules";' };
  expect(first(uncalled)).toMatchObject({ state: "missing", lacks: ["a caller"], callers: [] });
  const inTest =
    'import { decidePanel } from "#shared/rules";\ndecidePanel(1, { minPanel: 1, oddPanel: 1 });';
  expect(first({ ...uncalled, "tests/rooms/desk/a.ts": inTest }).state).toBe("missing");
});

test("a function of the same name elsewhere is no caller", () => {
  const namesake = "function leastPanel() { return 1; }\nexport const size = leastPanel();";
  expect(first({ [CALLER]: namesake }).callers).toEqual([]);
});

test("a rule with one test, or without one that refuses, is not ok", () => {
  const one = 'test("[R14] a panel of two is refused", () => {});';
  expect(first({ [TESTS]: one })).toMatchObject({ state: "missing", lacks: ["two tests"] });
  const mild = 'test("[R14] a is read-only", () => {});\ntest("[R14] the order does not matter", () => {});';
  expect(first({ [TESTS]: mild })).toMatchObject({ state: "missing", lacks: ["a test that refuses"] });
});

test("a skipped test counts for nothing", () => {
  const skipped = tree[TESTS].replaceAll(/^(?:test|property)\b(?!\.skip)(?:\.each)?/gm, "test.skip");
  expect(first({ [TESTS]: skipped })).toMatchObject({ tests: 0, refusing: 0 });
});

test("a describe around it cites for a test, and its words do not refuse for it", () => {
  const inside = 'describe("[R14] refused", () => { test("three pass", () => {}); });';
  expect(first({ [TESTS]: inside })).toMatchObject({ tests: 1, refusing: 0 });
});

test("later is only for the rules whose screens come later, and only without a caller", () => {
  expect(first({}, "R61").state).toBe("later");
  expect(first({}, "R64").state).toBe("missing");
  const called = tree[RULE].replace("R14, R15:", "R61:");
  expect(first({ [RULE]: called }, "R61")).toMatchObject({ state: "missing", callers: [CALLER] });
});

test("property tests are listed with their runs, however the number is written", () => {
  expect(list().properties).toEqual([
    { name: "[R14] more candidates never ask for fewer examiners (property, 500 runs)", runs: 500 },
    { name: "[R15] any order is the same panel (property, 1000 runs)", runs: 1000 },
  ]);
});

test("the last line counts the states, and so do the figures", () => {
  const listing = list({}, ["R14", "R15", "R16", "R61"]);
  expect(listingToText(listing).split("\n").at(-1)).toBe("4 rules: 2 ok, 1 later, 1 missing");
  expect(figuresOf(listing)).toEqual({ rules: 4, ok: 2, later: 1, missing: 1, tests: 6, properties: 2 });
});

test("the text says what a missing rule lacks", () => {
  expect(listingToText(list({}, ["R16"]))).toContain(
    "R16 [V-] missing: without code, a caller, two tests, a test that refuses",
  );
});
