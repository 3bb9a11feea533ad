// Both languages say the same things: the compiler checks the keys, this checks what is in them.
import { describe, expect, test } from "vitest";
import { createI18n, resources, textOf, type WordTree } from "../../../renderer/i18n/index.ts";

const zh = flatten(resources["zh-CN"]);
const en = flatten(resources.en);
const singular = /_one$/;

describe("the two languages", () => {
  test("have the same keys, but for English singulars", () => {
    const keys = [...en.keys()].filter((key) => !singular.test(key));
    expect(keys.sort()).toEqual([...zh.keys()].sort());
  });

  test("keep a singular only beside its plural", () => {
    for (const key of en.keys()) if (singular.test(key)) expect(zh.has(key.replace(singular, ""))).toBe(true);
  });

  test.each([
    ["zh-CN", zh],
    ["en", en],
  ] as const)("%s has no empty words and no exclamation marks", (_, words) => {
    for (const [key, word] of words) {
      expect(word.trim(), key).not.toBe("");
      expect(word, key).not.toMatch(/[!！]/);
    }
  });

  test("use the same variables in every sentence", () => {
    for (const [key, word] of en) {
      expect(variables(word), key).toEqual(variables(zh.get(key.replace(singular, "")) ?? ""));
    }
  });

  test("do not leave English punctuation between Chinese characters", () => {
    for (const [key, word] of zh)
      expect(word, key).not.toMatch(/[\u4e00-\u9fff][,;:?]|[,;:?][\u4e00-\u9fff]/);
  });
});

describe("t", () => {
  test("puts values in, keeps markup as text, and takes the singular where there is one", () => {
    const t = textOf(createI18n("en"));
    expect(t("confirm.sheet.overtime", { count: 1 })).toBe("1 minute over time");
    expect(t("confirm.sheet.overtime", { count: 7 })).toBe("7 minutes over time");
    expect(t("confirm.sheet.ticket", { no: "<b>" })).toBe("Ticket <b>");
  });

  test("finds a key that contains dots, and answers null for a code without words", () => {
    const t = textOf(createI18n("zh-CN"));
    expect(t.maybe("confirm.refused.keys.wait", { count: 30 })).toContain("30 秒");
    expect(t.maybe("confirm.refused.no.such-code")).toBeNull();
  });
});

function flatten(tree: WordTree, path = ""): Map<string, string> {
  const words = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") words.set(`${path}${key}`, value);
    else for (const [inner, word] of flatten(value, `${path}${key}.`)) words.set(inner, word);
  }
  return words;
}

function variables(word: string): string[] {
  return [...new Set(word.match(/\{\{\w+\}\}/g) ?? [])].sort();
}
