// End-to-end tests: the real Electron app, one on a display, because two windows fighting over the focus test nothing
// (build/stages/tests.ts runs as many at once as it started displays).
// tests/support launches it; JIANGPING_ELECTRON names the executable, APP_EXECUTABLE a packaged app to test instead.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/index-template.ts",
  outputDir: "out/e2e",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: { trace: "retain-on-failure" },
});
