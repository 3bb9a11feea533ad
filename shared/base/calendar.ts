// Days, months and years as people count them, on the calendar alone: no time zone, no clock (rulings 23).
import { Day } from "./instant.ts";

export function addDays(day: Day, days: number): Day {
  return dayOf(toUtc(day) + days * DAY_MS);
}

/** The same day of the month later, or that month's last day where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = partsOf(day);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dayOf(first.getTime() + (Math.min(date, last) - 1) * DAY_MS);
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(toUtc(day)).getUTCDay() || 7;
}

/** Days from `from` to `to`; negative when `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY_MS);
}

/** Whole months from `from` until `to`, `to` itself not counted; negative never. */
export function fullMonths(from: Day, to: Day): number {
  if (to <= from) return 0;
  const [a, b] = [partsOf(from), partsOf(to)];
  const months = (b.year - a.year) * 12 + b.month - a.month;
  return addMonths(from, months) <= to ? months : months - 1;
}

/** Anniversaries reached on `to`; 29 February counts on 28 February in common years (R8). */
export function fullYears(from: Day, to: Day): number {
  return Math.floor(fullMonths(from, to) / 12);
}

export function yearOf(day: Day): number {
  return partsOf(day).year;
}

const DAY_MS = 86_400_000;

function partsOf(day: Day) {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return { year, month, date };
}

function toUtc(day: Day): number {
  const { year, month, date } = partsOf(day);
  return Date.UTC(year, month - 1, date);
}

function dayOf(utc: number): Day {
  return Day.parse(new Date(utc).toISOString().slice(0, 10));
}
