// Years as the standards count them: of age, of work, and since a certificate (R6 to R8).
import { addDays, fullMonths, fullYears, type Day } from "#shared/base";
import {
  block,
  decide,
  info,
  type Decision,
  type EmploymentSpan,
  type PolicyOf,
  type Relatedness,
  type Scope,
} from "#shared/exam";

/** R6: An applicant has reached the minimum age on the reference date, in full years by the calendar. */
export function checkAge(birthDay: Day, referenceDay: Day, policy: PolicyOf<"minimumAge">): Decision {
  const [have, need] = [ageOn(birthDay, referenceDay), policy.minimumAge];
  return decide([
    have < need
      ? block("R6", "eligibility.too-young", { have, need })
      : info("R6", "eligibility.old-enough", { have, need }),
  ]);
}

/** R6: A birthday of 29 February is reached on 1 March in common years. */
export function ageOn(birthDay: Day, day: Day): number {
  // The eve of the birthday never counts, not even where the calendar has no 29 February.
  const leapling = birthDay.endsWith("-02-29") && day.endsWith("-02-28");
  return fullYears(birthDay, leapling ? addDays(day, -1) : day);
}

export interface MergedSpan {
  readonly from: Day;
  /** Inclusive. */
  readonly to: Day;
}

/** R7: Spans of the occupation are cut at the reference date and merged, so that no day counts twice. */
export function mergeSpans(
  spans: readonly EmploymentSpan[],
  { scope, since, until }: { scope: Scope; since: Day | null; until: Day },
): MergedSpan[] {
  const cut = spans
    .filter(({ relatedness }) => inScope(relatedness, scope))
    .map(({ from, to }) => ({
      from: since !== null && since > from ? since : from,
      to: to === null || to > until ? until : to,
    }))
    .filter(({ from, to }) => from <= to)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: MergedSpan[] = [];
  for (const span of cut) {
    const last = merged.at(-1);
    if (!last || span.from > addDays(last.to, 1)) merged.push(span);
    else if (span.to > last.to) merged[merged.length - 1] = { from: last.from, to: span.to };
  }
  return merged;
}

/** R7: Cumulative years are the full months of the merged spans, divided by twelve and rounded down. */
export function cumulativeYears(
  spans: readonly EmploymentSpan[],
  within: { scope: Scope; since: Day | null; until: Day },
): { readonly months: number; readonly years: number } {
  const months = mergeSpans(spans, within)
    .map(({ from, to }) => fullMonths(from, addDays(to, 1)))
    .reduce((sum, count) => sum + count, 0);
  return { months, years: Math.floor(months / 12) };
}

/** R8: Years since a certificate are its full anniversaries, and no more than the years worked in that time. */
export function yearsSince(
  from: Day,
  spans: readonly EmploymentSpan[],
  { scope, until }: { scope: Scope; until: Day },
): { readonly anniversaries: number; readonly worked: number; readonly years: number } {
  const anniversaries = fullYears(from, until);
  const worked = cumulativeYears(spans, { scope, since: from, until }).years;
  return { anniversaries, worked, years: Math.min(anniversaries, worked) };
}

export function inScope(relatedness: Relatedness, scope: Scope): boolean {
  return relatedness === "SAME" || (relatedness === "RELATED" && scope === "SAME_OR_RELATED");
}
