// Format, lint, types and import rules: what can be said about the source without running it. Each is one check.
import { checkImports } from "../checks/imports.ts";
import { repoRoot } from "../setup/progress.mjs";
import { exitCodeOf, nodeModules, start } from "../setup/run.ts";
import type { Stage } from "./stage.ts";

/** One compiler run each, because what exists differs: `window` not in electron/, `process` not in shared/. */
const environments = [
  "shared",
  "electron",
  "electron/preload",
  "renderer",
  "registry",
  "tests",
  "build",
  ".",
] as const;

export const staticStages: readonly Stage[] = [
  tool("format", "prettier/bin/prettier.cjs", [".", "--check", "--log-level=warn"]),
  // The cache is keyed by file content and configuration. It does not know that a type changed in another file, which
  // type-checked rules depend on, so there is none. Two at once halve the wait, and each holds the types of the whole tree.
  tool("lint", "eslint/bin/eslint.js", [".", "--max-warnings=0", "--concurrency=2"]),
  ...environments.map((folder) =>
    tool(`types: ${folder === "." ? "settings" : folder}`, "typescript/bin/tsc", [
      "-p",
      folder,
      "--pretty",
      "false",
    ]),
  ),
  { name: "import rules", run: importRules },
];

function tool(name: string, script: string, args: readonly string[]): Stage {
  return {
    name,
    run: async () => {
      const code = await exitCodeOf(start(process.execPath, [`${nodeModules}/${script}`, ...args]));
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

async function importRules() {
  const { modules, violations } = await checkImports(repoRoot);
  for (const { rule, from, to, because } of violations) {
    process.stdout.write(`${from} -> ${to}\n    ${rule}: ${because}\n`);
  }
  if (modules === 0) process.stdout.write("no module was found to check\n");
  return modules > 0 && violations.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
