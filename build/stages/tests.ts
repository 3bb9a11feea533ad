// The tests that run code. Counts come from the tools' own JSON reports, and a run that tried nothing, or whose exit
// code disagrees with its report, has failed: an empty stage must never look like a good one.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundle } from "../bundle.ts";
import { withDisplays } from "../setup/display.ts";
import { isHeadless } from "../setup/system-packages.mjs";
import { repoRoot } from "../setup/progress.mjs";
import { exitCodeOf, exitCodeSaid, nodeModules, start } from "../setup/run.ts";
import type { Count, Stage } from "./stage.ts";

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

/** An application waits for its disk and its key derivation half of the time: two fit on two cores. */
const WINDOWS_AT_ONCE = 2;

export function vitestStage(
  project: "unit" | "rooms" | "component" | "contract" | "contract-postgres",
): Stage {
  return {
    name: project,
    run: async (print) => {
      const report = freshReport(`${project}.json`);
      const args = ["run", "--project", project, "--reporter=default", "--reporter=json"];
      if (project === "unit") args.push("--coverage.enabled");
      const vitest = [join(nodeModules, "vitest/vitest.mjs"), ...args, `--outputFile.json=${report}`];
      const code = await exitCodeSaid(process.execPath, vitest, print);
      return agree(code, countVitest(readReport<VitestReport>(report)));
    },
  };
}

export const endToEndStage: Stage = {
  name: "e2e",
  run: async () => {
    const report = freshReport("e2e.json");
    await bundle();
    const code = await withDisplays(WINDOWS_AT_ONCE, (env) =>
      exitCodeOf(
        start(
          process.execPath,
          [
            join(nodeModules, "@playwright/test/cli.js"),
            "test",
            "--reporter=list,json",
            // A person's own screen has one focus.
            `--workers=${isHeadless() ? WINDOWS_AT_ONCE : 1}`,
          ],
          {
            env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
          },
        ),
      ),
    );
    return agree(code, countPlaywright(readReport<PlaywrightReport>(report)));
  },
};

/** A file that could not be loaded holds no test that failed, so it is counted as one. */
export function countVitest(report: VitestReport | undefined): Count {
  if (!report) return { passed: 0, failed: 0 };
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloadable };
}

/** A test that passes only the second time is a failure: nothing is retried, so there should be none. */
export function countPlaywright(report: PlaywrightReport | undefined): Count {
  if (!report) return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky };
}

/** What the tool's exit code adds to its report: trouble that no single test owns, or no tests at all. */
export function agree(exitCode: number, count: Count): Count {
  if (count.passed + count.failed === 0) return { passed: 0, failed: 1 };
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function freshReport(name: string): string {
  const file = join(repoRoot, "out", "test", name);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/** The shape is the tool's, of a version we pinned. Without a report the tool did not get as far as its tests. */
function readReport<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
