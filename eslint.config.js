// Lint by what is written: typescript-eslint's strict rules, React's hook rules in the window, and the house rules of
// build/checks/house-rules. The rules that know types are .oxlintrc.json's. Zero warnings: everything is an error or off.
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { houseRules } from "./build/checks/house-rules/index.js";

const typescript = ["**/*.ts", "**/*.tsx"];
/** @type {Record<string, "error">} */
const everyHouseRule = Object.fromEntries(
  Object.keys(houseRules.rules).map((name) => [`house/${name}`, "error"]),
);

export default defineConfig(
  { ignores: ["node_modules/", "dist/", "out/", ".cache/", "tests/fixtures/", "build/types/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: typescript,
    extends: [tseslint.configs.strict],
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // house/no-any says the same and what to do instead.
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["renderer/**/*.ts", "renderer/**/*.tsx", "tests/component/**/*.tsx"],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // A test may assert what types already promise.
    files: ["tests/**/*.ts", "tests/**/*.tsx"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    // Plain JavaScript runs before anything is installed; tsc checks its types, not this.
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    languageOptions: { parser: tseslint.parser },
  },
  {
    files: [...typescript, "**/*.js", "**/*.mjs"],
    plugins: { house: houseRules },
    rules: everyHouseRule,
  },
  {
    // The tools that read these files insist on a default export.
    files: ["*.config.{js,ts}", "tests/support/index-template.ts"],
    rules: { "house/no-default-export": "off" },
  },
);
