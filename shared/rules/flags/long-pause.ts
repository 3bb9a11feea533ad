// Nothing happened on an open sheet for longer than the work and a break take, and then it went on: whatever was written after it
// was written from memory, or by arrangement. A fact. While the sheet's time was paused, with a reason, nothing had to happen: that
// part of it counts for nothing.
import { elapsedMs, groupBy } from "#shared/base";
import { aFlag, type FlagRule } from "./flag.ts";
import { actsBeforeSigning, type SheetHistory } from "./history.ts";

const MINUTE_MS = 60_000;

export const longPause: FlagRule = ({ sheets, rubric, observed }, policy) => {
  // Watched work is marked while it goes on; work that lies on the table is marked in one go.
  const work = observed ? rubric.minutes + rubric.overtime.maxMinutes : 0;
  const allowed = (work + policy.pauseMinutes) * MINUTE_MS;
  const paused = sheets
    .map((one) => ({ ...one, pause: longestPause(one) }))
    .filter(({ pause }) => pause.ms > allowed);
  return [...groupBy(paused, ({ sheet }) => sheet.examiner)].map(([person, own]) =>
    aFlag("long-pause", {
      person,
      candidates: own.map(({ sheet }) => sheet.candidate),
      sheets: own.map(({ sheet }) => sheet.id),
      entries: own.flatMap(({ pause }) => pause.between),
      facts: {
        minutes: Math.round(Math.max(...own.map(({ pause }) => pause.ms)) / MINUTE_MS),
        allowed: allowed / MINUTE_MS,
      },
    }),
  );
};

function longestPause(one: SheetHistory): { readonly ms: number; readonly between: readonly number[] } {
  const { sheet, opened, signed } = one;
  const acts = actsBeforeSigning(one);
  // Of a sheet that came from another laptop only its beginning and its end are known.
  const isKnown = acts.length > 0;
  const end = signed === null ? [] : [signed];
  const moments = isKnown ? [{ entry: opened, at: sheet.startedAt }, ...acts, ...end] : [];
  let longest: { readonly ms: number; readonly between: readonly number[] } = { ms: 0, between: [] };
  let since = opened;
  let unexplainedMs = 0;
  let isPaused = false;
  for (const [n, moment] of moments.slice(1).entries()) {
    const before = moments[n] as typeof moment;
    if (!isPaused) unexplainedMs += elapsedMs(before.at, moment.at);
    if (unexplainedMs > longest.ms) longest = { ms: unexplainedMs, between: [since, moment.entry] };
    if ("kind" in moment && moment.kind === "pause") {
      isPaused = moment.on;
      continue;
    }
    since = moment.entry;
    unexplainedMs = 0;
  }
  return longest;
}
