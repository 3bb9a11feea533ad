// An .xlsx workbook as sheets of cells, and back. How large it would become is found out before it is unpacked.
import readExcelFile from "read-excel-file/node";
import writeExcelFile, { type SheetData } from "write-excel-file/node";
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import type { TableCell, TableSheet } from "#shared/rules";
import { xlsxSize } from "./xlsx-size.ts";

export type WorkbookRefusal = Refusal<"workbook.unreadable" | "workbook.too-large">;

const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;
/** The reader fills the whole rectangle up to the outermost cell: one stray cell must not cost all memory. */
const MAX_CELLS = 4_000_000;

/** Cells as they stand: text untrimmed, a date as `2026-11-30`. */
export async function readWorkbook(bytes: Uint8Array): Promise<Result<TableSheet[], WorkbookRefusal>> {
  const size = xlsxSize(bytes, MAX_UNPACKED_BYTES);
  if (size === undefined) return refuse({ code: "workbook.unreadable" });
  if (size === "too-large" || size.cells > MAX_CELLS) return refuse({ code: "workbook.too-large" });
  try {
    const sheets = await readExcelFile(Buffer.from(bytes), { trim: false });
    return ok(
      sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((cells) => cells.map(valueToCell)) })),
    );
  } catch (error) {
    // A parser over bytes from anywhere: whatever Error it throws is about those bytes.
    if (error instanceof Error) return refuse({ code: "workbook.unreadable" });
    throw error;
  }
}

export function valueToCell(value: unknown): TableCell {
  if (typeof value === "number") return { number: value };
  if (typeof value === "string") return { text: value };
  if (typeof value === "boolean") return { text: value ? "TRUE" : "FALSE" };
  return { text: value instanceof Date ? value.toISOString().slice(0, 10) : "" };
}

/** The first row of a sheet in bold and kept in sight; columns as wide as what stands in them. */
export async function writeWorkbook(sheets: readonly TableSheet[]): Promise<Uint8Array> {
  const bytes = await writeExcelFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      data: rows.map((cells, at) => cells.map((cell) => cellToExcel(cell, at === 0))) satisfies SheetData,
      columns: widthsOf(rows),
      stickyRowsCount: 1,
    })),
  ).toBuffer();
  return new Uint8Array(bytes);
}

function cellToExcel(cell: TableCell, isBold: boolean) {
  const style = isBold ? { fontWeight: "bold" as const } : {};
  if ("number" in cell) return { value: cell.number, type: Number, ...style };
  // Text stays text: a code such as 4-13-03-02 must not become a date.
  return cell.text === "" ? null : { value: cell.text, type: String, format: "@", ...style };
}

const WIDEST = 48;

/** Width in characters; a Chinese one takes two. */
function widthsOf(rows: TableSheet["rows"]): { width: number }[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  return Array.from({ length: columns }, (_, at) => {
    const longest = rows.reduce((most, cells) => Math.max(most, widthOf(cells[at])), 4);
    return { width: Math.min(WIDEST, longest + 2) };
  });
}

function widthOf(cell: TableCell | undefined): number {
  if (cell === undefined) return 0;
  const text = "number" in cell ? String(cell.number) : cell.text;
  return Array.from(text).reduce((sum, character) => sum + (character > "\u2e80" ? 2 : 1), 0);
}
