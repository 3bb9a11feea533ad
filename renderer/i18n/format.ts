// Days and times as people at a test centre read them: in Asia/Shanghai whatever the laptop's zone, with figures that
// do not depend on the system's locale data beyond the two languages.
import type { Locale } from "#shared/ipc";

const zone = "Asia/Shanghai";
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  let made = cache.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "zh-CN", { timeZone: zone, ...options });
    cache.set(key, made);
  }
  return made;
}

/** `2026-11-23` as 2026年11月23日 or 23 November 2026. */
export function formatDay(day: string, locale: Locale): string {
  return formatter(locale, "day", { year: "numeric", month: "long", day: "numeric" }).format(
    Date.parse(`${day}T12:00:00+08:00`),
  );
}

/** 18:42 */
export function formatTime(instantMs: number, locale: Locale): string {
  return formatter(locale, "time", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    instantMs,
  );
}

/** 18:42:07 */
export function formatTimeOfAct(instantMs: number, locale: Locale): string {
  return formatter(locale, "act", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(instantMs);
}

/** 11月23日 18:42 or 23 Nov, 18:42 */
export function formatDayAndTime(instantMs: number, locale: Locale): string {
  return formatter(locale, "both", {
    month: locale === "en" ? "short" : "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(instantMs);
}

/** 2:14:36, or 4:36 under an hour: time left, time over. Whole seconds, downwards, never below zero. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A minute that was begun counts whole, as it does in the deduction for overtime. */
export function begunMinutes(durationMs: number): number {
  return Math.ceil(durationMs / 60_000);
}

/** 1,288 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A mark as it is written; blank is a dash and never 0. */
export function formatMark(mark: string | null): string {
  return mark === null || mark === "" ? "—" : mark;
}

/** Bytes in the unit a person would use. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
