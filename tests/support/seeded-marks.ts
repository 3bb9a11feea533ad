// Marks that look like an examiner's, from a seed: the same seed gives the same day.
import type { Random } from "#shared/base";
import type { ItemInput, Rubric, RubricItem } from "#shared/exam";

export function seededInputs(rubric: Rubric, random: Random): Map<number, ItemInput> {
  return new Map(rubric.items.map((item) => [item.no, seededInput(item, random)]));
}

function seededInput(item: RubricItem, random: Random): ItemInput {
  switch (item.kind) {
    case "DEDUCT":
      return { kind: "DEDUCT", picked: item.lines.flatMap(({ code }) => pickLine(code, random)) };
    case "MEASURE":
      return {
        kind: "MEASURE",
        readings: item.groups.map((group) => ({
          group: group.id,
          values: Array.from({ length: group.points }, () =>
            seededReading(group.bands.at(-1)?.upTo ?? 10, random),
          ),
        })),
      };
    case "JUDGE":
      return { kind: "JUDGE", level: 1 + Math.floor(random() * 3) };
    case "CHECK":
      return {
        kind: "CHECK",
        checks: Array.from({ length: item.checks }, () => (random() < 0.8 ? "yes" : "no")),
      };
    case "POINTS":
      return { kind: "POINTS", steps: Math.floor(item.max * (0.5 + random() / 2)) };
  }
}

function pickLine(code: string, random: Random): { code: string; count: number }[] {
  const draw = random();
  if (draw > 0.3) return [];
  return [{ code, count: draw < 0.08 ? 2 : 1 }];
}

/** Mostly inside the widest band, now and then outside it. */
function seededReading(widest: number, random: Random): number {
  return Math.max(1, Math.round(widest * (0.3 + random() * 0.9)));
}
