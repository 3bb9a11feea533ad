// Parts of the language and of our libraries that we do without, each for a reason that once cost somebody a day.
import { memberName, nameOf } from "./only-at-home.js";

/** @type {import("eslint").Rule.RuleModule} */
export const noEnum = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      enum: "an enum has a run-time object of its own: use a union, z.enum or an `as const` object instead",
    },
  },
  create: (context) => ({
    TSEnumDeclaration(/** @type {import("estree").Node} */ node) {
      context.report({ node, messageId: "enum" });
    },
  }),
};

/** Tools that insist on a default export in their configuration are exempted in eslint.config.js. */
/** @type {import("eslint").Rule.RuleModule} */
export const noDefaultExport = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      default: "a default export has another name in every file that imports it: export it by name instead",
    },
  },
  create: (context) => ({
    ExportDefaultDeclaration(node) {
      context.report({ node, messageId: "default" });
    },
    ExportSpecifier(node) {
      if (nameOf(node.exported) === "default") context.report({ node, messageId: "default" });
    },
  }),
};

/** @type {import("eslint").Rule.RuleModule} */
export const noCoerce = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      coerce:
        "z.coerce turns an empty field into 0, and here that fails a candidate: give the form its own input schema instead",
    },
  },
  create: (context) => ({
    MemberExpression(node) {
      const ofZod = node.object.type === "Identifier" && ["z", "zod"].includes(node.object.name);
      if (ofZod && memberName(node) === "coerce") context.report({ node, messageId: "coerce" });
    },
    ImportSpecifier(node) {
      const from = node.parent.type === "ImportDeclaration" ? node.parent.source.value : undefined;
      if (nameOf(node.imported) === "coerce" && typeof from === "string" && from.startsWith("zod")) {
        context.report({ node, messageId: "coerce" });
      }
    },
  }),
};

/** @type {import("eslint").Rule.RuleModule} */
export const noOpenExternal = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      open: "shell.openExternal starts whatever the address names: show the address as text to copy instead",
    },
  },
  create: (context) => ({
    MemberExpression(node) {
      if (memberName(node) === "openExternal") context.report({ node, messageId: "open" });
    },
    // const { openExternal } = shell
    Property(node) {
      const pattern = node.parent.type === "ObjectPattern";
      if (pattern && nameOf(node.key) === "openExternal") context.report({ node, messageId: "open" });
    },
  }),
};

/** @type {import("eslint").Rule.RuleModule} */
export const noAny = {
  meta: {
    type: "problem",
    schema: [],
    messages: { any: "`any` switches the compiler off: use unknown and parse it with a schema instead" },
  },
  create: (context) => ({
    TSAnyKeyword(/** @type {import("estree").Node} */ node) {
      context.report({ node, messageId: "any" });
    },
  }),
};
