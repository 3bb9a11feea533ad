// The body of a frame in clear: the entry as canonical JSON text, then its attachments, each with its length.
import { concatBytes, invariant, ok, refuse, utf8, utf8ToText, type Bytes, type Result } from "#shared/base";
import { liftEntry, type JournalEntry } from "#shared/journal";
import { canonicalText } from "#shared/wire";

const MAX_ATTACHMENTS = 0xffff;

export function encodeBody(entry: JournalEntry, attachments: readonly Bytes[]): Bytes {
  invariant(attachments.length <= MAX_ATTACHMENTS, "more attachments than a frame can count");
  const text = utf8(canonicalText(entry));
  const count = new DataView(new ArrayBuffer(2));
  count.setUint16(0, attachments.length);
  return concatBytes(
    lengthOf(text),
    text,
    new Uint8Array(count.buffer),
    ...attachments.flatMap((bytes) => [lengthOf(bytes), bytes]),
  );
}

export interface Body {
  readonly entry: JournalEntry;
  readonly attachments: readonly Bytes[];
}

/** `newer`: a later version of the program wrote this. */
export function decodeBody(body: Bytes): Result<Body, "damaged" | "newer"> {
  const parts = splitBody(body);
  if (!parts) return refuse("damaged");
  const entry = readEntry(parts.text);
  return entry.ok ? ok({ entry: entry.value, attachments: parts.attachments }) : entry;
}

export function splitBody(body: Bytes): { text: Bytes; attachments: Bytes[] } | undefined {
  const numbers = new DataView(body.buffer, body.byteOffset, body.length);
  let at = 0;
  const take = (): Bytes | undefined => {
    if (body.length - at < 4) return undefined;
    const length = numbers.getUint32(at);
    if (body.length - at - 4 < length) return undefined;
    at += 4 + length;
    return body.slice(at - length, at);
  };
  const text = take();
  if (!text || body.length - at < 2) return undefined;
  const count = numbers.getUint16(at);
  at += 2;
  const attachments: Bytes[] = [];
  for (let i = 0; i < count; i++) {
    const bytes = take();
    if (!bytes) return undefined;
    attachments.push(bytes);
  }
  return at === body.length ? { text, attachments } : undefined;
}

function readEntry(text: Bytes): Result<JournalEntry, "damaged" | "newer"> {
  const value = parseJson(text);
  if (value === undefined) return refuse("damaged");
  const lifted = liftEntry(value);
  if (lifted.ok) return lifted;
  return refuse(lifted.error.code === "entry.newer" ? "newer" : "damaged");
}

function parseJson(text: Bytes): unknown {
  try {
    return JSON.parse(utf8ToText(text));
  } catch {
    return undefined; // not UTF-8 or not JSON: no entry either way
  }
}

function lengthOf(bytes: Bytes): Bytes {
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, bytes.length);
  return new Uint8Array(length.buffer);
}
