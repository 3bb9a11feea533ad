// What a sheet says, datum by datum: for flags that ask how alike two sheets are.
import { invariant } from "#shared/base";
import type { ItemInput, MeasureGroup, Rubric, RubricItem, Sheet } from "#shared/exam";

export interface Datum {
  /** Item and place within it. */
  readonly key: string;
  readonly value: string;
  /** A reading off an instrument; everything else is judged. */
  readonly isReading: boolean;
  /** It cost marks: good work looks alike on every sheet, faults do not. */
  readonly isFault: boolean;
}

export function dataOf(rubric: Pick<Rubric, "items">, items: Readonly<Record<string, ItemInput>>): Datum[] {
  return rubric.items.flatMap((item) => {
    const input = items[String(item.no)];
    invariant(input, `item ${item.no} of a signed sheet`);
    return dataOfItem(item, input);
  });
}

/** The same text for sheets that say the same; far cheaper than their data, and asked of every sheet. */
export function sameness(
  rubric: Pick<Rubric, "items">,
  items: Readonly<Record<string, ItemInput>>,
  { readings }: { readonly readings: boolean },
): string {
  return rubric.items.map(({ no }) => textOf(items[String(no)], readings)).join("|");
}

function textOf(input: ItemInput | undefined, readings: boolean): string {
  if (input?.kind === "DEDUCT")
    return input.picked
      .map(({ code, count }) => `${code}${count}`)
      .sort()
      .join();
  return input?.kind === "MEASURE" && !readings ? "" : JSON.stringify(input);
}

function dataOfItem(item: RubricItem, input: ItemInput): Datum[] {
  const at = (place: string, value: string | number | null, isFault: boolean): Datum => ({
    ...{ key: `${item.no}.${place}`, value: String(value), isFault },
    isReading: input.kind === "MEASURE",
  });
  switch (input.kind) {
    case "DEDUCT": {
      invariant(item.kind === "DEDUCT", `item ${item.no} has lines`);
      return item.lines.map(({ code }) => {
        const count = input.picked.find((one) => one.code === code)?.count ?? 0;
        return at(code, count, count > 0);
      });
    }
    case "MEASURE": {
      invariant(item.kind === "MEASURE", `item ${item.no} has groups`);
      return item.groups.flatMap((group) =>
        input.readings
          .filter((reading) => reading.group === group.id)
          .flatMap(({ values }) =>
            values.map((value, n) => at(`${group.id}${n}`, value, Number(value) > bestOf(group))),
          ),
      );
    }
    case "JUDGE":
      return [at("level", input.level, input.level < 3)];
    case "CHECK":
      return input.checks.map((check, n) => at(String(n), check, check === "no"));
    case "POINTS":
      return [at("steps", input.steps, input.steps < item.max)];
  }
}

/** Up to here a reading earns all there is. */
function bestOf({ bands }: MeasureGroup): number {
  return Math.min(...bands.map(({ upTo }) => upTo));
}

export interface Frequencies {
  of(datum: Datum): number;
}

/**
 * For each datum, how often other candidates' sheets say the same, at least a little: a value nobody else has is rare, not
 * impossible. Counted by candidate, because a panel reads one instrument together.
 */
export function frequenciesIn(
  sheets: readonly { readonly sheet: Pick<Sheet, "candidate">; readonly items: Sheet["items"] }[],
  rubric: Pick<Rubric, "items">,
): Frequencies {
  const candidates = new Set(sheets.map(({ sheet }) => sheet.candidate));
  const having = new Map<string, Set<string>>();
  for (const { sheet, items } of sheets) {
    for (const { key, value } of dataOf(rubric, items)) {
      const place = `${key}=${value}`;
      having.set(place, (having.get(place) ?? new Set()).add(sheet.candidate));
    }
  }
  return {
    of: ({ key, value }) => ((having.get(`${key}=${value}`)?.size ?? 0) + 1) / (candidates.size + 1),
  };
}
