import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./Table.module.css";

export interface Column<Row> {
  readonly key: string;
  readonly heading: ReactNode;
  readonly cell: (row: Row, index: number) => ReactNode;
  /** Figures stand at the end of their column. */
  readonly align?: "start" | "end" | "center";
  /** Names the row for screen readers; one column has it. */
  readonly isRowHeader?: boolean;
  /** Under the last row: a sum. */
  readonly foot?: ReactNode;
  /** As narrow as its widest cell. */
  readonly narrow?: boolean;
}

export interface TableProps<Row> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly rowTone?: (row: Row) => "attention" | "danger" | "selected" | null;
  /** Opens a row: its header cell becomes a button. */
  readonly onOpen?: (row: Row) => void;
  /** Shown instead of rows when there are none. */
  readonly empty?: ReactNode;
  /** The table scrolls inside this much height; its header stays. */
  readonly maxHeight?: "none" | "half" | "fill";
  readonly "data-testid"?: string;
}

export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowTone,
  onOpen,
  empty,
  maxHeight = "none",
  "data-testid": testId,
}: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    // A region that scrolls must be reachable by keyboard.
    <div
      className={classNames(styles.scroll, styles[maxHeight])}
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table className={styles.table} aria-label={label} data-testid={testId}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={cellClass(column)}>
                {column.heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const tone = rowTone?.(row) ?? null;
            return (
              <tr key={rowKey(row)} className={classNames(tone && styles[tone])}>
                {columns.map((column) => {
                  const content = column.cell(row, index);
                  if (!column.isRowHeader) {
                    return (
                      <td key={column.key} className={cellClass(column)}>
                        {content}
                      </td>
                    );
                  }
                  return (
                    <th key={column.key} scope="row" className={cellClass(column)}>
                      {onOpen ? (
                        <button type="button" className={styles.open} onClick={() => onOpen(row)}>
                          {content}
                        </button>
                      ) : (
                        content
                      )}
                    </th>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
        {columns.some(({ foot }) => foot !== undefined) ? (
          <tfoot>
            <tr>
              {columns.map((column) =>
                column.isRowHeader ? (
                  <th key={column.key} scope="row" className={cellClass(column)}>
                    {column.foot}
                  </th>
                ) : (
                  <td key={column.key} className={cellClass(column)}>
                    {column.foot}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

function cellClass<Row>({ align = "start", narrow = false }: Column<Row>): string {
  return classNames(styles.cell, styles[align], narrow && styles.narrow);
}
