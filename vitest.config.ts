// The four kinds of test that Vitest runs: unit, rooms and contract (on two databases) in Node, component in a real Chromium. End-to-end
// tests are Playwright's (playwright.config.ts).
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

declare module "vitest" {
  interface ProvidedContext {
    readonly shots: string | null;
  }
}

// Debian's Chromium where there is one: nothing is downloaded. Elsewhere Playwright's own.
const systemChromium = "/usr/bin/chromium";
const launchOptions = {
  ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
  // Chromium refuses its sandbox to root.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
};

/** Of every project in Node: Vitest hands none of the root's options for a process on to a project. */
const inNode = {
  environment: "node" as const,
  execArgv: [
    // Until Node 23 the runtime's own X25519 calls itself an experiment.
    "--disable-warning=ExperimentalWarning",
    // Room for what a test makes and drops: with Node's own 16 MB a tenth of a run is spent on collecting it.
    "--max-semi-space-size=64",
  ],
};

export default defineConfig({
  test: {
    // A test that is not awaited, or an empty stage, is a failure and never a pass.
    passWithNoTests: false,
    // Every core: by default one is left idle, which on two cores is half the machine.
    maxWorkers: "100%",
    // Counted in the unit stage only (build/stages/tests.ts switches it on): every branch of the rulebook is run.
    coverage: {
      provider: "v8",
      include: ["shared/rules/**/*.ts"],
      reporter: [["text", { skipFull: true, maxCols: 110 }]],
      reportsDirectory: "out/coverage",
      thresholds: { branches: 100 },
    },
    projects: [
      {
        test: {
          name: "unit",
          ...inNode,
          setupFiles: ["tests/support/native-suite.ts"],
          // Nothing in shared/ keeps state in a module, so files share a worker and its modules.
          isolate: false,
          // A busy machine is no failure: nothing here is judged by the clock.
          testTimeout: 60_000,
          include: ["tests/unit/**/*.{test,spec}.{ts,tsx}"],
        },
      },
      {
        test: {
          name: "rooms",
          ...inNode,
          setupFiles: ["tests/support/native-suite.ts"],
          // Nor does a test here change a module for the others; loading the house anew for each file is dear.
          isolate: false,
          include: ["tests/rooms/**/*.{test,spec}.ts"],
          // As above: rigs of a whole disk take half a minute of a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "contract",
          ...inNode,
          include: ["tests/contract/**/*.{test,spec}.ts"],
          isolate: false,
          globalSetup: ["tests/support/index-template.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The same suite with PostgreSQL behind the registry, one server for the run and one database a file.
        test: {
          name: "contract-postgres",
          ...inNode,
          include: ["tests/contract/**/*.{test,spec}.ts"],
          isolate: false,
          globalSetup: ["tests/support/contract-server.ts"],
          env: { JIANGPING_CONTRACT_STORE: "postgres" },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [react()],
        // Found while a test runs, a library makes the page reload under it: name the ones that renderer/ uses.
        optimizeDeps: {
          include: [
            "react",
            "react-dom",
            "react-dom/client",
            "react/jsx-runtime",
            "react/jsx-dev-runtime",
            "react-aria-components",
            "react-hook-form",
            "@hookform/resolvers/zod",
            "i18next",
            "react-i18next",
            "lucide-react",
            "qr",
            "qr/decode.js",
            "dexie",
            "dexie-react-hooks",
            "vitest-browser-react",
            "zod",
            "axe-core",
          ],
        },
        test: {
          name: "component",
          // A project does not take over what stands above; without it a browser on two cores draws one page at a time.
          maxWorkers: "100%",
          include: ["tests/component/**/*.{test,spec}.{ts,tsx}"],
          css: true,
          // Where pictures of what is looked at go, if anybody asks for them: a page knows nothing of its machine.
          provide: { shots: process.env["JIANGPING_SHOTS"] ?? null },
          testTimeout: 60_000,
          // By default a screen has one second to show what is waited for, which a busy machine needs for less. Still well under
          // the test's own time, so that it says what was missing.
          expect: { poll: { timeout: 20_000 } },
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions }),
            instances: [{ browser: "chromium" }],
            screenshotFailures: false,
            viewport: { width: 1366, height: 768 },
          },
        },
      },
    ],
  },
});
