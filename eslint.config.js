// Lint: typescript-eslint's strict, type-checked rules, React's hook rules in the window, and the house rules of
// build/checks/house-rules. Zero warnings: everything is an error or off.
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
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // house/no-any says the same and what to do instead.
      "@typescript-eslint/no-explicit-any": "off",
      // A number in a template is what it looks like.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // An index signature is read with brackets, a known field with a dot: the compiler knows which is which.
      "@typescript-eslint/dot-notation": "off",
      // React's event handlers may be async; what they reject is still caught by no-floating-promises inside.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // Branded types and schema-derived generics appear once on purpose.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // A handler keeps its channel's async signature even when it has nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // `while (true)` is how a loop that only a return ends is written.
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
    },
  },
  {
    files: ["renderer/**/*.ts", "renderer/**/*.tsx", "tests/component/**/*.tsx"],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // Matchers and spies are passed around unbound, and a test may assert what types already promise.
    files: ["tests/**/*.ts", "tests/**/*.tsx"],
    rules: { "@typescript-eslint/unbound-method": "off", "@typescript-eslint/no-non-null-assertion": "off" },
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
