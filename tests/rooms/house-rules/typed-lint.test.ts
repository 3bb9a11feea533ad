// Shows that the lint rules that know types are on: each refuses what it is there to refuse, by .oxlintrc.json of this project.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const WRONG: Readonly<Record<string, string>> = {
  "no-floating-promises": "export function f(p: Promise<void>) { p.then(String); }",
  "no-misused-promises": "export function f(p: Promise<boolean>) { return p ? 1 : 2; }",
  "await-thenable": "export async function f() { return await 1; }",
  "no-unsafe-assignment": "export const x: string = JSON.parse('1');",
  "no-unnecessary-condition": "export const f = (x: string) => x ?? 'never';",
  "switch-exhaustiveness-check":
    "export function f(x: 'a' | 'b') { switch (x) { case 'a': return 1; } return 2; }",
  "only-throw-error": "export function f() { throw 'a text'; }",
};

let folder: string;
let said: string;
beforeAll(() => {
  folder = mkdtempSync(join(root, "tests", "wrong-types-"));
  for (const [rule, code] of Object.entries(WRONG)) writeFileSync(join(folder, `${rule}.ts`), `${code}\n`);
  writeFileSync(join(folder, "tsconfig.json"), '{ "extends": "../tsconfig.json", "include": ["*.ts"] }');
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules", "oxlint", "bin", "oxlint"), folder, "--format=unix"],
    { cwd: root, encoding: "utf8" },
  );
  said = stdout;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

test.each(Object.keys(WRONG))("what %s is about is refused", (rule) => {
  const lines = said.split("\n").filter((line) => line.includes(`${rule}.ts`));
  expect(lines.some((line) => line.includes(`typescript(${rule})`))).toBe(true);
});
