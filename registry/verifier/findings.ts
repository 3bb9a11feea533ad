// What inspectors found where a draw sent them, held against that draw and against what was said before: nothing of elsewhere, nothing
// before it was found, nothing that was public taken back or written over.
import { dayOf } from "./draw.ts";
import { listAt, numberAt, textAt, type Json, type SignedRecord } from "./record.ts";

export const NO_HASH = `sha256:${"0".repeat(64)}`;

/** The name of what is wrong; undefined where nothing is. `former` is the report that this one names, if it was given. */
export function wrongInFindings(
  { value }: SignedRecord,
  { value: draw }: SignedRecord,
  former: SignedRecord | undefined,
): string | undefined {
  if (textAt(value, "plan") !== textAt(draw, "plan") || textAt(value, "aud") !== textAt(draw, "aud"))
    return "findings-other";
  const findings = listAt(value, "findings");
  const drawn = new Set(listAt(draw, "drawn").map((one) => textAt(one, "object")));
  const keys = new Set(findings.map(keyOf));
  if (findings.length === 0 || keys.size < findings.length) return "findings-twice";
  if (findings.some((one) => !drawn.has(textAt(one, "object")))) return "findings-elsewhere";
  const days = { from: dayOf(draw), to: dayOf(value) };
  if (days.to < days.from || findings.some((one) => !isInOrder(one, days))) return "findings-days";
  const isFirst = numberAt(value, "no") === 1;
  if (isFirst !== (textAt(value, "prev") === NO_HASH)) return "findings-chain";
  if (!former) return undefined;
  if (numberAt(former.value, "no") + 1 !== numberAt(value, "no")) return "findings-chain";
  if (textAt(former.value, "draw") !== textAt(value, "draw")) return "findings-chain";
  return listAt(former.value, "findings").every((one) => isKept(one, findings))
    ? undefined
    : "findings-dropped";
}

function keyOf(one: Json): string {
  return `${textAt(one, "object")} ${textAt(one, "matter")}`;
}

/** Found, public, due and corrected, each where it is said and in that order. */
function isInOrder(one: Json, { from, to }: { readonly from: string; readonly to: string }): boolean {
  const [inspected, published, due, corrected] = ["inspected", "published", "due", "corrected"].map((name) =>
    textAt(one, name),
  ) as [string, string, string, string];
  const asked = textAt(one, "correct") !== "";
  return (
    textAt(one, "found") !== "" &&
    [inspected, published].every((day) => from <= day && day <= to) &&
    inspected <= published &&
    asked === (due !== "") &&
    (due === "" || due >= inspected) &&
    (corrected === "" || (asked && corrected >= inspected && corrected <= to))
  );
}

/** An order and its correction are added where there was none; what was said once stays to the letter. */
function isKept(one: Json, now: readonly Json[]): boolean {
  const again = now.find((other) => keyOf(other) === keyOf(one));
  const isSame = (name: string) => textAt(again, name) === textAt(one, name);
  const added = ["correct", "due", "corrected"].filter((name) => textAt(one, name) !== "");
  return ["found", "inspected", "published", ...added].every(isSame);
}

export function findingsFacts({ value }: SignedRecord): Record<string, string | number> {
  const findings = listAt(value, "findings");
  const asked = findings.filter((one) => textAt(one, "due") !== "");
  return {
    ...{ plan: textAt(value, "plan"), no: numberAt(value, "no"), findings: findings.length },
    institutions: new Set(findings.map((one) => textAt(one, "object"))).size,
    ...{ asked: asked.length, corrected: asked.filter((one) => textAt(one, "corrected") !== "").length },
  };
}
