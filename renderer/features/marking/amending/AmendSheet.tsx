// A signed sheet being amended by its author: the same items and keys as an open sheet, the old beside the new, and beside it
// both totals, why, and who approves. What is changed here is a draft in the journal; nothing counts before two have signed.
import { useRef, useState, useSyncExternalStore } from "react";
import type { Refusal } from "#shared/base";
import { asAmended, countingOf, type AmendmentDraft, type Rubric, type Sheet } from "#shared/exam";
import type { CandidateRow, SittingRow } from "#shared/journal";
import { bridge } from "../../../bridge/index.ts";
import { refusalText, useText } from "../../../i18n/index.ts";
import { useStore } from "../../../store/index.ts";
import { Notice, useMessages } from "../../../ui/index.ts";
import { inputAfterKey } from "../item-keys.ts";
import { ItemLine, OpenItem } from "../ItemCards.tsx";
import { KeysDialog } from "../KeysDialog.tsx";
import styles from "../Marking.module.css";
import { isItemSaving, storeTroubleOf, type SheetActs, type WriteIntent } from "../sheet-acts.ts";
import { SheetHead } from "../SheetHead.tsx";
import { useDeskKeys, type DeskKey } from "../use-desk-keys.ts";
import { useOpenItem } from "../use-open-item.ts";
import { VetoDialog } from "../VetoDialog.tsx";
import { AmendPanel } from "./AmendPanel.tsx";
import { DropDialog } from "./DropDialog.tsx";
import type { AmendmentWords, KeptWords } from "./words.ts";

export interface AmendSheetProps {
  readonly sheet: Sheet;
  readonly draft: AmendmentDraft;
  readonly candidate: CandidateRow;
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly acts: SheetActs;
  readonly words: KeptWords;
  readonly write: WriteIntent;
  readonly onNeighbour: (by: 1 | -1) => void;
}

export function AmendSheet(props: AmendSheetProps) {
  const { sheet: signed, draft, candidate, sitting, rubric, acts, words, write, onNeighbour } = props;
  const t = useText();
  const store = useStore();
  const messages = useMessages();
  const state = useSyncExternalStore(acts.subscribe, acts.snapshot);
  const durable = asAmended(signed, draft);
  const sheet = acts.seen(durable);
  const counting = countingOf(signed);
  const former = counting?.marks ?? signed;
  const [said, setSaid] = useState(words.read);
  const [dialog, setDialog] = useState<"veto" | "keys" | "drop" | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isWaiting, setIsWaiting] = useState(false);
  const signButton = useRef<HTMLButtonElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const { open, openItem, openNext, goOn } = useOpenItem({
    rubric,
    first: undefined,
    seen: () => acts.seen(durable),
    onEnd: () => signButton.current?.focus(),
  });

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
      case "down":
        openNext(key.kind === "up" ? -1 : 1);
        return true;
      case "candidateUp":
      case "candidateDown":
        onNeighbour(key.kind === "candidateUp" ? -1 : 1);
        return true;
      case "undo": {
        const undone = acts.undo();
        if (undone?.kind === "mark") openItem(undone.item);
        messages.announce(undone ? t("marking.undone") : t("marking.nothingToUndo"));
        return true;
      }
      case "redo": {
        const redone = acts.redo();
        if (redone?.kind === "mark") openItem(redone.item);
        messages.announce(redone ? t("marking.redone") : t("marking.nothingToRedo"));
        return true;
      }
      case "help":
        setDialog("keys");
        return true;
      case "veto":
        setDialog("veto");
        return true;
      case "note":
        noteField.current?.focus();
        return true;
      // Photographs stand with what was signed first.
      case "evidence":
      case "find":
        return false;
    }
  };
  useDeskKeys(dialog === null && !isWaiting, onKey);

  const say = (next: AmendmentWords) => {
    words.keep(next);
    setSaid(next);
  };
  const sign = async () => {
    const { reason, text, approver } = said;
    if (reason === null || approver === null) return;
    setIsWaiting(true);
    setRefusal(null);
    const asked = { sheet: signed.id, reason, text: text.trim(), approver };
    const done = await bridge.call("sheet.requestAmendment", asked);
    const taken = done.ok ? await store.catchUp() : done;
    setIsWaiting(false);
    if (taken.ok) messages.announce(t("amending.done"));
    else setRefusal(taken.error);
  };
  const drop = async () => {
    const dropped = await write({ kind: "amendment.drop", sheet: signed.id });
    setDialog(null);
    if (dropped.ok) messages.announce(t("amending.dropped"));
    else setRefusal(dropped.error);
  };
  const storeTrouble = storeTroubleOf(state, durable);
  const isStale = counting !== null && draft.basis !== counting.hash;

  return (
    <>
      <div className={styles.sheet} data-testid="sheet-amending">
        <SheetHead candidate={candidate} rubric={rubric} />
        <div className={styles.aboveItems}>
          {isStale ? (
            <Notice
              kind="attention"
              announce="now"
              title={t("amending.staleTitle")}
              next={t("amending.staleLead")}
              data-testid="amendment-stale"
            />
          ) : (
            <Notice kind="info" announce="never" title={t("amending.title")} next={t("amending.lead")} />
          )}
        </div>
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
          <Notice kind="attention" announce="now" title={refusalText(t, storeTrouble)} />
        ) : null}
        <ol className={styles.items}>
          {rubric.items.map((item) => {
            const common = {
              ...{ item, rubric, sheet, former },
              isSaving: isItemSaving(state, durable, item.no),
            };
            return item.no === open ? (
              <OpenItem
                key={item.no}
                {...common}
                onInput={(input) => acts.act(durable, { kind: "mark", item: item.no, input })}
                onEnter={goOn}
                evidence={null}
              />
            ) : (
              <ItemLine key={item.no} {...common} onOpen={() => openItem(item.no)} />
            );
          })}
        </ol>
      </div>
      <AmendPanel
        sheet={sheet}
        former={counting}
        rubric={rubric}
        sitting={sitting}
        words={said}
        isWaiting={isWaiting}
        isSaving={state.saving > 0 || storeTrouble !== null}
        isStale={isStale}
        refusal={refusal}
        signButton={signButton}
        noteField={noteField}
        onAct={(act) => acts.act(durable, act)}
        onSay={say}
        onVeto={() => setDialog("veto")}
        onSign={() => void sign()}
        onDrop={() => setDialog("drop")}
      />
      <VetoDialog
        isOpen={dialog === "veto"}
        rubric={rubric}
        confirmed={sheet.vetoes}
        onClose={() => setDialog(null)}
        onVeto={(code, on) => acts.act(durable, { kind: "veto", code, on })}
      />
      <KeysDialog isOpen={dialog === "keys"} onClose={() => setDialog(null)} />
      <DropDialog isOpen={dialog === "drop"} onClose={() => setDialog(null)} onDrop={() => void drop()} />
    </>
  );
}
