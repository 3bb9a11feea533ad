// The citizen ID number, GB 11643-1999 (R72, domain 11.3), and how a screen shows it (R78). Checksum and date are hard
// errors; an unknown area is a warning, because numbers of dissolved areas stay valid for life.
import { Day, invariant, ok, refuse, type Refusal, type Result } from "#shared/base";

export type IdNumberProblem = "id.missing" | "id.scientific" | "id.length" | "id.date" | "id.checksum";

export interface IdNumberFacts {
  readonly number: string;
  readonly sex: "M" | "F";
  readonly birthDay: Day;
  readonly warnings: readonly "id.area-unknown"[];
}

/** R72: An ID number has the right length, date and check character; an unknown area is only a warning. */
export function checkIdNumber(text: string, today: Day): Result<IdNumberFacts, Refusal<IdNumberProblem>> {
  const number = normaliseIdNumber(text);
  if (number === "") return refuse({ code: "id.missing" });
  if (SCIENTIFIC.test(number)) return refuse({ code: "id.scientific" });
  if (!SHAPE.test(number)) return refuse({ code: "id.length", facts: { length: Array.from(number).length } });
  const birthDay = readBirthDay(number);
  if (birthDay === undefined || birthDay > today) return refuse({ code: "id.date" });
  if (idCheckDigit(number) !== number.charAt(17)) return refuse({ code: "id.checksum" });
  return ok({
    number,
    sex: Number(number.charAt(16)) % 2 === 1 ? "M" : "F",
    birthDay,
    warnings: AREAS.has(number.slice(0, 2)) ? [] : ["id.area-unknown"],
  });
}

/** Half width, upper case, no spaces of any kind, no text mark (`'`) that a spreadsheet left in front. */
export function normaliseIdNumber(text: string): string {
  return toHalfWidth(text).replace(BLANKS, "").replace(/^'/, "").toUpperCase();
}

/** Full-width digits and Latin letters, as Chinese keyboards type them, become the ASCII ones. */
export function toHalfWidth(text: string): string {
  return text.replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (wide) =>
    String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
}

/** Whitespace (U+3000 too) and marks that nobody sees: zero-width, soft hyphen, direction, byte order mark. */
export const BLANKS = /[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

/** The check character that the first 17 digits ask for. */
export function idCheckDigit(number: string): string {
  invariant(/^\d{17}/.test(number), "17 digits");
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(number.charAt(at)), 0);
  return "10X98765432".charAt(sum % 11);
}

/** R78: first six, stars, last four. */
export function maskId(number: string): string {
  invariant(SHAPE.test(number), "a checked ID number");
  return `${number.slice(0, 6)}********${number.slice(-4)}`;
}

const SHAPE = /^\d{17}[\dX]$/;
const SCIENTIFIC = /^\d(?:[.,]\d+)?E\+?\d{1,2}$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB/T 2260 provinces, 71 Taiwan, 81 to 83 the residence permits of Hong Kong, Macau and Taiwan. */
const AREAS = new Set(
  (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 " +
    "50 51 52 53 54 61 62 63 64 65 71 81 82 83"
  ).split(" "),
);

function readBirthDay(number: string): Day | undefined {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  const read = Day.safeParse(`${year}-${month}-${day}`);
  const possible = Number(year) >= 1900 && Number(day) <= daysInMonth(Number(year), Number(month));
  return read.success && possible ? read.data : undefined;
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return leap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
