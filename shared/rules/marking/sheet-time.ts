// How long a candidate has worked, by the sheet's own facts (R39). Each stretch between two of its readings is measured by the
// monotonic clock, or by the wall's where the computer was started again in between; what was paused is given back.
import { elapsedMs, type ClockReading } from "#shared/base";
import { MAX_OVERTIME_MS, openPauseOf, type Pause, type Rubric, type Sheet } from "#shared/exam";

export interface SheetTime {
  /** What counts against the rubric's minutes. */
  readonly usedMs: number;
  /** What the end of the time has moved by. Both together are the time since the sheet was begun. */
  readonly givenBackMs: number;
  readonly paused: Pause | null;
  /** The computer was started again in between: there the wall clock is all there is, and somebody may have set it. */
  readonly isByWall: boolean;
}

/** R39: A documented stoppage extends the limit by the recorded time. `now` is the signature's once there is one. */
export function sheetTime(sheet: Pick<Sheet, "startedAt" | "pauses">, now: ClockReading): SheetTime {
  const turns = sheet.pauses.flatMap(({ from, resumed }) => [from, ...(resumed ? [resumed.at] : [])]);
  const readings = [sheet.startedAt, ...turns, now];
  const stretches = readings.slice(1).map((to, at) => {
    const from = readings[at] as ClockReading;
    // Working and standing still take turns, and work comes first.
    return { ms: elapsedMs(from, to), isWork: at % 2 === 0, isByWall: from.boot !== to.boot };
  });
  const sum = (isWork: boolean) =>
    stretches.reduce((ms, stretch) => ms + (stretch.isWork === isWork ? stretch.ms : 0), 0);
  return {
    usedMs: sum(true),
    givenBackMs: sum(false),
    paused: openPauseOf(sheet),
    isByWall: stretches.some(({ isByWall }) => isByWall),
  };
}

/** R39: What the sheet's time comes to beyond the rubric's, a begun minute counting whole: a proposal, which an examiner may know better. */
export function overtimeByClock(usedMs: number, { minutes }: Pick<Rubric, "minutes">): number {
  const over = Math.ceil(Math.max(0, usedMs - minutes * MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
  return Math.min(over, MAX_OVERTIME_MS);
}

const MINUTE_MS = 60_000;
