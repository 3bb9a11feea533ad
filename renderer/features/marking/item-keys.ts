// What a key means to the open item, as pure functions of the item and what is recorded so far. `undefined`: the key
// means nothing here; null: the item is blank again.
import type { CheckItem, DeductItem, ItemInput, RubricItem } from "#shared/exam";

type InputOf<K extends ItemInput["kind"]> = Extract<ItemInput, { kind: K }>;

export interface ItemKey {
  /** 0 to 9, `-` or `=`. */
  readonly sign: string;
  readonly shift: boolean;
}

export function inputAfterKey(
  item: RubricItem,
  input: ItemInput | undefined,
  { sign, shift }: ItemKey,
): ItemInput | null | undefined {
  const digit = /^\d$/.test(sign) ? Number(sign) : null;
  switch (item.kind) {
    case "DEDUCT":
      if (sign === "-") return takenAway(item, deductOf(input), deductOf(input)?.picked.at(-1)?.code);
      if (digit === 0 && !shift) return { kind: "DEDUCT", picked: [] };
      if (digit === null) return undefined;
      return shift
        ? takenAway(item, deductOf(input), item.lines[digit - 1]?.code)
        : deducted(item, deductOf(input), item.lines[digit - 1]?.code);
    case "JUDGE":
      return digit !== null && digit <= 3 && !shift ? { kind: "JUDGE", level: digit } : undefined;
    case "CHECK":
      if ((digit === 0 && !shift) || sign === "=") return allYes(item);
      return digit === null ? undefined : checked(item, checkOf(input), digit - 1, shift);
    case "MEASURE":
    case "POINTS":
      return undefined;
  }
}

/** One more of this line; the lines stay in the rubric's order, so that equal marks are equal bytes. */
export function deducted(
  item: DeductItem,
  input: InputOf<"DEDUCT"> | undefined,
  code: string | undefined,
): InputOf<"DEDUCT"> | undefined {
  return code === undefined ? undefined : withCount(item, input, code, 1);
}

/** One less; taking the last one away says nothing about the rest, so the item is blank and not full. */
export function takenAway(
  item: DeductItem,
  input: InputOf<"DEDUCT"> | undefined,
  code: string | undefined,
): InputOf<"DEDUCT"> | null | undefined {
  if (code === undefined || !input?.picked.some((pick) => pick.code === code)) return undefined;
  const less = withCount(item, input, code, -1);
  return less.picked.length === 0 ? null : less;
}

export function countOf(input: ItemInput | undefined, code: string): number {
  return deductOf(input)?.picked.find((pick) => pick.code === code)?.count ?? 0;
}

/** Yes and no take turns; `shift` turns "not applicable" on and off where the rubric allows it. */
export function checked(
  item: CheckItem,
  input: InputOf<"CHECK"> | undefined,
  at: number,
  shift: boolean,
): InputOf<"CHECK"> | undefined {
  if (at < 0 || at >= item.checks || (shift && !item.mayNotApply)) return undefined;
  const checks = Array.from({ length: item.checks }, (_, i) => input?.checks[i] ?? null);
  const before = checks[at];
  checks[at] = shift ? (before === "na" ? null : "na") : before === "yes" ? "no" : "yes";
  return { kind: "CHECK", checks };
}

export function allYes(item: CheckItem): InputOf<"CHECK"> {
  return { kind: "CHECK", checks: Array.from({ length: item.checks }, () => "yes" as const) };
}

export function deductOf(input: ItemInput | undefined): InputOf<"DEDUCT"> | undefined {
  return input?.kind === "DEDUCT" ? input : undefined;
}

export function checkOf(input: ItemInput | undefined): InputOf<"CHECK"> | undefined {
  return input?.kind === "CHECK" ? input : undefined;
}

const MOST = 999;

function withCount(
  item: DeductItem,
  input: InputOf<"DEDUCT"> | undefined,
  code: string,
  change: number,
): InputOf<"DEDUCT"> {
  const counts = new Map(input?.picked.map((pick) => [pick.code, pick.count]));
  counts.set(code, Math.min(MOST, (counts.get(code) ?? 0) + change));
  const picked = item.lines.flatMap((line) => {
    const count = counts.get(line.code) ?? 0;
    return count > 0 ? [{ code: line.code, count }] : [];
  });
  return { kind: "DEDUCT", picked };
}
