// What an examiner recorded for one item, as a person reads it: the same words on the desk and in the window where it is signed.
import { fraction, fractionToText, multiply, unreachable, type Fraction } from "#shared/base";
import type { ItemInput, MeasureGroup, MeasureItem, RubricItem } from "#shared/exam";
import { wordsIn } from "./say.ts";
import type { Text } from "./text.ts";

export function inputText(t: Text, item: RubricItem, input: ItemInput | undefined, step: Fraction): string {
  if (input === undefined) return t("common.blank");
  switch (input.kind) {
    case "DEDUCT":
      return item.kind === "DEDUCT" ? deductions(t, item, input.picked) : t("common.blank");
    case "MEASURE":
      return item.kind === "MEASURE"
        ? `${input.readings
            .flatMap(({ values }) => values)
            .map((value) => (value === null ? t("common.blank") : unitsToText(value, item.resolution)))
            .join(" · ")} ${item.unit}`
        : t("common.blank");
    case "JUDGE": {
      const words = item.kind === "JUDGE" ? item.scale[input.level] : undefined;
      return words
        ? t("amending.input.level", { level: input.level, words: wordsIn(t, words) })
        : String(input.level);
    }
    case "CHECK": {
      const count = (answer: string) => input.checks.filter((check) => check === answer).length;
      return t("amending.input.checks", { yes: count("yes"), no: count("no"), na: count("na") });
    }
    case "POINTS":
      return fractionToText(multiply(fraction(input.steps), step));
    default:
      return unreachable(input);
  }
}

function deductions(
  t: Text,
  item: Extract<RubricItem, { kind: "DEDUCT" }>,
  picked: Extract<ItemInput, { kind: "DEDUCT" }>["picked"],
): string {
  if (picked.length === 0) return t("marking.full");
  return item.lines
    .flatMap(({ code, text }) => {
      const count = picked.find((one) => one.code === code)?.count ?? 0;
      if (count === 0) return [];
      const line = wordsIn(t, text);
      return [count === 1 ? line : t("amending.input.times", { line, count })];
    })
    .join(t.locale === "en" ? "; " : "；");
}

/** What a reading of one group is worth, a band each, and then what lies outside them all. */
export function bandTexts(
  t: Text,
  { resolution, unit }: Pick<MeasureItem, "resolution" | "unit">,
  { bands, otherwise }: Pick<MeasureGroup, "bands" | "otherwise">,
  step: Fraction,
): string[] {
  const points = (steps: number) => fractionToText(multiply(fraction(steps), step));
  return [
    ...bands.map(({ upTo, mark }) =>
      t("marking.band", { upTo: `${unitsToText(upTo, resolution)} ${unit}`, mark: points(mark) }),
    ),
    t("marking.otherwise", { mark: points(otherwise) }),
  ];
}

/** As many decimals as the unit has: a reading of 30 hundredths is 0.30. */
export function unitsToText(units: number, unit: Fraction): string {
  const decimals = decimalsOf(unit);
  const text = fractionToText(multiply(fraction(units), unit), decimals);
  const [whole = "", rest = ""] = text.split(".");
  return decimals === 0 ? whole : `${whole}.${rest.padEnd(decimals, "0")}`;
}

export function decimalsOf({ d }: Fraction): number {
  let decimals = 0;
  while (decimals < 6 && 10 ** decimals % d !== 0) decimals += 1;
  return decimals;
}
