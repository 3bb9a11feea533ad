// Every flag explains itself in both languages, with all the facts that it carries: a figure nobody is told is no explanation.
import { describe, expect, test } from "vitest";
import { createI18n, flagWords, resources, textOf, type WordTree } from "../../../renderer/i18n/index.ts";
import { AmendmentReason } from "#shared/exam";
import { FLAG_CODES, type Flag, type FlagCode } from "#shared/rules";
import { cardFindings, raisedFacts } from "../../support/flag-facts.ts";

const LANGUAGES = ["zh-CN", "en"] as const;
const raised = raisedFacts();
/** What facts that are not figures may be. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  ...{ turned: ["true", "false"], settled: ["true", "false"], signed: ["true", "false"] },
  reason: AmendmentReason.options,
  finding: cardFindings(),
  // A number, unless it was on another laptop.
  removed: ["unknown"],
};

test("every code is raised somewhere, with its facts, and no other", () => {
  expect([...raised.keys()].sort()).toEqual([...FLAG_CODES].sort());
  expect(raised.get("pass-rate")).toEqual([
    ...["passed", "assessed", "recordPercent"],
    ...["above", "nearPassed", "near", "nearRecordPercent"],
  ]);
  expect(VALUES["finding"]).toHaveLength(5);
});

describe.each(LANGUAGES)("in %s", (language) => {
  const words = treeAt(resources[language], "flags", "of");

  test("there is one set of words a code, and none for a code that is never raised", () => {
    expect(Object.keys(words).sort()).toEqual([...FLAG_CODES].sort());
    for (const code of FLAG_CODES)
      expect(Object.keys(treeAt(words, code))).toEqual(
        expect.arrayContaining(["title", "says", "shows", "clears"]),
      );
  });

  test("no fact of a flag goes unsaid, and no sentence asks for one that the flag does not carry", () => {
    for (const [code, facts] of raised) {
      const { says } = treeAt(words, code);
      const asked = typeof says === "string" ? (says.match(/(?<=\{\{)\w+(?=\}\})/g) ?? []) : [];
      expect([...new Set(asked)].sort(), code).toEqual([...facts].sort());
    }
  });

  test("a fact that is no figure has words for everything it may be", () => {
    for (const [code, facts] of raised)
      for (const fact of facts.filter((name) => name in VALUES))
        expect(Object.keys(treeAt(words, code, "fact", fact)).sort(), `${code} ${fact}`).toEqual(
          [...(VALUES[fact] ?? [])].sort(),
        );
  });
});

describe("said", () => {
  const zh = textOf(createI18n("zh-CN"));
  const en = textOf(createI18n("en"));
  const flag = (code: FlagCode, facts: Flag["facts"], chance = 0) => ({ code, facts, chance });

  test("a figure is formatted, and one that goes either way has its sign", () => {
    const { says } = flagWords(en, flag("examiner-severity", { points: -12.34, count: 30, allowed: 4 }));
    expect(says).toContain("Over 30 sheets this examiner lies −12.3 points");
    expect(flagWords(en, flag("divergence", { points: 18, settled: false })).says).toContain(
      "one lies +18 points from the mean of the others. It is not settled yet.",
    );
    expect(flagWords(zh, flag("clock-changed", { count: 1, seconds: 86_400 })).says).toContain("86,400 秒");
  });

  test("one is said in the singular, and a choice in its own words", () => {
    expect(flagWords(en, flag("sequence-gap", { count: 1 })).says).toContain("1 number is missing");
    expect(flagWords(en, flag("examiner-uncovered", { finding: "examiner.term" })).says).toContain(
      "the card is not valid on that day",
    );
    expect(
      flagWords(zh, flag("changed-after-reveal", { points: 6.5, turned: true, reason: "technical" })).says,
    ).toBe(
      "全组的评分表公开之后，一份已签名的评分表更正了 +6.5 分，理由是“设备或技术问题”。合格与否因此改变。",
    );
  });

  test("how sure is one of so many sittings without fault, in round figures; a fact is said to be one", () => {
    const sure = (chance: number) => flagWords(en, flag("straight-lining", { count: 6 }, chance)).sure;
    expect(sure(0)).toMatch(/^A fact that the journal itself records/);
    expect(sure(0.000_412_7)).toContain("one in 2,400 would");
    expect(sure(0.3)).toContain("one in 3 would");
    expect(sure(1)).toContain("one in 1 would");
    expect(sure(1e-9)).toContain("fewer than one in a million");
  });

  test.each(LANGUAGES)("in %s nothing is left between braces, whatever a flag carries", (language) => {
    const t = textOf(createI18n(language));
    for (const [code, facts] of raised) {
      const of = facts.map((name) => [name, VALUES[name] ? (VALUES[name][0] ?? "") : 7] as const);
      const said = Object.values(flagWords(t, flag(code, Object.fromEntries(of), 0.001)));
      expect(said.join(" "), code).not.toMatch(/[{}]|undefined/);
    }
  });
});

function treeAt(tree: WordTree, ...path: readonly string[]): WordTree {
  return path.reduce<WordTree>((at, step) => {
    const next = at[step];
    return typeof next === "object" ? next : {};
  }, tree);
}
