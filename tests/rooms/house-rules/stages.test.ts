// `npm test` is believed by machines: a stage that ran nothing, or crashed, must never count as passed.
import { expect, test } from "vitest";
import { agree, countPlaywright, countVitest } from "../../../build/stages/tests.ts";
import { describe as describeCount } from "../../../build/stages/stage.ts";

test("a stage that collects no test is not a pass", () => {
  expect(agree(0, { passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 });
});

test("a stage without a report is not a pass", () => {
  expect(agree(0, countVitest(undefined))).toEqual({ passed: 0, failed: 1 });
  expect(agree(0, countPlaywright(undefined))).toEqual({ passed: 0, failed: 1 });
});

test("a bad exit code with a clean report counts as one failure", () => {
  expect(agree(1, { passed: 7, failed: 0 })).toEqual({ passed: 7, failed: 1 });
});

test("a failure that the report counts is not counted twice", () => {
  expect(agree(1, { passed: 7, failed: 2 })).toEqual({ passed: 7, failed: 2 });
});

test("a test file that cannot be loaded counts as a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    testResults: [{ status: "failed", assertionResults: [] }],
  };
  expect(countVitest(report)).toEqual({ passed: 3, failed: 1 });
});

test("an end-to-end test that passes only the second time counts as a failure", () => {
  expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1 } })).toEqual({
    passed: 4,
    failed: 2,
  });
});

test("the summary is the exact line that machines look for", () => {
  expect(describeCount({ passed: 12, failed: 0 })).toBe("12 passed, 0 failed");
});
