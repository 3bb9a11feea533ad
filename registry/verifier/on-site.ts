// What a supervisor's record of a visit must be in itself, whatever program wrote it: every registered candidate is somewhere, an item is
// answered once, a "no" says what was not right, and one person signed it.
import { listAt, numberAt, textAt, type SignedRecord } from "./record.ts";

const STATES = ["untouched", "marking", "signed", "absent", "left"];
const ANSWERS = ["yes", "no", "unseen"];

/** The name of what is wrong; undefined where nothing is. */
export function wrongInVisit({
  value,
  signatures,
}: SignedRecord): "visit-room" | "visit-answers" | "visit-signers" | undefined {
  if (signatures.length !== 1) return "visit-signers";
  const states = STATES.map((state) => numberAt(value, "report", "room", state));
  const sum = states.reduce((all, one) => all + one, 0);
  if (!states.every((one) => one >= 0) || sum !== numberAt(value, "report", "room", "registered"))
    return "visit-room";
  const answers = listAt(value, "report", "answers");
  const items = new Set(answers.map((one) => textAt(one, "item")));
  const isWhole = answers.every((one) => {
    const answer = textAt(one, "answer");
    return ANSWERS.includes(answer) && (answer !== "no" || textAt(one, "words").trim() !== "");
  });
  return isWhole && answers.length > 0 && items.size === answers.length ? undefined : "visit-answers";
}

/** The room and the answers in figures. */
export function visitFacts({ value }: SignedRecord): Record<string, string | number> {
  const answers = listAt(value, "report", "answers").map((one) => textAt(one, "answer"));
  const count = (answer: string) => answers.filter((one) => one === answer).length;
  const room = (name: string) => numberAt(value, "report", "room", name);
  return {
    list: textAt(value, "report", "checklist"),
    ...{ yes: count("yes"), no: count("no"), unseen: count("unseen") },
    ...{ registered: room("registered"), marking: room("marking"), signed: room("signed") },
    ...{ absent: room("absent"), left: room("left") },
  };
}
