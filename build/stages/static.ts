// Format, lint, types and import rules: what can be said about the source without running it. Each is one check.
import { checkImports } from "../checks/imports.ts";
import { repoRoot } from "../setup/progress.mjs";
import { exitCodeSaid, nodeModules } from "../setup/run.ts";
import type { Print, Stage } from "./stage.ts";

/** One compiler run each, because what exists differs: `window` not in electron/, `process` not in shared/. */
const environments = [
  "tests",
  "renderer",
  "electron",
  "electron/preload",
  "registry",
  "shared",
  "build",
  ".",
] as const;

/**
 * What is wrong by what is written needs no types: in parts that are about as long, two run at once. What is wrong by its types
 * (a promise that nobody waits for) is told by a linter on TypeScript 7, with rules of the same names.
 */
const lintParts: Readonly<Record<string, readonly string[]>> = {
  tests: ["tests"],
  window: ["renderer"],
  rest: [".", "--ignore-pattern=tests/", "--ignore-pattern=renderer/"],
};

/** They need nothing of each other. The longest begin first. */
export const staticStages: readonly Stage[] = [
  tool("lint: types", "oxlint/bin/oxlint", [".", "--max-warnings=0"]),
  ...Object.entries(lintParts).map(([name, args]) =>
    tool(`lint: ${name}`, "eslint/bin/eslint.js", [...args, "--max-warnings=0"]),
  ),
  ...environments.map((folder) =>
    tool(`types: ${folder === "." ? "settings" : folder}`, "typescript-native/bin/tsc", [
      ...["-p", folder, "--pretty", "false"],
    ]),
  ),
  tool("format", "prettier/bin/prettier.cjs", [".", "--check", "--log-level=warn"]),
  { name: "import rules", run: importRules },
];

function tool(name: string, script: string, args: readonly string[]): Stage {
  return {
    name,
    run: async (print) => {
      const code = await exitCodeSaid(process.execPath, [`${nodeModules}/${script}`, ...args], print);
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

async function importRules(print: Print) {
  const { modules, violations } = await checkImports(repoRoot);
  for (const { rule, from, to, because } of violations) {
    print(`${from} -> ${to}\n    ${rule}: ${because}\n`);
  }
  if (modules === 0) print("no module was found to check\n");
  return modules > 0 && violations.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
