// From a spreadsheet's cells to candidates, and to a list of what was not taken, row by row (rulings 16, domain 5.4).
// The table comes from electron/files; nothing here knows what a file is.
import { invariant, ok, refuse, type Day, type Refusal, type Result } from "#shared/base";
import type { Finding } from "#shared/exam";
import { BLANKS, checkIdNumber, toHalfWidth, type IdNumberProblem } from "../numbers/id-number.ts";
import { withheldColumns } from "../panel/identity.ts";
import { cellToText, type TableCell } from "./table.ts";

export interface RosterRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number;
  readonly cells: readonly TableCell[];
  /** The file's own grammar was broken here (a quote never closed). */
  readonly malformed: boolean;
}

export interface RosterTable {
  readonly rows: readonly RosterRow[];
  /** Text with separators: a row of the wrong width has lost its columns. A workbook keeps its own. */
  readonly delimited: boolean;
}

export type RosterField = "name" | "idNumber" | "ticketNo";

export type RosterProblem =
  IdNumberProblem | "name.missing" | "name.too-long" | "id.duplicate" | "ticket.duplicate" | "row.malformed";

export interface TakenRow {
  readonly row: number;
  readonly name: string;
  readonly idNumber: string;
  /** Null: to be assigned (assignTickets). */
  readonly ticketNo: string | null;
  readonly warnings: readonly RosterWarning[];
}

export interface RosterWarning {
  readonly field: RosterField;
  readonly code: "id.area-unknown";
}

/** One entry per problem, the first one of each field; a row may have several. */
export interface RefusedRow {
  readonly row: number;
  readonly field: RosterField | "row";
  readonly code: RosterProblem;
}

export interface RosterPreview {
  readonly taken: readonly TakenRow[];
  readonly refused: readonly RefusedRow[];
  readonly blank: number;
  readonly columns: {
    readonly headerRow: number;
    readonly recognised: readonly { readonly field: RosterField; readonly heading: string }[];
    readonly ignored: readonly string[];
    /** Pictures and biometrics among the ignored: left behind because nobody's consent is in a spreadsheet (R77). */
    readonly withheld: readonly Finding[];
  };
}

export type RosterRefusal = Refusal<
  "roster.empty" | "roster.no-name-column" | "roster.no-id-column" | "roster.repeated-column"
>;

export function previewRoster(table: RosterTable, today: Day): Result<RosterPreview, RosterRefusal> {
  const header = findHeader(table);
  if (!header.ok) return header;
  const { row: headerRow, columns, headings } = header.value;
  const rows = table.rows.filter(({ row }) => row > headerRow);
  if (rows.every(isBlankRow)) return refuse({ code: "roster.empty" });

  const taken: TakenRow[] = [];
  const claimed: Claimed = { idNumbers: new Set(), ticketNos: new Set() };
  const refused: RefusedRow[] = [];
  let blank = 0;
  for (const row of rows) {
    if (isBlankRow(row)) {
      blank += 1;
      continue;
    }
    const read = readRow(row, header.value, table.delimited, today, claimed);
    if (!read.ok) {
      refused.push(...read.error);
      continue;
    }
    taken.push(read.value);
    claimed.idNumbers.add(read.value.idNumber);
    if (read.value.ticketNo !== null) claimed.ticketNos.add(read.value.ticketNo);
  }

  const used = new Set(Object.values(columns));
  const recognised = FIELDS.flatMap((field) =>
    headings.flatMap((heading, at) => (columns[field] === at ? [{ field, heading }] : [])),
  );
  const ignored = headings.filter((heading, at) => heading !== "" && !used.has(at));
  const withheld = withheldColumns(ignored).findings;
  return ok({ taken, refused, blank, columns: { headerRow, recognised, ignored, withheld } });
}

/**
 * Gives every row a ticket number: its own, or the prefix and its place among the taken. A place whose number somebody
 * else was given moves past the end, so the same rows always get the same numbers.
 */
export function assignTickets(
  taken: readonly TakenRow[],
  prefix: string,
): (TakenRow & { ticketNo: string })[] {
  invariant(prefix.length + TICKET_DIGITS + 2 <= MAX_TICKET, "a short prefix");
  const given = new Set(taken.map(({ ticketNo }) => ticketNo).filter((ticketNo) => ticketNo !== null));
  const ticketOf = (place: number) => prefix + String(place).padStart(TICKET_DIGITS, "0");
  let beyond = taken.length;
  return taken.map((row, at) => {
    if (row.ticketNo !== null) return { ...row, ticketNo: row.ticketNo };
    let ticketNo = ticketOf(at + 1);
    while (given.has(ticketNo)) ticketNo = ticketOf((beyond += 1));
    return { ...row, ticketNo };
  });
}

/** Trimmed, one space where there were several, one middle dot for the many that keyboards offer (domain 5.4). */
export function normaliseName(text: string): string {
  return text
    .normalize("NFC")
    .replace(DOTS, MIDDLE_DOT)
    .replace(/(?<=\p{Script=Han})[.](?=\p{Script=Han})/gu, MIDDLE_DOT)
    .replace(UNSEEN, "")
    .replace(/\s+/gu, " ")
    .replace(/ ?\u00B7 ?/gu, MIDDLE_DOT)
    .trim();
}

const MIDDLE_DOT = "\u00B7";
/** Bullet, katakana dots of both widths, hyphenation point, dot and bullet operators, one-dot leader, full-width stop. */
const DOTS = /[\u2022\u30FB\uFF65\u2027\u2219\u22C5\u2024\uFF0E]/gu;
const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

const FIELDS = ["name", "idNumber", "ticketNo"] as const;

/** Headings as `bareHeading` leaves them; the keys of domain 5.4 are among them. */
const HEADINGS: Readonly<Record<RosterField, readonly string[]>> = {
  name: "姓名 考生姓名 学员姓名 名字 name fullname candidate candidatename".split(" "),
  idNumber: (
    "证件号码 证件号 身份证号 身份证号码 身份证 居民身份证 居民身份证号 居民身份证号码 公民身份号码 公民身份证号码 " +
    "身份证件号码 有效证件号码 考生证件号码 考生身份证号 " +
    "idnumber idno idcard idcardno idcardnumber citizenid citizenidnumber identitynumber identitycardnumber nationalid " +
    "documentnumber"
  ).split(" "),
  ticketNo: (
    "准考证号 准考证号码 准考证 准考证编号 考号 考生号 " +
    "ticketno ticket ticketnumber admissionno admissionnumber admissionticket admissionticketno admissionticketnumber"
  ).split(" "),
};

/** Titles and notes stand above the headings in some files; candidates never do. */
const HEADER_WITHIN = 10;
const MAX_NAME = 50;
const MAX_TICKET = 32;
const TICKET_DIGITS = 3;
/** A spreadsheet keeps 15 digits of a number; a longer one has lost its end. */
const LOST_DIGITS_FROM = 1e15;

interface Header {
  readonly row: number;
  readonly headings: readonly string[];
  readonly columns: { readonly name: number; readonly idNumber: number; readonly ticketNo?: number };
}

function findHeader({ rows }: RosterTable): Result<Header, RosterRefusal> {
  const candidates = rows.filter((row) => !isBlankRow(row)).slice(0, HEADER_WITHIN);
  if (candidates.length === 0) return refuse({ code: "roster.empty" });
  let best: RosterRefusal = { code: "roster.no-name-column" };
  for (const { row, cells } of candidates) {
    const headings = cells.map((cell) => normaliseName(cellToText(cell)));
    const places = {
      name: columnsOf("name", headings),
      idNumber: columnsOf("idNumber", headings),
      ticketNo: columnsOf("ticketNo", headings),
    };
    const repeated = FIELDS.find((field) => places[field].length > 1);
    const [name] = places.name;
    const [idNumber] = places.idNumber;
    const [ticketNo] = places.ticketNo;
    if (name !== undefined && idNumber !== undefined) {
      if (repeated) return refuse({ code: "roster.repeated-column", facts: { field: repeated } });
      return ok({
        row,
        headings,
        columns: { name, idNumber, ...(ticketNo === undefined ? {} : { ticketNo }) },
      });
    }
    if (name !== undefined) best = { code: "roster.no-id-column" };
  }
  return refuse(best);
}

function columnsOf(field: RosterField, headings: readonly string[]): number[] {
  return headings.flatMap((heading, at) => (HEADINGS[field].includes(bareHeading(heading)) ? [at] : []));
}

/** Without spaces, case, marks of obligation and remarks in brackets: `*ID No.(必填)` is `idno`. */
function bareHeading(heading: string): string {
  return heading
    .normalize("NFKC")
    .replace(/[([【〔].*$/u, "")
    .replace(/[\s\p{P}\p{S}]/gu, "")
    .toLowerCase();
}

function isBlankRow({ cells, malformed }: RosterRow): boolean {
  return !malformed && cells.every((cell) => cellToText(cell).replace(BLANKS, "") === "");
}

/** What earlier rows hold: only a row that was taken can make a later one a duplicate. */
interface Claimed {
  readonly idNumbers: Set<string>;
  readonly ticketNos: Set<string>;
}

function readRow(
  row: RosterRow,
  header: Header,
  delimited: boolean,
  today: Day,
  claimed: Claimed,
): Result<TakenRow, RefusedRow[]> {
  const ticket = readTicket(
    header.columns.ticketNo === undefined ? undefined : row.cells[header.columns.ticketNo],
  );
  if (isMalformed(row, header, delimited) || !ticket.ok) {
    return refuse([{ row: row.row, field: "row", code: "row.malformed" }]);
  }
  const ticketNo = ticket.value;
  const name = normaliseName(cellToText(row.cells[header.columns.name]));
  const id = readId(row.cells[header.columns.idNumber], today);

  const problems: RefusedRow[] = [];
  const report = (field: RosterField, code: RosterProblem) => problems.push({ row: row.row, field, code });
  if (name === "") report("name", "name.missing");
  else if (Array.from(name).length > MAX_NAME) report("name", "name.too-long");
  if (!id.ok) report("idNumber", id.error.code);
  else if (claimed.idNumbers.has(id.value.number)) report("idNumber", "id.duplicate");
  if (ticketNo !== null && claimed.ticketNos.has(ticketNo)) report("ticketNo", "ticket.duplicate");

  if (!id.ok || problems.length > 0) return refuse(problems);
  const warnings = id.value.warnings.map((code) => ({ field: "idNumber" as const, code }));
  return ok({ row: row.row, name, idNumber: id.value.number, ticketNo, warnings });
}

function isMalformed({ cells, malformed }: RosterRow, header: Header, delimited: boolean): boolean {
  if (malformed || cells.some((cell) => BROKEN.test(cellToText(cell)))) return true;
  if (!delimited) return false;
  const isShort = cells.length <= Math.max(header.columns.name, header.columns.idNumber);
  const surplus = cells.slice(header.headings.length);
  return isShort || surplus.some((cell) => cellToText(cell).replace(BLANKS, "") !== "");
}

/** Control characters, the mark of a failed decoding, halves of a surrogate pair. Line breaks are only spaces. */
const BROKEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFD]|\p{Surrogate}/u;

function readId(cell: TableCell | undefined, today: Day): ReturnType<typeof checkIdNumber> {
  if (cell !== undefined && "number" in cell && Math.abs(cell.number) >= LOST_DIGITS_FROM) {
    return refuse({ code: "id.scientific" });
  }
  return checkIdNumber(cellToText(cell), today);
}

/** Null when there is none; refused when it cannot be the number that was printed. */
function readTicket(cell: TableCell | undefined): Result<string | null, Refusal<"ticket.unreadable">> {
  if (cell !== undefined && "number" in cell && Math.abs(cell.number) >= LOST_DIGITS_FROM) {
    return refuse({ code: "ticket.unreadable" });
  }
  const text = toHalfWidth(cellToText(cell)).replace(BLANKS, "");
  if (text.length > MAX_TICKET) return refuse({ code: "ticket.unreadable" });
  return ok(text === "" ? null : text);
}
