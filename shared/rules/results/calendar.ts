// Working days: weekdays that are no holidays, and make-up days (R71).
import { addDays, invariant, weekdayOf, yearOf, type Day } from "#shared/base";
import type { WorkingCalendar } from "#shared/exam";

export interface Deadline {
  readonly day: Day;
  /** A year passed through has no holiday table. */
  readonly provisional: boolean;
}

/** R71: The n-th working day after an event, whose own day does not count; provisional without the year's table. */
export function workingDayAfter(event: Day, days: number, calendars: readonly WorkingCalendar[]): Deadline {
  invariant(Number.isSafeInteger(days) && days >= 0, "working days in whole numbers");
  let day = event;
  let provisional = !hasYear(day, calendars);
  for (let counted = 0; counted < days;) {
    day = addDays(day, 1);
    provisional ||= !hasYear(day, calendars);
    if (isWorkingDay(day, calendars)) counted++;
  }
  return { day, provisional };
}

/** R71: A make-up day is worked, a holiday and a weekend are not. */
export function isWorkingDay(day: Day, calendars: readonly WorkingCalendar[]): boolean {
  if (calendars.some(({ makeUpDays }) => makeUpDays.includes(day))) return true;
  return weekdayOf(day) <= 5 && !calendars.some(({ holidays }) => holidays.includes(day));
}

function hasYear(day: Day, calendars: readonly WorkingCalendar[]): boolean {
  return calendars.some(({ year }) => year === yearOf(day));
}
