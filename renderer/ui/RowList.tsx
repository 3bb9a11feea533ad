import type { ReactNode } from "react";
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from "react-aria-components";
import { classNames } from "./class-names.ts";
import styles from "./RowList.module.css";

export interface ListedRow {
  readonly id: string;
  /** What typing a few letters finds, and the row's accessible name. */
  readonly name: string;
  /** Before the name: a number, a seat. */
  readonly lead?: ReactNode;
  /** Under the name, smaller. */
  readonly note?: ReactNode;
  /** At the end: a StateMark, a figure. */
  readonly trail?: ReactNode;
  readonly disabled?: boolean;
}

export interface RowListProps<R extends ListedRow> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly selectedId: string | null;
  readonly onSelect: (id: R["id"]) => void;
  readonly empty?: ReactNode;
  /** Only the rows in sight are in the page: for lists of more than a few hundred. */
  readonly virtual?: boolean;
  readonly "data-testid"?: string;
}

/** One of many in a column: arrows, Home, End and typing move; the place stays in sight. */
export function RowList<R extends ListedRow>({
  label,
  rows,
  selectedId,
  onSelect,
  empty,
  virtual = false,
  "data-testid": testId,
}: RowListProps<R>) {
  const list = (
    <ListBox
      aria-label={label}
      className={classNames(styles.list)}
      items={rows}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={selectedId === null ? [] : [selectedId]}
      onSelectionChange={(keys) => {
        const chosen = keys === "all" ? undefined : rows.find((row) => keys.has(row.id));
        if (chosen) onSelect(chosen.id);
      }}
      data-testid={testId}
      renderEmptyState={() => empty}
    >
      {(row) => (
        <ListBoxItem
          id={row.id}
          textValue={row.name}
          isDisabled={row.disabled ?? false}
          className={classNames(styles.row)}
        >
          {row.lead !== undefined ? <span className={styles.lead}>{row.lead}</span> : null}
          <span className={styles.words}>
            <span className={styles.name}>{row.name}</span>
            {row.note ? <span className={styles.note}>{row.note}</span> : null}
          </span>
          {row.trail}
        </ListBoxItem>
      )}
    </ListBox>
  );
  if (!virtual) return list;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowSize: 40 }}>
      {list}
    </Virtualizer>
  );
}
