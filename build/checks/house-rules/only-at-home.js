// Four things that belong to one room each, because that room is where their dangers are guarded: Electron's two IPC
// halves, the bridge the preload leaves on the window, and Dexie. Tests may touch all of them.
import { livesIn } from "./places.js";

/**
 * A name that may be imported from a module, or from anywhere, only in its home.
 * @param {{ module: RegExp, name: string | undefined, home: readonly string[], message: string }} guard
 * @returns {import("eslint").Rule.RuleModule}
 */
function importOnlyAtHome({ module, name, home, message }) {
  return {
    meta: { type: "problem", schema: [], messages: { away: message } },
    create(context) {
      if (livesIn(context, [...home, "tests/"])) return {};
      /** @param {unknown} source */
      const guarded = (source) => typeof source === "string" && module.test(source);
      return {
        ImportDeclaration(node) {
          if (!guarded(node.source.value)) return;
          if (name === undefined) return context.report({ node, messageId: "away" });
          for (const specifier of node.specifiers) {
            if (specifier.type !== "ImportSpecifier") continue;
            if (nameOf(specifier.imported) === name) context.report({ node: specifier, messageId: "away" });
          }
        },
        ExportNamedDeclaration(node) {
          if (!node.source || !guarded(node.source.value)) return;
          const passedOn = node.specifiers.some((specifier) => nameOf(specifier.local) === name);
          if (name === undefined || passedOn) context.report({ node, messageId: "away" });
        },
        ImportExpression(node) {
          if (name === undefined && node.source.type === "Literal" && guarded(node.source.value)) {
            context.report({ node, messageId: "away" });
          }
        },
        // `electron.ipcMain`, when the whole module was imported.
        MemberExpression(node) {
          if (name !== undefined && memberName(node) === name) context.report({ node, messageId: "away" });
        },
      };
    },
  };
}

export const ipcMainAtHome = importOnlyAtHome({
  module: /^electron(\/main)?$/,
  name: "ipcMain",
  home: ["electron/ipc/", "electron/main.ts"],
  message: "ipcMain lives in electron/ipc: add a channel to shared/ipc and a handler to electron/ipc instead",
});

export const ipcRendererAtHome = importOnlyAtHome({
  module: /^electron(\/renderer)?$/,
  name: "ipcRenderer",
  home: ["electron/preload/"],
  message: "ipcRenderer lives in electron/preload: call the bridge of renderer/bridge instead",
});

export const dexieAtHome = importOnlyAtHome({
  module: /^dexie($|\/|-react-hooks)/,
  name: undefined,
  home: ["renderer/store/"],
  message: "Dexie lives in renderer/store: ask renderer/store for a query or a hook instead",
});

/** @type {import("eslint").Rule.RuleModule} */
export const bridgeAtHome = {
  meta: {
    type: "problem",
    schema: [],
    messages: { away: "window.bridge lives in renderer/bridge: import its typed client instead" },
  },
  create(context) {
    if (livesIn(context, ["renderer/bridge/", "renderer/confirm/", "renderer/drill/", "tests/"])) return {};
    const globalObjects = ["window", "globalThis", "self"];
    return {
      MemberExpression(node) {
        const ofWindow = node.object.type === "Identifier" && globalObjects.includes(node.object.name);
        if (ofWindow && memberName(node) === "bridge") context.report({ node, messageId: "away" });
      },
      // const { bridge } = window
      VariableDeclarator(node) {
        if (node.id.type !== "ObjectPattern" || node.init?.type !== "Identifier") return;
        if (!globalObjects.includes(node.init.name)) return;
        for (const property of node.id.properties) {
          if (property.type === "Property" && nameOf(property.key) === "bridge") {
            context.report({ node: property, messageId: "away" });
          }
        }
      },
    };
  },
};

/** @param {import("estree").Node | import("estree").PrivateIdentifier} node */
export function nameOf(node) {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" ? String(node.value) : undefined;
}

/**
 * The name after the dot, or in brackets when it is a plain string.
 * @param {import("estree").MemberExpression} node
 */
export function memberName(node) {
  if (!node.computed) return nameOf(node.property);
  return node.property.type === "Literal" ? String(node.property.value) : undefined;
}
