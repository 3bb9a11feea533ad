// From what the processes reported to what the sheet says. Pure: no step judges itself, and each verdict has its test.
import type { HashId } from "#shared/base";
import type { DrillResult, DrillTrouble } from "#shared/exam";
import type { ReportOf } from "./messages.ts";

/** A result without its step and its time, which the director knows. */
export type Verdict = Omit<DrillResult, "step" | "durationMs">;

export interface Acknowledged {
  readonly seq: number;
  readonly hash: HashId;
  readonly unflushed: number;
}

/** Everything that was answered before any of the kills must be in what was found after the last. */
export function judgeKills(
  kills: number,
  acknowledged: readonly Acknowledged[],
  found: readonly HashId[],
): Verdict {
  const lost = acknowledged.filter(({ seq, hash }) => found[seq - 1] !== hash).length;
  const hasty = acknowledged.filter(({ unflushed }) => unflushed > 0).length;
  const about = { tried: kills, stakes: acknowledged.length, modelled: false };
  if (acknowledged.length === 0) return short("nothing-acknowledged", about, 0);
  if (lost > 0) return short("marks-lost", about, lost);
  return hasty > 0 ? short("not-flushed", about, hasty) : held(about);
}

/** Room enough for a day, and 2 GB is the least (protocol 4.2). */
export const LEAST_FREE_BYTES = 2 * 1024 ** 3;

export function judgeFull(report: ReportOf<"full">, freeBytes: number): Verdict {
  const about = { tried: 2, stakes: report.acknowledged, modelled: true };
  if (report.lost > 0) return short("marks-lost", about, report.lost);
  if (!report.refused) return short("false-save", about, 1);
  if (!report.hadReserve || !report.usedReserve) return short("no-reserve", about, 0);
  if (report.finished < report.wanted) return short("not-finished", about, report.wanted - report.finished);
  return freeBytes < LEAST_FREE_BYTES ? short("disk-low", about, 0) : held(about);
}

/** `before`: the store as it grew; `after`: what was made where the files had been thrown away. */
export function judgeStore(before: ReportOf<"store">, wipedFiles: number, after: ReportOf<"store">): Verdict {
  const about = { tried: 1, stakes: after.rows, modelled: false };
  const wrong = before.wrong + after.wrong;
  if (wrong > 0 || after.rows === 0) return short("store-differs", about, wrong);
  return wipedFiles === 0 || after.account !== "empty" ? short("not-rebuilt", about, 0) : held(about);
}

export function judgeClock({ clocks, verdicts, wrong, unnoticed }: ReportOf<"clock">): Verdict {
  const about = { tried: clocks, stakes: verdicts, modelled: true };
  if (wrong > 0) return short("verdict-differs", about, wrong);
  return unnoticed > 0 ? short("clock-unnoticed", about, unnoticed) : held(about);
}

export function judgeNetwork({ answers, acknowledged, untold }: ReportOf<"network">): Verdict {
  const about = { tried: answers, stakes: answers, modelled: true };
  if (acknowledged > 0) return short("false-acknowledgement", about, acknowledged);
  return untold > 0 ? short("trouble-untold", about, untold) : held(about);
}

export function judgeStick({ pulls, noticed, resumed, entries, differing }: ReportOf<"stick">): Verdict {
  const about = { tried: pulls, stakes: entries, modelled: true };
  if (noticed < pulls) return short("pull-unnoticed", about, pulls - noticed);
  if (resumed < pulls) return short("not-resumed", about, pulls - resumed);
  return differing > 0 ? short("copy-differs", about, differing) : held(about);
}

/** The process of a step ended, or said nothing for too long. */
export function judgeDead(modelled: boolean): Verdict {
  return short("part-died", { tried: 1, stakes: 0, modelled }, 0);
}

export function notTried(): Verdict {
  return {
    result: "not-tried",
    trouble: "cancelled",
    tried: 0,
    stakes: 0,
    wrong: 0,
    modelled: false,
  };
}

type About = Pick<DrillResult, "tried" | "stakes" | "modelled">;

function held(about: About): Verdict {
  return { result: "held", trouble: null, ...about, wrong: 0 };
}

function short(trouble: DrillTrouble, about: About, wrong: number): Verdict {
  return { result: "short", trouble, ...about, wrong };
}
