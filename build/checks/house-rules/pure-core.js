// shared/ never finds out where or when it runs: no clock, no chance, no console, no timer, no network. What it needs
// of them arrives as a parameter. Only the globals are meant: a parameter named `now` or `fetch` is the way to do it.
import { memberName } from "./only-at-home.js";
import { livesIn } from "./places.js";

/** Called or read as globals; the value says what to do instead. */
const globals = {
  console: "return what happened as a value and let the shell log it",
  setTimeout: "return when to wake up and let the shell keep the timer",
  setInterval: "return when to wake up and let the shell keep the timer",
  setImmediate: "return when to wake up and let the shell keep the timer",
  fetch: "return what to ask and let electron/outbox ask it",
  XMLHttpRequest: "return what to ask and let electron/outbox ask it",
  WebSocket: "return what to ask and let electron/outbox ask it",
  performance: "take the instant as a parameter",
  process: "take the setting as a parameter",
};

/** Members of globals that are otherwise harmless. */
const members = {
  "Date.now": "take the instant as a parameter",
  "Math.random": "take the random source as a parameter",
  "crypto.getRandomValues": "take the random source as a parameter",
  "crypto.randomUUID": "take the id as a parameter",
};

/** @type {import("eslint").Rule.RuleModule} */
export const pureCore = {
  meta: {
    type: "problem",
    schema: [],
    messages: { impure: "shared/ does not know {{what}}: {{instead}}" },
  },
  create(context) {
    if (!livesIn(context, ["shared/"])) return {};
    /** @param {import("estree").Node} node @param {string} what @param {string} instead */
    const report = (node, what, instead) =>
      context.report({ node, messageId: "impure", data: { what, instead } });

    return {
      "Program:exit"(/** @type {import("estree").Program} */ program) {
        const scope = context.sourceCode.getScope(program);
        const declared = scope.variables.filter((variable) => variable.defs.length === 0);
        // Known globals that nobody redefined, and names that nobody declared at all.
        const references = [...declared.flatMap((variable) => variable.references), ...scope.through];
        for (const { identifier } of references) {
          if (identifier.type !== "Identifier") continue;
          const { name } = identifier;
          if (Object.hasOwn(globals, name))
            report(identifier, name, globals[/** @type {keyof typeof globals} */ (name)]);
          checkUse(/** @type {import("eslint").Rule.Node} */ (identifier), name);
        }
      },
    };

    /** @param {import("eslint").Rule.Node} identifier @param {string} name */
    function checkUse(identifier, name) {
      const parent = /** @type {import("estree").Node} */ (identifier.parent);
      if (parent.type === "MemberExpression" && parent.object === identifier) {
        const member = `${name}.${memberName(parent) ?? ""}`;
        if (name === "globalThis") return report(parent, member, "take what you need as a parameter");
        if (Object.hasOwn(members, member)) {
          report(parent, member, members[/** @type {keyof typeof members} */ (member)]);
        }
      }
      // new Date(ms) converts; new Date() and Date() read the clock.
      const reads =
        parent.type === "NewExpression" ? parent.arguments.length === 0 : parent.type === "CallExpression";
      if (name === "Date" && reads && "callee" in parent && parent.callee === identifier) {
        report(parent, "the time", "take the instant as a parameter");
      }
    }
  },
};
