// What a screen says of things that carry their own words: a refusal, by its code, a candidate, and a text that came in
// both languages.
import type { Refusal } from "#shared/base";
import type { Words } from "#shared/exam";
import type { Text } from "./text.ts";

/** What happened, what is safe, what next. A code without words is said as it is, and a test fails on it. */
export function refusalText(t: Text, { code, facts = {} }: Refusal): string {
  return t.maybe(`errors.${code}`, facts) ?? t("errors.other", { code });
}

/** Whoever declined knows why nothing happened; everything else went wrong. */
export function refusalKind({ code }: Pick<Refusal, "code">): "info" | "danger" {
  return code === "person.declined" ? "info" : "danger";
}

/** A candidate as lists name them: by number and name. */
export function candidateName({ no, name }: { readonly no: number; readonly name: string }): string {
  return `${candidateNo(no)} ${name}`;
}

export function candidateNo(no: number): string {
  return String(no).padStart(2, "0");
}

export function wordsIn(t: Text, words: Words): string {
  return t.locale === "en" ? words.en : words.zh;
}

/** What a rule found, in a sentence; the rule's number is shown beside it. */
export function findingText(
  t: Text,
  { code, facts }: Refusal & { facts: NonNullable<Refusal["facts"]> },
): string {
  return t.maybe(`findings.${code}`, facts) ?? t("errors.other", { code });
}
