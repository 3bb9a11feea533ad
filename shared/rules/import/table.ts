// A spreadsheet as the importers see it: sheets of cells. Nothing here knows what a file is (electron/files).
export type TableCell = { readonly text: string } | { readonly number: number };

export interface TableSheet {
  readonly name: string;
  /** Row and column as the spreadsheet counts them, less one. */
  readonly rows: readonly (readonly TableCell[])[];
}

/** As it stands, blanks and all; a cell that is not there is empty. */
export function cellToText(cell: TableCell | undefined): string {
  if (cell === undefined) return "";
  return "text" in cell ? cell.text : String(cell.number);
}
