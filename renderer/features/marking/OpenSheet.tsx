// One sheet on the desk: an item open, the rest one line each, and beside it time, total, evidence, saving, veto,
// note and the signature.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Refusal } from "#shared/base";
import {
  evidenceHeld,
  type Evidence,
  type EvidenceItem,
  type Rubric,
  type RubricItem,
  type Sheet,
} from "#shared/exam";
import type { CandidateRow } from "#shared/journal";
import { scoreItem, totalOf } from "#shared/rules";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText, wordsIn } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { KeyHints, LiveMessage, Notice, Pill, SavedTick, useMessages, type KeyHint } from "../../ui/index.ts";
import { EvidenceDialog, ItemEvidence, PictureViewer } from "./evidence/index.ts";
import { inputAfterKey } from "./item-keys.ts";
import { markText } from "./item-mark.ts";
import { ItemBody, stepsToText } from "./ItemBody.tsx";
import { KeysDialog } from "./KeysDialog.tsx";
import styles from "./Marking.module.css";
import { isItemSaving, storeTroubleOf, type SheetActs } from "./sheet-acts.ts";
import { SheetHead } from "./SheetHead.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { useDeskKeys, type DeskKey } from "./use-desk-keys.ts";
import { VetoDialog } from "./VetoDialog.tsx";

export interface OpenSheetProps {
  readonly sheet: Sheet;
  readonly candidate: CandidateRow;
  readonly rubric: Rubric;
  readonly acts: SheetActs;
  readonly onNeighbour: (by: 1 | -1) => void;
}

export function OpenSheet({ sheet: durable, candidate, rubric, acts, onNeighbour }: OpenSheetProps) {
  const t = useText();
  const store = useStore();
  const messages = useMessages();
  const state = useSyncExternalStore(acts.subscribe, acts.snapshot);
  const sheet = acts.seen(durable);
  const total = totalOf(rubric, sheet.items, sheet.overtimeMs);
  const [open, setOpen] = useState(() => firstBlank(rubric, durable) ?? rubric.items[0]?.no ?? 1);
  const [dialog, setDialog] = useState<DeskDialog>(null);
  const [viewing, setViewing] = useState<Evidence | null>(null);
  const [signing, setSigning] = useState<Refusal | "waiting" | null>(null);
  const signButton = useRef<HTMLButtonElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const openedAt = useRef(0);
  const left = total.items - total.marked;
  const storeTrouble = storeTroubleOf(state, durable);

  const openItem = (no: number) => {
    openedAt.current = performance.now();
    setOpen(no);
  };

  const goOn = () => {
    const now = acts.seen(durable);
    const at = rubric.items.findIndex(({ no }) => no === open);
    const item = rubric.items[at];
    // A second Enter that follows at once is a double tap on an item nobody has looked at.
    const isDoubleTap = performance.now() - openedAt.current < DOUBLE_TAP_MS;
    if (item && isDoubleTap && now.items[String(item.no)] === undefined) return;
    const next = rubric.items[at + 1]?.no ?? firstBlank(rubric, now);
    if (next === undefined || next === open) signButton.current?.focus();
    else openItem(next);
  };

  const undo = () => {
    const undone = acts.undo();
    if (undone?.kind === "mark") openItem(undone.item);
    messages.announce(undone ? t("marking.undone") : t("marking.nothingToUndo"));
  };

  const onKey = (key: DeskKey): boolean => {
    switch (key.kind) {
      case "item": {
        const item = rubric.items.find(({ no }) => no === open);
        const next = item && inputAfterKey(item, acts.seen(durable).items[String(open)], key);
        if (!item || next === undefined) return false;
        acts.act(durable, { kind: "mark", item: open, input: next });
        return true;
      }
      case "enter":
        goOn();
        return true;
      case "up":
      case "down": {
        const at = rubric.items.findIndex(({ no }) => no === open) + (key.kind === "up" ? -1 : 1);
        const neighbour = rubric.items[at];
        if (neighbour) openItem(neighbour.no);
        return true;
      }
      case "candidateUp":
      case "candidateDown":
        onNeighbour(key.kind === "candidateUp" ? -1 : 1);
        return true;
      case "undo":
        undo();
        return true;
      case "help":
        setDialog("keys");
        return true;
      case "veto":
        setDialog("veto");
        return true;
      case "note":
        noteField.current?.focus();
        return true;
      case "evidence":
        setDialog({ evidence: key.whole ? null : open });
        return true;
    }
  };
  useDeskKeys(dialog === null && viewing === null && signing !== "waiting", onKey);

  const removeEvidence = ({ item, hash }: Evidence) => {
    acts.act(durable, { kind: "evidence", item, hash, on: false });
    messages.announce(t("evidence.removed"));
  };
  // Whoever comes next may be somebody else: pictures do not wait on the screen.
  useEffect(
    () =>
      bridge.on("session.changed", () => {
        setViewing(null);
        setDialog((now) => (isEvidenceDialog(now) ? null : now));
      }),
    [],
  );
  const evidenceItem = isEvidenceDialog(dialog) ? dialog.evidence : undefined;
  const named = rubric.items.find(({ no }) => no === evidenceItem);

  const sign = async () => {
    setSigning("waiting");
    const signed = await bridge.call("sheet.requestSignature", { sheet: durable.id });
    const taken = signed.ok ? await store.catchUp() : signed;
    setSigning(taken.ok ? null : taken.error);
  };

  return (
    <>
      <div className={styles.sheet}>
        <SheetHead candidate={candidate} rubric={rubric} />
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
          {rubric.items.map((item) =>
            item.no === open ? (
              <OpenItem
                key={item.no}
                item={item}
                rubric={rubric}
                sheet={sheet}
                isSaving={isItemSaving(state, durable, item.no)}
                onInput={(input) => acts.act(durable, { kind: "mark", item: item.no, input })}
                onEnter={goOn}
                onEvidence={() => setDialog({ evidence: item.no })}
                onView={setViewing}
              />
            ) : (
              <ItemLine
                key={item.no}
                item={item}
                rubric={rubric}
                sheet={sheet}
                isSaving={isItemSaving(state, durable, item.no)}
                onOpen={() => openItem(item.no)}
              />
            ),
          )}
        </ol>
      </div>
      <SidePanel
        key={durable.id}
        sheet={sheet}
        rubric={rubric}
        total={total}
        isWaiting={signing === "waiting"}
        isSaving={state.saving > 0 || storeTrouble !== null}
        left={left}
        refusal={signing === "waiting" ? null : signing}
        signButton={signButton}
        noteField={noteField}
        onAct={(act) => acts.act(durable, act)}
        onVeto={() => setDialog("veto")}
        onEvidence={() => setDialog({ evidence: null })}
        onSign={() => void sign()}
      />
      <VetoDialog
        isOpen={dialog === "veto"}
        rubric={rubric}
        confirmed={sheet.vetoes}
        onClose={() => setDialog(null)}
        onVeto={(code, on) => acts.act(durable, { kind: "veto", code, on })}
      />
      {evidenceItem === undefined ? null : (
        <EvidenceDialog
          sheet={sheet}
          acts={acts}
          item={evidenceItem}
          title={named ? `${named.no} ${wordsIn(t, named.text)}` : t("evidence.ofSheet")}
          onClose={() => setDialog(null)}
          onRemove={removeEvidence}
        />
      )}
      {viewing ? (
        <PictureViewer
          sheet={sheet}
          evidence={viewing}
          onClose={() => setViewing(null)}
          onRemove={() => {
            removeEvidence(viewing);
            setViewing(null);
          }}
        />
      ) : null}
      <KeysDialog isOpen={dialog === "keys"} onClose={() => setDialog(null)} />
      <LiveMessage>{left === 0 ? t("marking.signReady") : ""}</LiveMessage>
    </>
  );
}

const DOUBLE_TAP_MS = 180;

type DeskDialog = "veto" | "keys" | { readonly evidence: EvidenceItem } | null;

function isEvidenceDialog(dialog: DeskDialog): dialog is Exclude<DeskDialog, string | null> {
  return typeof dialog === "object" && dialog !== null;
}

interface ItemProps {
  readonly item: RubricItem;
  readonly rubric: Rubric;
  readonly sheet: Sheet;
  readonly isSaving: boolean;
}

function OpenItem({
  item,
  rubric,
  sheet,
  isSaving,
  onInput,
  onEnter,
  onEvidence,
  onView,
}: ItemProps &
  Pick<Parameters<typeof ItemBody>[0], "onInput" | "onEnter"> & {
    readonly onEvidence: () => void;
    readonly onView: (evidence: Evidence) => void;
  }) {
  const t = useText();
  const card = useRef<HTMLLIElement>(null);
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
      <ItemEvidence sheet={sheet} item={item.no} onAdd={onEvidence} onView={onView} />
      <div className={styles.openFoot}>
        <span className={styles.openMark}>
          <span className={styles.markFigure} data-testid={`item-mark-${item.no}`}>
            {mark ?? t("common.blank")}
          </span>
          <span className={styles.quiet}>{t("marking.markOf", { max: stepsToText(item.max, rubric) })}</span>
          <ItemTick item={item} sheet={sheet} isSaving={isSaving} />
        </span>
        <KeyHints label={t("common.keys")} hints={hintsFor(item, t)} align="end" />
      </div>
    </li>
  );
}

function ItemLine({ item, rubric, sheet, isSaving, onOpen }: ItemProps & { readonly onOpen: () => void }) {
  const t = useText();
  const mark = markText(item, rubric, sheet);
  return (
    <li {...itemData(item, sheet, isSaving, false)}>
      <button type="button" className={styles.itemLine} onClick={onOpen}>
        <span className={styles.lineNo}>{item.no}</span>
        <span className={styles.lineName}>
          {wordsIn(t, item.text)}
          <ItemTick item={item} sheet={sheet} isSaving={isSaving} />
          <ItemPictures item={item} sheet={sheet} />
        </span>
        <span className={styles.lineMark}>
          <strong data-testid={`item-mark-${item.no}`}>{mark ?? t("common.blank")}</strong>
          <span className={styles.quiet}>{t("marking.markOf", { max: stepsToText(item.max, rubric) })}</span>
        </span>
      </button>
    </li>
  );
}

function ItemPictures({ item, sheet }: Pick<ItemProps, "item" | "sheet">) {
  const t = useText();
  const count = evidenceHeld(sheet.evidence).filter((one) => one.item === item.no).length;
  return count === 0 ? null : <Pill>{t("evidence.count", { count })}</Pill>;
}

function ItemTick({ item, sheet, isSaving }: Omit<ItemProps, "rubric">) {
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

function firstBlank(rubric: Rubric, sheet: Sheet): number | undefined {
  return rubric.items.find((item) => scoreItem(item, sheet.items[String(item.no)]) === null)?.no;
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
    case "POINTS":
      return always;
  }
}
