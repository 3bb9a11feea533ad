// Figures of quality as people read them: with their sign, per hundred, and in the unit of time that suits them.
import { formatCount, type Text } from "../../i18n/index.ts";

/** One decimal with its sign: which way it goes is the whole point. */
export function signedPoints(points: number): string {
  const text = Math.abs(points).toFixed(1);
  if (text === "0.0") return text;
  return points < 0 ? `−${text}` : `+${text}`;
}

export function perHundredText(rate: number): string {
  return rate.toFixed(1);
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** Two days of hours are easier read than two days of minutes. */
export function durationText(t: Text, ms: number): string {
  if (ms < HOUR) return t("quality.time.minutes", { count: Math.round(ms / MINUTE) });
  if (ms < 2 * DAY) return t("quality.time.hours", { amount: shortened(ms / HOUR) });
  return t("quality.time.days", { amount: shortened(ms / DAY) });
}

function shortened(value: number): string {
  return value < 10 ? value.toFixed(1).replace(/\.0$/, "") : formatCount(Math.round(value));
}
