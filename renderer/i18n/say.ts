// What a screen says of things that carry their own words: a refusal, by its code, a candidate, and a text that came in
// both languages.
import type { PersonId, Refusal } from "#shared/base";
import type { PauseReason, Words } from "#shared/exam";
import type { Text } from "./text.ts";

/** What happened, what is safe, what next. A code without words is said as it is, and a test fails on it. */
export function refusalText(t: Text, { code, facts = {} }: Refusal): string {
  return t.maybe(`errors.${code}`, facts) ?? t("errors.other", { code });
}

/** Whoever declined knows why nothing happened; everything else went wrong. */
export function refusalKind({ code }: Pick<Refusal, "code">): "info" | "danger" {
  return code === "person.declined" ? "info" : "danger";
}

/** A refusal as a dialog shows it, with what was filled in still standing below. */
export function refusalNotice(
  t: Text,
  refusal: Refusal | null,
): { readonly kind: "info" | "danger"; readonly title: string } | null {
  return refusal && { kind: refusalKind(refusal), title: refusalText(t, refusal) };
}

/** A candidate as lists name them: by number and name. */
export function candidateName({ no, name }: { readonly no: number; readonly name: string }): string {
  return `${candidateNo(no)} ${name}`;
}

/** R45: A candidate by name only where names may be read, else by the number of the work. */
export function shownName(
  t: Text,
  candidate: { readonly no: number; readonly name: string },
  isShown: boolean,
): string {
  return isShown ? candidateName(candidate) : t("marking.workPiece", { no: candidateNo(candidate.no) });
}

/** Whoever is not among them is called by their id. */
export function personName(
  people: readonly { readonly id: string; readonly name: string }[],
  id: string,
): string {
  return people.find((person) => person.id === id)?.name ?? id;
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

/** A rule's refusal arrives as its number and its code: the words are the rule's own. */
export function blockedText(t: Text, refusal: Refusal, nameOf: (id: PersonId) => string): string {
  const { rule, code, person, ...facts } = refusal.facts ?? {};
  if (typeof rule !== "string" || typeof code !== "string") return refusalText(t, refusal);
  const who = typeof person === "string" ? { person: nameOf(person as PersonId) } : {};
  return `${rule} ${findingText(t, { code, facts: { ...facts, ...who } })}`;
}

/** Why the time of a sheet stands still. */
export function pauseText(t: Text, reason: PauseReason): string {
  return reason.kind === "other" ? reason.text : t(`pause.reason.${reason.kind}`);
}
