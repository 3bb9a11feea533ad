import type { Translated } from "../words.ts";
import type {
  asked as zhAsked,
  decision as zhDecision,
  decisions as zhDecisions,
} from "../zh-CN/review-decision.ts";

export const decision: Translated<typeof zhDecision> = {
  title: "Supervisor's decision",
  signer: "Signed by {{name}}",
  about: "Looked at",
  kind: {
    confirm: "Confirm",
    return: "Return with a question",
    "re-mark": "Mark again by another panel",
    void: "Void",
    escalate: "Leave to the registry",
  },
  means: {
    confirm: "The matter is closed; the result stands as it is.",
    return:
      "The examiner amends the sheet or says in words why it stays; open until then. The result stands as it is.",
    "re-mark":
      "No result of the candidate stands until another panel has marked; nobody of the former one takes part. Two people sign.",
    void: "The sheets count no more, and no result stands until they are marked again. Two people sign.",
    escalate: "Whoever runs the registry is asked; open until then. The result stands as it is.",
  },
  choose: "Decision",
  chooseNeeded: "Choose a decision first.",
  reason: "Reason",
  reasonHint: "Is signed with the decision, and the registry reads it. No names or ID numbers of candidates.",
  reasonNeeded: "Say why before you sign.",
  question: "Question to the examiner",
  questionHint: "The examiner amends the sheet by it, or says why it stays.",
  questionOptional: "Question (may be left out)",
  questionNeeded: "What is returned needs a question.",
  second: "Second signature",
  secondHint: "A panel leader or another supervisor, who marked nothing of what is looked at.",
  secondNeeded: "Choose who signs second.",
  secondNone:
    "Nobody on this laptop can be the second signature. Let a panel leader or another supervisor sign in here once.",
  flags: "Flags in sight",
  noFlags: "No flag",
  replaces: "“{{decision}}” stands now, {{when}}, {{name}}. The new decision takes its place.",
  sign: "Sign the decision",
  signNote: "needs no network; check it in the signing window and type the PIN there",
  signing: "Go on in the signing window",
  tooLong: "At most 1,000 characters.",
};

export const decisions: Translated<typeof zhDecisions> = {
  title: "Decisions made",
  empty: "No supervisor has decided anything about this sitting yet.",
  loading: "Reading the decisions",
  list: "Decisions of supervisors",
  what: "Decision",
  about: "About",
  by: "Signed by",
  way: "Registry",
  standing: "Standing",
  sheet: "{{candidate}} · sheet of {{examiner}}",
  candidate: "{{candidate}} · all sheets",
  sitting: "The whole sitting",
  former: "an earlier sheet",
  second: "Second signature: {{name}}",
  question: "Question: {{question}}",
  answer: "{{name}} answered: {{answer}}",
  remarkers: "May mark again: {{names}}. An administrator prepares another sitting with them.",
  noRemarkers:
    "Nobody on this laptop may mark again: others have to be called, and an administrator prepares another sitting with them.",
  stands: "stands",
  replaced: "stands no more",
  amended: "answered: the examiner amended",
  next: {
    examiner: "waits for the examiner's answer",
    supervisor: "answered; the supervisor looks again",
    panel: "waits for another panel",
    operator: "waits for the registry",
  },
  ways: {
    signed: "signed, not sealed",
    sealed: "sealed, no receipt",
    acknowledged: "taken by the registry",
    anchored: "taken, proven by the public log",
    refused: "not taken: {{why}}",
    unknown: "in another laptop's batch",
  },
};

export const asked: Translated<typeof zhAsked> = {
  title: "A supervisor returned this sheet",
  by: "{{name}} · {{when}}",
  answered: "Answered; the supervisor looks again.",
  hint: "Amend the sheet where it is wrong; where it is right, say why it stays.",
  words: "Why it stays",
  needed: "Say why it stays.",
  keep: "Keep it and answer",
};
