// The dialog of an incident as it is filled in, and the report that comes of it once it is whole.
import { InstantMs, type PersonId } from "#shared/base";
import { IncidentReport, type IncidentTier, type ReportKind } from "#shared/exam";
import type { CandidateRow } from "#shared/journal";
import { candidateOf } from "./change-form.ts";

export interface TypedIncident {
  readonly kind: ReportKind | null;
  readonly tier: IncidentTier | null;
  /** Numbers in the roster, as typed: 3, 7. */
  readonly nos: string;
  readonly staff: PersonId | null;
  /** How many minutes ago, as typed; empty is now. */
  readonly ago: string;
  readonly what: string;
  readonly done: string;
}

export const NO_INCIDENT: TypedIncident = {
  ...{ kind: null, tier: null, nos: "", staff: null, ago: "", what: "", done: "" },
};

/** Null while something is missing or cannot be read. */
export function reportOf(
  typed: TypedIncident,
  candidates: readonly CandidateRow[],
  now: number,
): IncidentReport | null {
  const named = namedIn(typed.nos, candidates);
  const minutes = minutesAgo(typed.ago);
  if (typed.kind === null || named === null || minutes === null) return null;
  const report = IncidentReport.safeParse({
    kind: typed.kind,
    tier: typed.kind === "breach" ? typed.tier : null,
    happenedAt: InstantMs.parse(now - minutes * 60_000),
    candidates: named.map(({ ref }) => ref),
    staff: typed.staff === null ? [] : [typed.staff],
    what: typed.what,
    done: typed.done,
  });
  return report.success ? report.data : null;
}

/** Whether it is whole does not hang on the time of day. */
export function isWhole(typed: TypedIncident, candidates: readonly CandidateRow[]): boolean {
  return reportOf(typed, candidates, MOST_AGO * 60_000) !== null;
}

/** Everybody once, in the order they were typed; null where a number is nobody's. */
export function namedIn(nos: string, candidates: readonly CandidateRow[]): CandidateRow[] | null {
  const parts = nos.split(/[\s,，、;；]+/).filter((part) => part !== "");
  const found = parts.map((part) => candidateOf(part, candidates));
  return found.every((one) => one !== undefined) ? [...new Set(found)] : null;
}

/** A shift is shorter than ten hours. */
const MOST_AGO = 600;

export function minutesAgo(ago: string): number | null {
  const text = ago.trim();
  if (text === "") return 0;
  return /^\d{1,3}$/.test(text) && Number(text) <= MOST_AGO ? Number(text) : null;
}
