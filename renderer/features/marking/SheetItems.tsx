// The middle of the desk, marked or amended: whose sheet it is, what is wrong with writing it, one item open and the rest one line
// each.
import type { ReactNode } from "react";
import type { Evidence, Rubric, Sheet, SheetMarks } from "#shared/exam";
import { refusalText, useText } from "../../i18n/index.ts";
import { Notice } from "../../ui/index.ts";
import { ItemLine, OpenItem } from "./ItemCards.tsx";
import styles from "./Marking.module.css";
import { isItemSaving, storeTroubleOf, type ActsState, type SheetActs } from "./sheet-acts.ts";
import { SheetHead, type SheetOf } from "./SheetHead.tsx";
import type { OpenItemOf } from "./use-open-item.ts";

export interface SheetItemsProps {
  readonly candidate: SheetOf;
  readonly rubric: Rubric;
  readonly durable: Sheet;
  readonly acts: SheetActs;
  readonly state: ActsState;
  readonly opened: OpenItemOf;
  /** False in practice. */
  readonly isKept: boolean;
  /** What the sheet is amended from. */
  readonly former: SheetMarks | null;
  /** Null where no photograph can be added any more. */
  readonly evidence: {
    readonly onAdd: (item: number) => void;
    readonly onView: (evidence: Evidence) => void;
  } | null;
  /** Said between the head and the items. */
  readonly notice?: ReactNode;
  readonly "data-testid"?: string;
}

export function SheetItems(props: SheetItemsProps) {
  const { candidate, rubric, durable, acts, state, opened, isKept, former, evidence, notice } = props;
  const t = useText();
  const sheet = acts.seen(durable);
  const storeTrouble = storeTroubleOf(state, durable);
  return (
    <div className={styles.sheet} data-testid={props["data-testid"]}>
      <SheetHead candidate={candidate} rubric={rubric} />
      {notice ? <div className={styles.aboveItems}>{notice}</div> : null}
      {state.refusal ? (
        <Notice
          kind="danger"
          announce="now"
          title={t("marking.actRefused")}
          safe={refusalText(t, state.refusal)}
          data-testid="act-refused"
        />
      ) : null}
      {storeTrouble ? (
        <Notice
          kind="attention"
          announce="now"
          title={refusalText(t, storeTrouble)}
          data-testid="act-behind"
        />
      ) : null}
      <ol className={styles.items}>
        {rubric.items.map((item) => {
          const isSaving = isItemSaving(state, durable, item.no);
          const shown = { item, rubric, sheet, former, isSaving, isKept };
          return item.no === opened.open ? (
            <OpenItem
              key={item.no}
              {...shown}
              onInput={(input) => acts.act(durable, { kind: "mark", item: item.no, input })}
              onEnter={opened.goOn}
              evidence={evidence && { onAdd: () => evidence.onAdd(item.no), onView: evidence.onView }}
            />
          ) : (
            <ItemLine key={item.no} {...shown} onOpen={opened.openItem} />
          );
        })}
      </ol>
    </div>
  );
}
