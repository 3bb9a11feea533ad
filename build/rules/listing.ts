// The eighty rules laid beside the code and the tests: what holds each, who calls it, what shows it. A rule without code,
// without a caller or without a test that refuses is missing, and a missing rule fails the command.
import { findTests, type CitingTest, type PropertyTest } from "./citations.ts";
import { findRuleFunctions, type RuleFunction } from "./functions.ts";
import type { Sources } from "./sources.ts";

export interface KnownRule {
  readonly no: string;
  readonly sentence: { readonly zh: string; readonly en: string };
  readonly confidence: readonly string[];
}

export type RuleState = "ok" | "later" | "missing";

export interface ListedRule extends KnownRule {
  readonly state: RuleState;
  /** What a missing rule lacks. */
  readonly lacks: readonly string[];
  readonly functions: readonly { readonly name: string; readonly file: string }[];
  readonly callers: readonly string[];
  readonly tests: number;
  readonly refusing: number;
  readonly policy: readonly { readonly key: string; readonly confidence: string }[];
}

export interface Listing {
  readonly rules: readonly ListedRule[];
  readonly properties: readonly PropertyTest[];
}

/** Subsidies, waivers and certificates: their screens come later, so they may stand without a caller. */
const LATER = new Set([60, 61, 62, 63, 66, 67, 68, 69, 70, 74, 75]);
const LEAST_TESTS = 2;

export function listRules(
  sources: Sources,
  rulebook: readonly KnownRule[],
  policy: Readonly<Record<string, { readonly confidence: string }>>,
): Listing {
  const functions = findRuleFunctions(sources);
  const { tests, properties } = findTests(sources);
  return { rules: rulebook.map((rule) => listRule(rule, functions, tests, policy)), properties };
}

function listRule(
  { no, sentence, confidence }: KnownRule,
  allFunctions: readonly RuleFunction[],
  allTests: readonly CitingTest[],
  policy: Readonly<Record<string, { readonly confidence: string }>>,
): ListedRule {
  const number = Number(no.slice(1));
  const functions = allFunctions.filter(({ rules }) => rules.includes(number));
  const tests = allTests.filter(({ rules }) => rules.includes(number));
  const callers = [...new Set(functions.flatMap((one) => one.callers))].sort();
  const refusing = tests.filter(({ refuses }) => refuses).length;
  const lacks = [
    ...(functions.length === 0 ? ["code"] : []),
    ...(callers.length === 0 ? ["a caller"] : []),
    ...(tests.length < LEAST_TESTS ? ["two tests"] : []),
    ...(refusing === 0 ? ["a test that refuses"] : []),
  ];
  const later = LATER.has(number) && callers.length === 0;
  const keys = [...new Set(functions.flatMap((one) => one.policy))].sort();
  return {
    no,
    sentence,
    confidence,
    state: later ? "later" : lacks.length === 0 ? "ok" : "missing",
    lacks: later ? [] : lacks,
    functions: functions.map(({ name, file }) => ({ name, file })),
    callers,
    tests: tests.length,
    refusing,
    policy: keys.flatMap((key) => {
      const setting = policy[key];
      return setting ? [{ key, confidence: setting.confidence }] : [];
    }),
  };
}

export function figuresOf({ rules, properties }: Listing) {
  const count = (state: RuleState) => rules.filter((rule) => rule.state === state).length;
  return {
    rules: rules.length,
    ok: count("ok"),
    later: count("later"),
    missing: count("missing"),
    tests: rules.reduce((sum, rule) => sum + rule.tests, 0),
    properties: properties.length,
  };
}

export function listingToText(listing: Listing): string {
  const { rules, ok, later, missing } = figuresOf(listing);
  const properties = listing.properties.map(({ name }) => `  ${name}`);
  return [
    ...listing.rules.map(ruleToText),
    "Property tests",
    ...(properties.length > 0 ? properties : ["  none"]),
    "",
    `${rules} rules: ${ok} ok, ${later} later, ${missing} missing`,
  ].join("\n");
}

function ruleToText(rule: ListedRule): string {
  const functions = rule.functions.map(({ name, file }) => `${name} (${file})`);
  const policy = rule.policy.map(({ key, confidence }) => `${key} [${confidence}]`);
  const lines = [
    `${rule.no} [${rule.confidence.join("/")}] ${rule.state}${rule.lacks.length > 0 ? `: without ${rule.lacks.join(", ")}` : ""}`,
    `  ${rule.sentence.en}`,
    ...(functions.length > 0 ? [`  code     ${functions.join(", ")}`] : []),
    ...(rule.callers.length > 0 ? [`  callers  ${rule.callers.join(", ")}`] : []),
    `  tests    ${rule.tests}, of which ${rule.refusing} refuse`,
    ...(policy.length > 0 ? [`  policy   ${policy.join(", ")}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}
