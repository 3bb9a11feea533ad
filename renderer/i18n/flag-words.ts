// A supervision flag in words: what it says with its facts, what its entries show, how sure it is and what would clear it.
import { surenessOf, type Flag } from "#shared/rules";
import { formatCount } from "./format.ts";
import type { Text } from "./text.ts";

export interface FlagWords {
  readonly title: string;
  readonly says: string;
  readonly shows: string;
  readonly sure: string;
  readonly clears: string;
}

export function flagWords(
  t: Text,
  { code, facts, chance }: Pick<Flag, "code" | "facts" | "chance">,
): FlagWords {
  const shown = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, factText(t, code, name, value)]),
  );
  return {
    title: flagTitle(t, code),
    says: t.maybe(`flags.of.${code}.says`, shown) ?? code,
    shows: t(`flags.of.${code}.shows`),
    sure: sureText(t, chance),
    clears: t(`flags.of.${code}.clears`),
  };
}

export function flagTitle(t: Text, code: Flag["code"]): string {
  return t(`flags.of.${code}.title`);
}

/** Of a code that somebody else's program may have written; one that has no words stands as it is. */
export function flagName(t: Text, code: string): string {
  return t.maybe(`flags.of.${code}.title`) ?? code;
}

/** Facts that are one of a few have words of their own; `count` stays a number, because it decides singular or plural. */
function factText(t: Text, code: string, name: string, value: Flag["facts"][string]): string | number {
  if (typeof value === "number") return name === "count" ? value : figure(value, name === "points");
  return t.maybe(`flags.of.${code}.fact.${name}.${String(value)}`) ?? String(value);
}

/** At most one decimal; with its sign where it goes either way. */
function figure(value: number, isSigned: boolean): string {
  const size = Math.abs(value);
  const text = Number.isInteger(size) ? formatCount(size) : size.toFixed(1);
  if (!isSigned) return value < 0 ? `−${text}` : text;
  return value < 0 ? `−${text}` : `+${text}`;
}

function sureText(t: Text, chance: number): string {
  const sure = surenessOf(chance);
  if (sure.kind === "one-in") return t("flags.sure.chance", { n: formatCount(sure.n) });
  return t(`flags.sure.${sure.kind}`);
}
