// The bytes of a roster, whatever program wrote them, as a table of cells. What the bytes say decides, never the name of
// the file: half of the .csv files of this trade are GB18030, and some .xls files are something else altogether.
import iconv from "iconv-lite";
import Papa from "papaparse";
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import type { RosterRow, RosterTable } from "#shared/rules";
import { readWorkbook, valueToCell } from "./workbook.ts";
import { isZip } from "./xlsx-size.ts";

export type RosterEncoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "xlsx";

export type RosterFile = RosterTable & { readonly encoding: RosterEncoding };

export type RosterFileRefusal = Refusal<
  "roster.empty" | "roster.unreadable" | "roster.old-excel" | "roster.too-large" | "roster.too-many-rows"
>;

export async function readRosterFile(bytes: Uint8Array): Promise<Result<RosterFile, RosterFileRefusal>> {
  if (bytes.length === 0) return refuse({ code: "roster.empty" });
  if (bytes.length > MAX_BYTES) return refuse({ code: "roster.too-large", facts: { maxBytes: MAX_BYTES } });
  if (startsWith(bytes, OLE_MAGIC)) return refuse({ code: "roster.old-excel" });
  const read = isZip(bytes) ? await readRosterWorkbook(bytes) : readText(bytes);
  if (!read.ok) return read;
  if (read.value.rows.length > MAX_ROWS) {
    return refuse({ code: "roster.too-many-rows", facts: { maxRows: MAX_ROWS } });
  }
  return read;
}

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_ROWS = 20_000;
/** Each broken quote means reading the rest again; a file with more of them is no roster. */
const MAX_BROKEN_ROWS = 100;

const OLE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16LE_MARK = [0xff, 0xfe];
const UTF16BE_MARK = [0xfe, 0xff];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** The first sheet: where a registration office has more, the others are its own notes. */
async function readRosterWorkbook(bytes: Uint8Array): Promise<Result<RosterFile, RosterFileRefusal>> {
  const read = await readWorkbook(bytes);
  if (!read.ok)
    return refuse({
      code: read.error.code === "workbook.too-large" ? "roster.too-large" : "roster.unreadable",
    });
  const sheet = read.value[0]?.rows ?? [];
  const rows = sheet.map((cells, at) => ({ row: at + 1, cells, malformed: false }));
  return ok({ rows, delimited: false, encoding: "xlsx" });
}

function readText(bytes: Uint8Array): Result<RosterFile, RosterFileRefusal> {
  const decoded = decodeText(bytes);
  // No text of any of these encodings holds a NUL: this is some other kind of file.
  if (decoded === undefined || decoded.text.includes("\0")) return refuse({ code: "roster.unreadable" });
  const rows = splitRows(decoded.text.replace(/\r\n?/g, "\n"));
  return rows
    ? ok({ rows, delimited: true, encoding: decoded.encoding })
    : refuse({ code: "roster.unreadable" });
}

function decodeText(bytes: Uint8Array): { text: string; encoding: RosterEncoding } | undefined {
  if (startsWith(bytes, UTF16LE_MARK)) return { text: iconv.decode(bytes, "utf-16le"), encoding: "utf-16le" };
  if (startsWith(bytes, UTF16BE_MARK)) return { text: iconv.decode(bytes, "utf-16be"), encoding: "utf-16be" };
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== undefined) return { text: utf8, encoding: "utf-8" };
  if (startsWith(bytes, UTF8_MARK)) return undefined;
  return { text: iconv.decode(bytes, "gb18030"), encoding: "gb18030" };
}

/** Undefined when the bytes are not UTF-8 from end to end; a byte order mark is left out. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined; // what the Encoding Standard throws when fatal
    throw error;
  }
}

/** One record, one row, also where a quoted value spans lines. Undefined when too much of it is broken. */
function splitRows(text: string): RosterRow[] | undefined {
  const delimiter = guessDelimiter(text);
  const rows: RosterRow[] = [];
  let rest = text;
  for (let broken = 0; rest !== ""; broken++) {
    if (broken > MAX_BROKEN_ROWS || rows.length > MAX_ROWS) break;
    const parsed = Papa.parse<string[]>(rest, { delimiter, newline: "\n", preview: MAX_ROWS + 2 });
    const error = parsed.errors.find(({ type }) => type === "Quotes");
    const whole = parsed.data.slice(0, error?.row ?? parsed.data.length);
    // The line break that ends the last record starts no other.
    if (error === undefined && rest.endsWith("\n") && whole.at(-1)?.join("") === "") whole.pop();
    for (const cells of whole)
      rows.push({ row: rows.length + 1, cells: cells.map(valueToCell), malformed: false });
    if (error === undefined) return rows;
    // A quote that never closes would swallow everybody below: give up this line only, and go on with the next.
    const end = rest.indexOf("\n", error.index ?? 0);
    rows.push({ row: rows.length + 1, cells: [], malformed: true });
    rest = end < 0 ? "" : rest.slice(end + 1);
  }
  return rest === "" || rows.length > MAX_ROWS ? rows : undefined;
}

/** The separator that the first separated line has most of. Papaparse's own guess averages over broken rows. */
function guessDelimiter(text: string): string {
  const line = text
    .split("\n", 20)
    .map((one) => one.replace(/"[^"]*"/g, ""))
    .find((one) => /[,\t;]/.test(one));
  const countOf = (delimiter: string) => (line ?? "").split(delimiter).length;
  return [",", "\t", ";"].reduce((best, next) => (countOf(next) > countOf(best) ? next : best));
}
