// Shows that the import rules refuse what they are there to refuse: tests/fixtures/wrong-imports mirrors the rooms and
// breaks the table of build/checks/rooms.ts on purpose.
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { checkImports, type ImportReport } from "../../../build/checks/imports.ts";

const wrongTree = fileURLToPath(new URL("../../fixtures/wrong-imports", import.meta.url));

describe("the import rules", () => {
  let report: ImportReport;
  beforeAll(async () => {
    report = await checkImports(wrongTree);
  }, 30_000);

  const refusals: readonly [sentence: string, rule: string, from: string, to: string][] = [
    [
      "a type import is refused like any other",
      "shared/exam imports only what it may",
      "shared/exam/index.ts",
      "shared/wire/index.ts",
    ],
    [
      "a room is not entered past its index",
      "shared/rules imports only what it may",
      "shared/rules/index.ts",
      "shared/base/inner.ts",
    ],
    ["the core does not import node:*", "shared/crypto does not know node:*", "shared/crypto/index.ts", "fs"],
    [
      "the preload does not import more of the core than the names of the channels",
      "electron/preload imports only what it may",
      "electron/preload/app.ts",
      "shared/base/index.ts",
    ],
    [
      "rooms of the main process do not import each other",
      "electron/journal imports only what it may",
      "electron/journal/index.ts",
      "electron/keys/index.ts",
    ],
    [
      "electron/ipc does not import a sibling's values",
      "electron/ipc knows only the types of its siblings",
      "electron/ipc/index.ts",
      "electron/keys/index.ts",
    ],
    [
      "a composition root does not import another shell",
      "electron/main.ts imports only what it may",
      "electron/main.ts",
      "renderer/ui/index.ts",
    ],
    [
      "a feature does not import another feature",
      "one feature does not know another",
      "renderer/features/marking/index.ts",
      "renderer/features/roster/index.ts",
    ],
    [
      "a library outside its room is refused",
      "renderer/ui imports only what it may",
      "renderer/ui/index.ts",
      "/node_modules/dexie/",
    ],
    [
      "the verifier does not import a library",
      "registry/verifier imports only what it may",
      "registry/verifier/index.ts",
      "/node_modules/zod/",
    ],
    ["a test is imported by no one", "nobody imports tests", "registry/main.ts", "tests/helper.ts"],
    ["a file without a room is refused", "a file without a room", "shared/stray.ts", "shared/base/index.ts"],
    [
      "an import that leads nowhere is refused",
      "what is imported exists",
      "shared/sync/index.ts",
      "./missing.js",
    ],
    [
      "a cycle is refused even when it is made of types",
      "no cycles",
      "shared/journal/one.ts",
      "shared/journal/two.ts",
    ],
  ];
  test.each(refusals)("%s", (_sentence, rule, from, to) => {
    expect(report.violations).toContainEqual({
      rule,
      from,
      to: expect.stringContaining(to) as string,
      because: expect.stringMatching(/\w+ \w+/) as string,
    });
  });

  test("what the table allows is not refused", () => {
    const innocent = [
      ["electron/ipc/index.ts", "electron/journal/index.ts"],
      ["electron/ipc/index.ts", "electron/main"],
      ["electron/keys/index.ts", "electron"],
      ["electron/preload/app.ts", "shared/ipc/names/index.ts"],
      ["renderer/features/marking/index.ts", "renderer/ui/index.ts"],
      ["tests/helper.ts", "shared/base/inner.ts"],
    ];
    for (const [from, to] of innocent) {
      expect(report.violations.filter((found) => found.from === from && found.to === to)).toEqual([]);
    }
    expect(report.violations.filter(({ from }) => from === "shared/ipc/index.ts")).toEqual([]);
  });
});
