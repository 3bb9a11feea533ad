// Canonical JSON (RFC 8785, JCS) under the ERT profile (protocol 1.3): one spelling for one value, so that the same
// sheet gives the same bytes after a crash, and duplicate keys, whitespace tricks and parser differences are refused
// by one comparison.
import { ok, readUtf8, refuse, utf8, type Bytes, type Refusal, type Result } from "#shared/base";

export type CanonicalError = Refusal<
  "wire.not-utf8" | "wire.not-json" | "wire.non-canonical" | "wire.profile" | "wire.too-large"
>;

const MAX_DEPTH = 8;
const KEY = /^[a-z][A-Za-z0-9]{0,31}$/;

/** JCS bytes of a value of the profile. Throws on a value outside it: that is a bug of the producer. */
export function canonicalBytes(value: unknown): Bytes {
  const trouble = profileTrouble(value, 1);
  if (trouble !== undefined) throw new Error(`invariant: ${trouble}`);
  return utf8(JSON.stringify(inOrder(value)));
}

/** Parses bytes that must already be canonical and inside the profile. */
export function parseCanonical(bytes: Bytes, maxBytes: number): Result<unknown, CanonicalError> {
  if (bytes.length > maxBytes)
    return refuse({ code: "wire.too-large", facts: { bytes: bytes.length, maxBytes } });
  const text = readUtf8(bytes);
  if (text === undefined) return refuse({ code: "wire.not-utf8" });
  const value = parseJson(text);
  if (!value.ok) return value;
  const trouble = profileTrouble(value.value, 1);
  if (trouble !== undefined) return refuse({ code: "wire.profile", facts: { trouble } });
  // With every key in its place the engine's own serialiser writes the canonical text, many times faster than ours.
  if (!isSorted(value.value) || JSON.stringify(value.value) !== text)
    return refuse({ code: "wire.non-canonical" });
  return value;
}

/** RFC 8785 §3.2: keys sorted by UTF-16 code units, no whitespace, ECMAScript strings and numbers. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * The same value with every key in its place, for the engine's own serialiser: no key of the profile looks like an index, so
 * members keep the order they are put in. What is in order already is not copied.
 */
function inOrder(value: unknown): unknown {
  if (isSorted(value)) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = value as Readonly<Record<string, unknown>>;
  const sorted: Record<string, unknown> = {};
  for (const name of Object.keys(members).sort()) sorted[name] = inOrder(members[name]);
  return sorted;
}

/** Are the keys of every object in the order of RFC 8785 §3.2.3? What `JSON.parse` gave keeps the order of the text. */
function isSorted(value: unknown): boolean {
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return value.every(isSorted);
  const members = value as Readonly<Record<string, unknown>>;
  let before = "";
  for (const key of Object.keys(members)) {
    if (key <= before || !isSorted(members[key])) return false;
    before = key;
  }
  return true;
}

function parseJson(text: string): Result<unknown, CanonicalError> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return refuse({ code: "wire.not-json" });
  }
}

/** What stands outside the profile, in words for a log; undefined when nothing does. */
function profileTrouble(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case "string":
      return isWellFormed(value) ? undefined : "lone surrogate";
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? undefined
        : "number is not a safe integer";
    case "boolean":
      return undefined;
    case "object":
      break;
    default:
      return `a ${typeof value}`;
  }
  if (value === null) return undefined;
  if (depth > MAX_DEPTH) return "deeper than 8";
  if (Array.isArray(value)) return firstTrouble(value, depth);
  const members = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(members).filter((key) => members[key] !== undefined);
  const badKey = keys.find((key) => !isKey(key));
  if (badKey !== undefined) return `key ${JSON.stringify(badKey)}`;
  for (const key of keys) {
    const trouble = profileTrouble(members[key], depth + 1);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

/** A record has the same few keys again and again. */
const knownKeys = new Set<string>();

function isKey(key: string): boolean {
  if (knownKeys.has(key)) return true;
  if (!KEY.test(key)) return false;
  if (knownKeys.size < 1000) knownKeys.add(key);
  return true;
}

function firstTrouble(values: readonly unknown[], depth: number): string | undefined {
  for (const value of values) {
    const trouble = profileTrouble(value, depth + 1);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

function isWellFormed(text: string): boolean {
  // Most strings have no surrogate at all, and the first look is a tenth of the second.
  return (
    !/[\uD800-\uDFFF]/.test(text) ||
    !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)
  );
}
