// R38, R44, R49: what one sheet would publish.
import { describe, expect, test } from "vitest";
import { fraction, textToFraction, ZERO, type Fraction } from "#shared/base";
import { checkVetoes, isPassing, PASS_RULE, publishedMark, sampleRubrics } from "#shared/rules";

const rubric = sampleRubrics()[0]!; // V1 to V3 fail the part, V4 and V5 disqualify

function points(text: string): Fraction {
  return textToFraction(text)!;
}

describe("vetoes", () => {
  test("[R38] a veto that fails the part publishes 59 of 82, and says why", () => {
    expect(publishedMark(fraction(82), ["V1"], rubric)).toEqual({
      mark: fraction(59),
      outcome: "FAIL",
      reasons: [{ code: "veto.fail-part", facts: { veto: "V1" } }],
    });
  });

  test("[R38] a veto does not lift a mark that was lower", () => {
    expect(publishedMark(fraction(40), ["V2"], rubric)).toMatchObject({
      mark: fraction(40),
      outcome: "FAIL",
    });
  });

  test("[R38] a serious accident leaves nothing and cancels, whatever else was confirmed", () => {
    expect(publishedMark(fraction(82), ["V1", "V4"], rubric)).toEqual({
      mark: ZERO,
      outcome: "CANCELLED",
      reasons: [
        { code: "veto.disqualify", facts: { veto: "V4" } },
        { code: "veto.fail-part", facts: { veto: "V1" } },
      ],
    });
  });

  test("[R38] a veto that the rubric does not have is refused, and one named twice too", () => {
    expect(checkVetoes(["V9"], rubric)).toMatchObject({ ok: false, error: { code: "veto.unknown" } });
    expect(checkVetoes(["V1", "V1"], rubric)).toMatchObject({ ok: false, error: { code: "veto.repeated" } });
    expect(checkVetoes(["V1", "V4"], rubric).ok).toBe(true);
    expect(() => publishedMark(fraction(82), ["V9"], rubric)).toThrow("invariant");
  });
});

describe("passing", () => {
  test.each([
    ["60", true],
    ["59.9", false],
    ["59.95", true],
    ["59.949", false],
    ["59.944", false],
  ])("[R49] a mark of %s passes: %s", (text, passes) => {
    expect(isPassing(points(text), PASS_RULE)).toBe(passes);
    expect(publishedMark(points(text), [], rubric).outcome).toBe(passes ? "PASS" : "FAIL");
  });

  test("[R44] 59.8, 60.0 and 60.1 pass rounded to one decimal, and not to two, and not exactly", () => {
    const mean = fraction(1799, 30);
    expect(isPassing(mean, { passMark: 60, decimals: 1 })).toBe(true);
    expect(isPassing(mean, { passMark: 60, decimals: 2 })).toBe(false);
    expect(isPassing(mean, { passMark: 60, decimals: null })).toBe(false);
    expect(isPassing(fraction(60), { passMark: 60, decimals: null })).toBe(true);
  });

  test("[R44] 59.9, 59.9 and 60.0 do not pass", () => {
    expect(isPassing(fraction(1798, 30), PASS_RULE)).toBe(false);
  });

  test("[R44] the published mark stays exact: rounding is for the decision and the eye", () => {
    expect(publishedMark(fraction(214, 3), [], rubric)).toEqual({
      mark: fraction(214, 3),
      outcome: "PASS",
      reasons: [],
    });
  });

  test("[R49] a failed sheet says that it was the mark", () => {
    expect(publishedMark(points("59.9"), [], rubric).reasons).toEqual([{ code: "mark.below-pass" }]);
  });
});
