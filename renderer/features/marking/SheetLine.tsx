// An item of a sheet that is only read, one line: its name, what it was marked, and what an amendment replaced.
import type { ReactNode } from "react";
import type { Rubric, RubricItem, SheetMarks } from "#shared/exam";
import { useText, wordsIn } from "../../i18n/index.ts";
import { classNames } from "../../ui/index.ts";
import { stepsToText } from "./ItemBody.tsx";
import { FormerMark } from "./ItemCards.tsx";
import { markText } from "./item-mark.ts";
import styles from "./Marking.module.css";

export interface SheetLineProps {
  readonly item: RubricItem;
  readonly rubric: Rubric;
  readonly sheet: SheetMarks;
  /** What these marks replace. */
  readonly former: SheetMarks | null;
  /** It is the one that somebody looks at now. */
  readonly isInSight?: boolean;
  /** Under the name. */
  readonly children?: ReactNode;
}

export function SheetLine({ item, rubric, sheet, former, isInSight = false, children }: SheetLineProps) {
  const t = useText();
  return (
    <li
      className={classNames(styles.itemLine, isInSight && styles.inSight)}
      {...(isInSight ? { "aria-current": "true" as const } : {})}
    >
      <span className={styles.lineNo}>{item.no}</span>
      <span className={styles.lineName}>
        {wordsIn(t, item.text)}
        {children}
      </span>
      <span className={styles.lineMark}>
        <FormerMark item={item} rubric={rubric} sheet={sheet} former={former} />
        <strong data-testid={`item-mark-${item.no}`}>
          {markText(item, rubric, sheet) ?? t("common.blank")}
        </strong>
        <span className={styles.quiet}>{t("marking.markOf", { max: stepsToText(item.max, rubric) })}</span>
      </span>
    </li>
  );
}
