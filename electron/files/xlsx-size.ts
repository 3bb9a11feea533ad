// How large a workbook would become, found out before a library unpacks it: a few kilobytes of zip may hold gigabytes,
// and one cell at the far corner of a sheet makes a table of billions.
import { inflateRawSync } from "node:zlib";

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The cells of all sheets' rectangles together; undefined when the zip is broken. */
export function xlsxSize(
  bytes: Uint8Array,
  maxUnpacked: number,
): { cells: number } | "too-large" | undefined {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = listEntries(zip);
  if (entries === undefined) return undefined;
  let left = maxUnpacked;
  let cells = 0;
  for (const entry of entries) {
    if (!/\.(?:xml|rels)$/.test(entry.name)) continue; // pictures are never unpacked
    const content = unpack(zip, entry, left);
    if (content === undefined || content === "too-large") return content;
    left -= content.length;
    if (entry.name.startsWith("xl/worksheets/sheet")) cells += rectangleOf(content.toString("latin1"));
  }
  return { cells };
}

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly offset: number;
}

const END_SIGNATURE = Buffer.from([0x50, 0x4b, 5, 6]);
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;

/** The central directory (APPNOTE 4.3.12). Workbooks of this size need no zip64. */
function listEntries(zip: Buffer): ZipEntry[] | undefined {
  const end = zip.lastIndexOf(END_SIGNATURE);
  if (end < 0 || end + 22 > zip.length) return undefined;
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY_SIGNATURE) return undefined;
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString("utf8", at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      offset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** What a header claims about sizes is not believed: unpacking stops at `max`. */
function unpack(zip: Buffer, entry: ZipEntry, max: number): Buffer | "too-large" | undefined {
  if (entry.offset + 30 > zip.length || zip.readUInt32LE(entry.offset) !== LOCAL_SIGNATURE) return undefined;
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28);
  const packed = zip.subarray(start, start + entry.packed);
  if (entry.method === 0) return packed.length > max ? "too-large" : packed;
  if (entry.method !== 8 || max <= 0) return max <= 0 ? "too-large" : undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: max });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    if (error.code === "ERR_BUFFER_TOO_LARGE") return "too-large";
    if (String(error.code).startsWith("Z_")) return undefined; // zlib: the bytes are damaged
    throw error;
  }
}

function rectangleOf(sheet: string): number {
  let rows = 0;
  let columns = 0;
  for (const [, letters = "", row = ""] of sheet.matchAll(
    /<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']/g,
  )) {
    rows = Math.max(rows, Number(row));
    columns = Math.max(columns, columnToNumber(letters));
  }
  return rows * columns;
}

function columnToNumber(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
