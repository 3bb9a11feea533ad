// The text of the rulebook itself: eighty entries in order, one sentence each.
import { expect, test } from "vitest";
import { rulebook } from "#shared/rules";

test("the rulebook has R1 to R80 in order, and no title twice", () => {
  const rules = rulebook();
  expect(rules.map(({ no }) => no)).toEqual(Array.from({ length: 80 }, (_, at) => `R${at + 1}`));
  expect(new Set(rules.map(({ title }) => title.en)).size).toBe(80);
});

test("a rule is one sentence in each language, never two", () => {
  for (const { no, sentence } of rulebook()) {
    expect(sentence.zh, no).toMatch(/^[^。！？]+。$/);
    expect(sentence.en, no).toMatch(/^[A-Z](?:(?!\. ).)+\.$/);
  }
});
