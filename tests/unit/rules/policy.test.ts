// Policies are data with a source (domain 0.1, rulings 13).
import { describe, expect, test } from "vitest";
import { Policy } from "#shared/exam";
import { defaultPolicy, demoPolicy, knownOccupations, PASS_RULE } from "#shared/rules";

describe("policies", () => {
  test("[R14, R15] a real panel has three members at least and an odd number of them", () => {
    expect(defaultPolicy()).toMatchObject({
      minPanel: { value: 3 },
      oddPanel: { value: true },
      candidatesPerExaminer: { value: 5 },
    });
  });

  test("the demonstration needs one person and any panel, and changes nothing about marks or locks", () => {
    const panel = ["minPanel", "oddPanel", "candidatesPerExaminer", "twoPersonTally"];
    const eased = ["code", ...panel, "drillBeforeDay", "drillKills"];
    const [demo, usual] = [demoPolicy(), defaultPolicy()].map((policy) =>
      Object.fromEntries(Object.entries(policy).filter(([key]) => !eased.includes(key))),
    );
    const { minPanel, oddPanel, twoPersonTally } = demoPolicy();
    expect([minPanel.value, oddPanel.value, twoPersonTally.value]).toEqual([1, false, false]);
    expect(demo).toEqual(usual);
  });

  test("[R44, R49] the pass rule of the code is the one of the default policy", () => {
    const { passMark, decimals } = defaultPolicy();
    expect(PASS_RULE).toEqual({ passMark: passMark.value, decimals: decimals.value });
  });

  test("a figure without a source is refused", () => {
    const { decimals, ...rest } = defaultPolicy();
    expect(Policy.safeParse({ ...rest, decimals: { value: decimals.value, confidence: "P" } }).success).toBe(
      false,
    );
    expect(Policy.safeParse({ ...rest, decimals: 1 }).success).toBe(false);
  });
});

test("occupations whose code nobody confirmed say so", () => {
  expect(knownOccupations().map(({ code, codeVerified }) => [code, codeVerified])).toEqual([
    ["4-13-03-02", true],
    ["4-13-03-01", false],
    ["6-29-05-00", false],
  ]);
});
