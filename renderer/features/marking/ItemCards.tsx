// The items of a sheet on the desk: the open one as a card, the rest one line each; while a sheet is amended, the old beside
// the new.
import { memo, useEffect, useRef } from "react";
import {
  evidenceHeld,
  type Evidence,
  type ItemInput,
  type Rubric,
  type RubricItem,
  type Sheet,
  type SheetMarks,
} from "#shared/exam";
import { changedItems } from "#shared/journal";
import { scoreItem } from "#shared/rules";
import { inputText, useText, wordsIn } from "../../i18n/index.ts";
import { KeyHints, Pill, SavedTick, type KeyHint } from "../../ui/index.ts";
import { ItemEvidence } from "./evidence/index.ts";
import { markText } from "./item-mark.ts";
import { ItemBody, stepsToText } from "./ItemBody.tsx";
import styles from "./Marking.module.css";
import { DOUBLE_TAP_MS } from "./use-open-item.ts";

interface ItemProps {
  readonly item: RubricItem;
  readonly rubric: Rubric;
  readonly sheet: Sheet;
  readonly isSaving: boolean;
  /** False in practice: nothing is saved, and no tick says that it is. */
  readonly isKept: boolean;
  /** What the sheet is amended from: where it differs, the old stands beside the new. */
  readonly former: SheetMarks | null;
}

export interface OpenItemProps extends ItemProps {
  readonly onInput: (input: ItemInput | null) => void;
  readonly onEnter: () => void;
  /** Null where no photograph can be added any more. */
  readonly evidence: {
    readonly onAdd: () => void;
    readonly onView: (evidence: Evidence) => void;
  } | null;
}

export function OpenItem({
  item,
  rubric,
  sheet,
  isSaving,
  isKept,
  former,
  onInput,
  onEnter,
  evidence,
}: OpenItemProps) {
  const t = useText();
  const card = useRef<HTMLLIElement>(null);
  const tappedAt = useRef(0);
  const input = sheet.items[String(item.no)];
  const mark = markText(item, rubric, sheet);
  useEffect(() => {
    const element = card.current;
    if (!element) return;
    if (!element.contains(document.activeElement)) element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <li
      ref={card}
      tabIndex={-1}
      onClickCapture={(event) => {
        // A glove that bounces is one tap. Keys click without a count.
        const isBounce = event.detail > 1 && event.timeStamp - tappedAt.current < DOUBLE_TAP_MS;
        tappedAt.current = event.timeStamp;
        if (isBounce) event.stopPropagation();
      }}
      className={styles.openItem}
      aria-current="true"
      aria-label={`${item.no} ${wordsIn(t, item.text)}`}
      {...itemData(item, sheet, isSaving, true)}
    >
      <div className={styles.openHead}>
        <h2 className={styles.openTitle}>
          <span className={styles.openNo}>{item.no}</span>
          {wordsIn(t, item.text)}
        </h2>
        <span className={styles.quiet}>
          {t("marking.max", { max: stepsToText(item.max, rubric) })}
          {item.kind === "DEDUCT" ? ` · ${t("marking.deductRule")}` : ""}
        </span>
      </div>
      <ItemBody item={item} rubric={rubric} input={input} onInput={onInput} onEnter={onEnter} />
      {former ? <FormerInput item={item} rubric={rubric} sheet={sheet} former={former} /> : null}
      {evidence ? <ItemEvidence sheet={sheet} item={item.no} {...evidence} /> : null}
      <div className={styles.openFoot}>
        <span className={styles.openMark}>
          <FormerMark item={item} rubric={rubric} sheet={sheet} former={former} />
          <span className={styles.markFigure} data-testid={`item-mark-${item.no}`}>
            {mark ?? t("common.blank")}
          </span>
          <span className={styles.quiet}>{t("marking.markOf", { max: stepsToText(item.max, rubric) })}</span>
          {isKept ? <ItemTick item={item} sheet={sheet} isSaving={isSaving} /> : null}
        </span>
        <KeyHints label={t("common.keys")} hints={hintsFor(item, t)} align="end" />
      </div>
    </li>
  );
}

type ItemLineProps = ItemProps & { readonly onOpen: (item: number) => void };

/** A mark changes one item, and draws one of the lines: the others are as they were. */
export const ItemLine = memo(function ItemLine(props: ItemLineProps) {
  const { item, rubric, sheet, isSaving, isKept, former, onOpen } = props;
  const t = useText();
  const mark = markText(item, rubric, sheet);
  return (
    <li {...itemData(item, sheet, isSaving, false)}>
      <button type="button" className={styles.itemLine} onClick={() => onOpen(item.no)}>
        <span className={styles.lineNo}>{item.no}</span>
        <span className={styles.lineName}>
          {wordsIn(t, item.text)}
          {isKept ? <ItemTick item={item} sheet={sheet} isSaving={isSaving} /> : null}
          <ItemPictures item={item} sheet={sheet} />
        </span>
        <span className={styles.lineMark}>
          <FormerMark item={item} rubric={rubric} sheet={sheet} former={former} />
          <strong data-testid={`item-mark-${item.no}`}>{mark ?? t("common.blank")}</strong>
          <span className={styles.quiet}>{t("marking.markOf", { max: stepsToText(item.max, rubric) })}</span>
        </span>
      </button>
    </li>
  );
}, isSameLine);

/** Of a sheet a line shows one item's marks and the number of its pictures. */
function isSameLine(a: ItemLineProps, b: ItemLineProps): boolean {
  const no = String(a.item.no);
  return (
    a.item === b.item &&
    a.rubric === b.rubric &&
    a.former === b.former &&
    a.isSaving === b.isSaving &&
    a.isKept === b.isKept &&
    a.onOpen === b.onOpen &&
    a.sheet.items[no] === b.sheet.items[no] &&
    a.sheet.evidence === b.sheet.evidence
  );
}

type Compared = Pick<ItemProps, "item" | "rubric" | "former"> & { readonly sheet: SheetMarks };

/** Struck through once and still to be read, as on paper (R46). */
export function FormerMark({ item, rubric, sheet, former }: Compared) {
  const t = useText();
  if (!former || !isChanged(rubric, item, sheet, former)) return null;
  const mark = markText(item, rubric, former) ?? t("common.blank");
  return (
    <del className={styles.former} data-testid={`item-former-${item.no}`}>
      {mark}
    </del>
  );
}

function FormerInput({ item, rubric, sheet, former }: Compared) {
  const t = useText();
  if (!former || !isChanged(rubric, item, sheet, former)) return null;
  return (
    <p className={styles.formerInput}>
      {t("amending.wasInput", { input: inputText(t, item, former.items[String(item.no)], rubric.step) })}
    </p>
  );
}

function isChanged(rubric: Rubric, item: RubricItem, sheet: SheetMarks, former: SheetMarks): boolean {
  return changedItems({ ...rubric, items: [item] }, former, sheet).length > 0;
}

function ItemPictures({ item, sheet }: Pick<ItemProps, "item" | "sheet">) {
  const t = useText();
  const count = evidenceHeld(sheet.evidence).filter((one) => one.item === item.no).length;
  return count === 0 ? null : <Pill>{t("evidence.count", { count })}</Pill>;
}

function ItemTick({ item, sheet, isSaving }: Pick<ItemProps, "item" | "sheet" | "isSaving">) {
  const t = useText();
  if (isSaving) return <SavedTick state="saving" text={t("marking.saving")} compact />;
  if (scoreItem(item, sheet.items[String(item.no)]) === null) return null;
  return <SavedTick state="saved" text={t("marking.saved")} compact />;
}

/** `marked` is said of what is durable; until then the item is on its way. */
function itemData(item: RubricItem, sheet: Sheet, isSaving: boolean, isOpen: boolean) {
  const input = sheet.items[String(item.no)];
  const state =
    input === undefined ? "blank" : isSaving || scoreItem(item, input) === null ? "partial" : "marked";
  return {
    "data-testid": `item-${item.no}`,
    "data-state": state,
    "data-saving": isSaving,
    "data-open": isOpen,
  };
}

function hintsFor(item: RubricItem, t: ReturnType<typeof useText>): KeyHint[] {
  const always: KeyHint[] = [
    { keys: ["U"], text: t("marking.hint.undo") },
    { keys: ["↵"], text: t("marking.hint.enter") },
  ];
  switch (item.kind) {
    case "DEDUCT":
      return [{ keys: ["1", String(item.lines.length)], text: t("marking.hint.digits") }, ...always];
    case "JUDGE":
      return [{ keys: ["0", "3"], text: t("marking.hint.digits") }, ...always];
    case "CHECK":
      return [{ keys: ["1", String(Math.min(9, item.checks))], text: t("marking.hint.digits") }, ...always];
    case "MEASURE":
      return [{ keys: ["."], text: t("marking.hint.point") }, ...always];
    case "POINTS":
      return always;
  }
}
