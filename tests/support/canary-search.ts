// Looks for words that must not be anywhere in clear (P19): each in UTF-8, UTF-16 of both orders, hex of both cases and
// base64 at any offset, in the bytes of every file of a folder and in whatever gzip finds inside them.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";

export interface Hit {
  readonly file: string;
  readonly canary: string;
  readonly form: string;
}

export interface CanarySearch {
  readonly files: number;
  readonly bytes: number;
  readonly hits: readonly Hit[];
}

interface Needle {
  readonly bytes: Buffer;
  readonly canary: string;
  readonly form: string;
}

/** Canaries have at least six bytes in UTF-8, and forms of fewer are left out: noise of this size holds any four bytes. */
export async function searchCanaries(folder: string, canaries: readonly string[]): Promise<CanarySearch> {
  const find = createFinder([...new Set(canaries)].flatMap(needlesOf));
  const hits: Hit[] = [];
  let [files, bytes] = [0, 0];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const content = await readFile(file);
    files += 1;
    bytes += content.length;
    for (const part of [content, Buffer.from(path.relative(folder, file)), ...unpacked(content)])
      for (const { canary, form } of find(part))
        hits.push({ file: path.relative(folder, file), canary, form });
  }
  return { files, bytes, hits };
}

function needlesOf(canary: string): Needle[] {
  const utf8 = Buffer.from(canary, "utf8");
  if (utf8.length < LEAST_BYTES) throw new Error(`${canary} is too short for a canary`);
  const little = Buffer.from(canary, "utf16le");
  const of = (form: string, bytes: Buffer): Needle => ({ form, bytes, canary });
  return [
    of("utf-8", utf8),
    of("utf-16le", little),
    of("utf-16be", Buffer.from(little).swap16()),
    of("hex", Buffer.from(utf8.toString("hex"))),
    of("HEX", Buffer.from(utf8.toString("hex").toUpperCase())),
    ...[0, 1, 2].map((offset) => of(`base64+${String(offset)}`, innerBase64(utf8, offset))),
  ].filter(({ bytes }) => bytes.length >= LEAST_BYTES);
}

const LEAST_BYTES = 6;

/** The characters of base64 that depend on the canary alone when it begins at this offset modulo three. */
function innerBase64(bytes: Buffer, offset: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const first = offset === 0 ? 0 : offset + 1;
  const last = (offset + bytes.length) % 3 === 0 ? text.length : text.length - 1;
  return Buffer.from(text.slice(first, last));
}

/** One pass over the bytes: the first two of every needle in a table, then the first four, then the needle. */
function createFinder(needles: readonly Needle[]): (content: Buffer) => Needle[] {
  const starts = new Uint8Array(65536);
  const byPrefix = new Map<number, Needle[]>();
  for (const needle of needles) {
    starts[needle.bytes.readUInt16BE(0)] = 1;
    const prefix = needle.bytes.readUInt32BE(0);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), needle]);
  }
  return (content) => {
    const found: Needle[] = [];
    for (let at = 0; at + 4 <= content.length; at++) {
      if (starts[((content[at] ?? 0) << 8) | (content[at + 1] ?? 0)] === 0) continue;
      for (const needle of byPrefix.get(content.readUInt32BE(at)) ?? [])
        if (content.subarray(at, at + needle.bytes.length).equals(needle.bytes)) found.push(needle);
    }
    return found;
  };
}

function unpacked(content: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = content.indexOf(GZIP); at >= 0; at = content.indexOf(GZIP, at + 1)) {
    try {
      parts.push(gunzipSync(content.subarray(at), { maxOutputLength: 64 * 1024 * 1024 }));
    } catch {
      // three bytes that look like the start of a gzip stream and are none
    }
  }
  return parts;
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
