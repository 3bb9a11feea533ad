// Shows, for each house lint rule, code that it refuses and code next to it that it leaves alone.
import { RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { afterAll, describe, test } from "vitest";
import { houseRules } from "../../../build/checks/house-rules/index.js";

RuleTester.describe = describe;
RuleTester.it = test;
RuleTester.itOnly = test.only;
Object.assign(RuleTester, { afterAll });

type RuleName = keyof typeof houseRules.rules;
interface Example {
  readonly name: string;
  readonly filename: string;
  readonly code: string;
}

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });

/** Each refused example breaks the rule exactly once, and the message says what to do instead. */
function proves(name: RuleName, examples: { allowed: Example[]; refused: Example[] }): void {
  const messages = Object.values(houseRules.rules[name].meta?.messages ?? {});
  test(`${name} says what to do instead`, ({ expect }) => {
    for (const message of messages) expect(message).toMatch(/: .+|instead/);
  });
  tester.run(name, houseRules.rules[name], {
    valid: examples.allowed,
    invalid: examples.refused.map((example) => ({ ...example, errors: 1 })),
  });
}

proves("ipc-main-at-home", {
  allowed: [
    {
      name: "ipcMain in electron/ipc is allowed",
      filename: "electron/ipc/handle.ts",
      code: 'import { ipcMain } from "electron";',
    },
    {
      name: "ipcMain in electron/main.ts is allowed",
      filename: "electron/main.ts",
      code: 'import { ipcMain } from "electron";',
    },
  ],
  refused: [
    {
      name: "an ipcMain import in another room is refused",
      filename: "electron/journal/append.ts",
      code: 'import { app, ipcMain } from "electron";',
    },
    {
      name: "ipcMain under another name is refused",
      filename: "electron/window/open.ts",
      code: 'import { ipcMain as post } from "electron/main";',
    },
    {
      name: "ipcMain through the whole module is refused",
      filename: "electron/keys/open.ts",
      code: 'import * as electron from "electron"; electron.ipcMain.handle("x", () => 1);',
    },
    {
      name: "ipcMain passed on is refused",
      filename: "electron/keys/index.ts",
      code: 'export { ipcMain } from "electron";',
    },
  ],
});

proves("ipc-renderer-at-home", {
  allowed: [
    {
      name: "ipcRenderer in the preload is allowed",
      filename: "electron/preload/app.ts",
      code: 'import { ipcRenderer } from "electron";',
    },
  ],
  refused: [
    {
      name: "an ipcRenderer import in the window is refused",
      filename: "renderer/bridge/client.ts",
      code: 'import { ipcRenderer } from "electron/renderer";',
    },
  ],
});

proves("bridge-at-home", {
  allowed: [
    {
      name: "window.bridge in renderer/bridge is allowed",
      filename: "renderer/bridge/client.ts",
      code: "window.bridge.call();",
    },
    {
      name: "window.bridge in the signing window is allowed",
      filename: "renderer/confirm/ask.ts",
      code: "window.bridge.call();",
    },
    {
      name: "a bridge that was handed over is allowed",
      filename: "renderer/features/marking/sign.ts",
      code: "props.bridge.call();",
    },
  ],
  refused: [
    {
      name: "window.bridge in a feature is refused",
      filename: "renderer/features/marking/sign.ts",
      code: "window.bridge.call();",
    },
    {
      name: "window['bridge'] in a feature is refused",
      filename: "renderer/features/marking/sign.ts",
      code: 'window["bridge"].call();',
    },
    {
      name: "a bridge taken out of window is refused",
      filename: "renderer/app/shell.ts",
      code: "const { bridge } = window;",
    },
    {
      name: "globalThis.bridge is refused",
      filename: "renderer/store/feed.ts",
      code: "globalThis.bridge.call();",
    },
  ],
});

proves("dexie-at-home", {
  allowed: [
    {
      name: "Dexie in renderer/store is allowed",
      filename: "renderer/store/open.ts",
      code: 'import Dexie from "dexie";',
    },
    {
      name: "Dexie's hook in renderer/store is allowed",
      filename: "renderer/store/use-live.ts",
      code: 'import { useLiveQuery } from "dexie-react-hooks";',
    },
  ],
  refused: [
    {
      name: "a Dexie import outside renderer/store is refused",
      filename: "renderer/features/marking/desk.ts",
      code: 'import Dexie from "dexie";',
    },
    {
      name: "a type import of Dexie outside renderer/store is refused",
      filename: "renderer/features/marking/desk.ts",
      code: 'import type { Table } from "dexie";',
    },
    {
      name: "Dexie's hook outside renderer/store is refused",
      filename: "renderer/app/shell.ts",
      code: 'import { useLiveQuery } from "dexie-react-hooks";',
    },
    {
      name: "Dexie fetched late is refused",
      filename: "renderer/app/shell.ts",
      code: 'void import("dexie");',
    },
  ],
});

const shared = "shared/rules/deadlines.ts";
proves("pure-core", {
  allowed: [
    {
      name: "an instant turned into a date is allowed in shared",
      filename: shared,
      code: "export const day = (at: number) => new Date(at);",
    },
    {
      name: "a parameter named fetch is allowed in shared",
      filename: shared,
      code: "export const f = (fetch: () => void) => fetch();",
    },
    {
      name: "a field named performance is allowed in shared",
      filename: shared,
      code: "export const f = (s: S) => s.performance;",
    },
    {
      name: "the clock outside shared is allowed",
      filename: "electron/journal/append.ts",
      code: "Date.now();",
    },
  ],
  refused: [
    { name: "Date.now in shared is refused", filename: shared, code: "Date.now();" },
    {
      name: "Date.now under another name in shared is refused",
      filename: shared,
      code: "const now = Date.now;",
    },
    { name: "new Date() in shared is refused", filename: shared, code: "new Date();" },
    { name: "Date() in shared is refused", filename: shared, code: "Date();" },
    { name: "Math.random in shared is refused", filename: shared, code: "Math.random();" },
    { name: "console in shared is refused", filename: shared, code: 'console.log("x");' },
    { name: "a timer in shared is refused", filename: shared, code: "setTimeout(() => 1, 5);" },
    { name: "fetch in shared is refused", filename: shared, code: 'fetch("/x");' },
    {
      name: "a random source found in shared is refused",
      filename: shared,
      code: "crypto.getRandomValues(bytes);",
    },
    { name: "a way round through globalThis is refused", filename: shared, code: "globalThis.fetch();" },
  ],
});

const anywhere = "renderer/features/marking/desk.ts";
proves("no-enum", {
  allowed: [{ name: "a union is allowed", filename: anywhere, code: 'type Level = "1" | "2";' }],
  refused: [
    { name: "an enum is refused", filename: anywhere, code: "enum Level { One }" },
    { name: "a const enum is refused", filename: anywhere, code: "const enum Level { One }" },
  ],
});

proves("no-default-export", {
  allowed: [{ name: "a named export is allowed", filename: anywhere, code: "export const desk = 1;" }],
  refused: [
    { name: "a default export is refused", filename: anywhere, code: "export default 1;" },
    {
      name: "a default export by another way is refused",
      filename: anywhere,
      code: "const desk = 1; export { desk as default };",
    },
  ],
});

proves("no-coerce", {
  allowed: [
    {
      name: "a transform of the form's own is allowed",
      filename: anywhere,
      code: "z.string().transform(textToMark);",
    },
  ],
  refused: [
    { name: "z.coerce is refused", filename: anywhere, code: "z.coerce.number();" },
    { name: "z['coerce'] is refused", filename: anywhere, code: 'z["coerce"].number();' },
    {
      name: "an import of coerce from zod is refused",
      filename: anywhere,
      code: 'import { coerce } from "zod";',
    },
  ],
});

proves("no-open-external", {
  allowed: [
    {
      name: "showing a folder is allowed",
      filename: "electron/files/show.ts",
      code: "shell.showItemInFolder(path);",
    },
  ],
  refused: [
    {
      name: "shell.openExternal is refused",
      filename: "electron/window/open.ts",
      code: "void shell.openExternal(url);",
    },
    {
      name: "openExternal taken out of shell is refused",
      filename: "electron/window/open.ts",
      code: "const { openExternal } = shell;",
    },
  ],
});

proves("no-any", {
  allowed: [{ name: "unknown is allowed", filename: anywhere, code: "const x: unknown = 1;" }],
  refused: [
    { name: "any is refused", filename: anywhere, code: "const x: any = 1;" },
    { name: "any inside another type is refused", filename: anywhere, code: "const x: Array<any> = [];" },
  ],
});

proves("dated-exception", {
  allowed: [
    {
      name: "an exception with name, reason and end date is allowed",
      filename: anywhere,
      code: "// eslint-disable-next-line no-var -- li: the library's types are wrong, until 2027-03-01\nvar x = 1;",
    },
    { name: "an ordinary comment is allowed", filename: anywhere, code: "// why this is so\nconst x = 1;" },
  ],
  refused: [
    {
      name: "an exception without a reason is refused",
      filename: anywhere,
      code: "// eslint-disable-next-line no-var\nvar x = 1;",
    },
    {
      name: "nor is one from a rule that knows types",
      filename: anywhere,
      code: "// oxlint-disable-next-line typescript/no-deprecated\nvar x = 1;",
    },
    {
      name: "an exception without an end date is refused",
      filename: anywhere,
      code: "// @ts-expect-error -- li: the library's types are wrong\nconst x = 1;",
    },
  ],
});
