// `npm test` is believed by machines: a stage that ran nothing, or crashed, must never count as passed.
import { expect, test } from "vitest";
import { agree, countPlaywright, countVitest } from "../../../build/stages/tests.ts";
import { describe as describeCount, runStages, type Stage } from "../../../build/stages/stage.ts";
import { exitCodeSaid } from "../../../build/setup/run.ts";

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

test("stages beside each other each speak in one piece, and two run at a time", async () => {
  const said: string[] = [];
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const stage = (name: string): Stage => ({
    name,
    run: async (print) => {
      started.push(name);
      print(`${name} begins\n`);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      print(`${name} ends\n`);
      return { passed: 1, failed: 0 };
    },
  });
  const all = runStages([["a", "b", "c"].map(stage)], (text) => said.push(text));
  expect(started).toEqual(["a", "b"]);
  ends.get("b")?.();
  await expect.poll(() => started).toEqual(["a", "b", "c"]);
  ends.get("a")?.();
  ends.get("c")?.();
  expect(await all).toEqual({ passed: 3, failed: 0 });
  const order = said.join("").match(/^[abc] (begins|ends)$/gm);
  const pieces = ["b", "a", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]);
  expect(order).toEqual(pieces);
});

test("a stage that crashes fails alone, beside another and before one", async () => {
  const crash: Stage = { name: "crash", run: () => Promise.reject(new Error("no such tool")) };
  const good: Stage = { name: "good", run: () => Promise.resolve({ passed: 2, failed: 0 }) };
  const said: string[] = [];
  expect(await runStages([[crash, good], crash, good], (text) => said.push(text))).toEqual({
    passed: 4,
    failed: 2,
  });
  expect(said.join("").match(/no such tool/g)).toHaveLength(2);
});

test("what a program says on either stream is kept, and so is its exit code", async () => {
  let said = "";
  const script = "console.log('seen'); console.error('trouble'); process.exitCode = 3";
  expect(await exitCodeSaid(process.execPath, ["-e", script], (text) => (said += text))).toBe(3);
  expect(said.split("\n").sort()).toEqual(["", "seen", "trouble"]);
});
