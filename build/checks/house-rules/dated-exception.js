// An exception to any rule carries a name, a reason and an end date, so that it can be asked about and does not stay:
//   // eslint-disable-next-line rule -- li: the library's types are wrong, until 2027-03-01
const directive = /^\s*((?:es|ox)lint-disable|@ts-expect-error|@ts-ignore|@ts-nocheck)/;
const excuse = /\b[\w-]+: .{10,}, until \d{4}-\d{2}-\d{2}\s*$/;

/** @type {import("eslint").Rule.RuleModule} */
export const datedException = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      bare: 'an exception ends in "name: reason, until YYYY-MM-DD": add them, or obey the rule instead',
    },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (!directive.test(comment.value) || excuse.test(comment.value)) continue;
        if (comment.loc) context.report({ loc: comment.loc, messageId: "bare" });
      }
    },
  }),
};
