// One signed record: its envelope (protocol 1.4), its canonical payload (1.3), and what was signed (DSSE v1, PAE).
import { sha256 } from "./key.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface SignedRecord {
  /** `sheet` of `application/vnd.ert.sheet.v1+json`. */
  readonly kind: string;
  readonly value: { readonly [name: string]: Json };
  /** `sha256:` of the payload: the record's name everywhere else. */
  readonly hash: string;
  /** What the signatures are over. */
  readonly signed: Buffer;
  readonly signatures: readonly { readonly kid: string; readonly sig: Buffer }[];
  readonly bytes: Buffer;
}

/** What is wrong, and nothing further about it. */
export interface Wrong {
  readonly wrong: string;
}

/** All records of a file that is nothing but records: one, or a pack of them. Undefined: it does not begin like one. */
export function readRecords(file: Buffer): (SignedRecord | Wrong)[] | undefined {
  const records: (SignedRecord | Wrong)[] = [];
  for (let at = 0; at < file.length;) {
    const read = readEnvelope(file, at);
    if (!read)
      return records.length === 0 && !looksLikeRecord(file) ? undefined : [...records, { wrong: "envelope" }];
    records.push(read.record);
    at = read.next;
  }
  return records.length === 0 ? undefined : records;
}

function looksLikeRecord(file: Buffer): boolean {
  return file.subarray(2, 2 + TYPE.length).toString("latin1") === TYPE;
}

const TYPE = "application/vnd.ert.";

/** u16 type | u32 payload | u8 signatures, each u8 kid | u16 sig; lengths big-endian, each before what it counts. */
function readEnvelope(
  file: Buffer,
  start: number,
): { record: SignedRecord | Wrong; next: number } | undefined {
  let at = start;
  const take = (width: number): Buffer | undefined => {
    if (at + width > file.length) return undefined;
    const length = file.readUIntBE(at, width);
    const part = file.subarray(at + width, at + width + length);
    at += width + length;
    return at > file.length ? undefined : part;
  };
  const [type, payload] = [take(2), take(4)];
  const count = file[at++] ?? 0;
  if (!type || !payload || count < 1 || count > 4) return undefined;
  const signatures: { kid: string; sig: Buffer }[] = [];
  for (let i = 0; i < count; i++) {
    const [kid, sig] = [take(1), take(2)];
    if (!kid || !sig || !/^ed25519\.[0-9a-f]{32}$/.test(kid.toString("latin1"))) return undefined;
    signatures.push({ kid: kid.toString("latin1"), sig });
  }
  return { record: readPayload(type, payload, signatures, file.subarray(start, at)), next: at };
}

function readPayload(
  type: Buffer,
  payload: Buffer,
  signatures: SignedRecord["signatures"],
  bytes: Buffer,
): SignedRecord | Wrong {
  const [, kind] = /^application\/vnd\.ert\.([a-z-]+)\.v1\+json$/.exec(type.toString("latin1")) ?? [];
  if (kind === undefined) return { wrong: "type" };
  const value = readCanonical(payload);
  if (value === undefined || value === null || typeof value !== "object" || Array.isArray(value))
    return { wrong: "canonical" };
  const pae = `DSSEv1 ${String(type.length)} ${type.toString("latin1")} ${String(payload.length)} `;
  return {
    kind,
    value: value as SignedRecord["value"],
    hash: `sha256:${sha256(payload).toString("hex")}`,
    signed: Buffer.concat([Buffer.from(pae, "latin1"), payload]),
    signatures,
    bytes,
  };
}

/** The value, when these bytes are its one spelling (RFC 8785) and it is one that ERT may hold. */
function readCanonical(bytes: Buffer): Json | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value = JSON.parse(text) as Json;
    return spell(value, 1) === text ? value : undefined;
  } catch {
    return undefined; // no UTF-8, no JSON
  }
}

/** The canonical spelling of a value; undefined for one that ERT may not hold. */
export function spell(value: Json, depth: number): string | undefined {
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : undefined;
  if (typeof value === "string") return /\p{Surrogate}/u.test(value) ? undefined : JSON.stringify(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (depth > 8) return undefined;
  const parts = Array.isArray(value)
    ? value.map((one: Json) => spell(one, depth + 1))
    : Object.keys(value)
        .sort()
        .map((name) => {
          const member = spell((value as { readonly [name: string]: Json })[name] ?? null, depth + 1);
          return /^[a-z][A-Za-z0-9]{0,31}$/.test(name) && member !== undefined
            ? `"${name}":${member}`
            : undefined;
        });
  if (parts.includes(undefined)) return undefined;
  return Array.isArray(value) ? `[${parts.join(",")}]` : `{${parts.join(",")}}`;
}

/** What stands at `path`; undefined where the record has another shape. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let found: Json | undefined = value;
  for (const step of path) {
    if (found === null || typeof found !== "object") return undefined;
    found = (found as { readonly [name: string]: Json })[step];
  }
  return found;
}

export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

export function numberAt(value: Json | undefined, ...path: readonly (string | number)[]): number {
  const found = at(value, ...path);
  return typeof found === "number" ? found : Number.NaN;
}

export function listAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}
