// The checklist of a visit: each item answered yes, no with words, or not seen; then problems and advice in the supervisor's own words.
import { useEffect, useEffectEvent, useState } from "react";
import { MAX_FINDING, MAX_REMARK, VisitAnswerKind, type ChecklistItem, type VisitAnswer } from "#shared/exam";
import { onSiteChecklist } from "#shared/rules";
import { refusalText, useText, wordsIn } from "../../../i18n/index.ts";
import { isBehindLock } from "../../../lock/index.ts";
import {
  ActDialog,
  isComposing,
  Notice,
  OfferedButton,
  Panel,
  SegmentedChoice,
  Stack,
} from "../../../ui/index.ts";
import { KeptText } from "./KeptText.tsx";
import styles from "./OnSite.module.css";
import type { Notes } from "./use-notes.ts";

export function Checklist({ own }: { readonly own: Notes }) {
  const t = useText();
  const [isClearing, setClearing] = useState(false);
  const { items } = onSiteChecklist();
  const done = items.filter(({ code }) => own.notes.answers[code]).length;
  useUndoKey(() => void own.undo());
  return (
    <Panel
      title={t("visit.checklist.title")}
      aside={
        <Stack direction="row" gap={2} align="center">
          <span data-testid="visit-done" data-value={done}>
            {t("visit.checklist.done", { done, count: items.length })}
          </span>
          <OfferedButton
            kind="quiet"
            isDisabled={!own.canUndo}
            keyHint="U"
            onPress={() => void own.undo()}
            data-testid="visit-undo"
          >
            {t("visit.checklist.undo")}
          </OfferedButton>
          <OfferedButton
            kind="quiet"
            isDisabled={own.isEmpty}
            onPress={() => setClearing(true)}
            data-testid="visit-clear"
          >
            {t("visit.checklist.clear")}
          </OfferedButton>
        </Stack>
      }
      data-testid="visit-checklist"
    >
      <Stack gap={4}>
        <p className={styles.quiet}>{t("visit.checklist.lead")}</p>
        {own.refusal ? (
          <Notice
            kind="danger"
            announce="now"
            title={refusalText(t, own.refusal)}
            data-testid="visit-note-refused"
          />
        ) : null}
        <ol className={styles.items}>
          {items.map((item, at) => (
            <Item key={item.code} item={item} no={at + 1} own={own} />
          ))}
        </ol>
        {(["problems", "suggestions"] as const).map((about) => (
          <KeptText
            key={about}
            label={t(`visit.checklist.${about}`)}
            {...(about === "problems" ? { hint: t("visit.checklist.problemsHint") } : {})}
            recorded={own.notes[about]}
            maxLength={MAX_REMARK}
            rows={3}
            onText={(text) => own.remark(about, text)}
            testId={`visit-${about}`}
          />
        ))}
      </Stack>
      {isClearing ? (
        <ClearDialog {...{ own, done }} count={items.length} onClose={() => setClearing(false)} />
      ) : null}
    </Panel>
  );
}

function Item({ item, no, own }: { readonly item: ChecklistItem; readonly no: number; readonly own: Notes }) {
  const t = useText();
  const given: VisitAnswer | undefined = own.notes.answers[item.code];
  const isNo = given?.answer === "no";
  return (
    <li className={styles.item} data-testid={`visit-item-${item.code}`} data-answer={given?.answer ?? ""}>
      <SegmentedChoice
        label={`${String(no)}. ${wordsIn(t, item.text)}`}
        description={`${wordsIn(t, item.hint)} · ${t("visit.checklist.source", { source: item.source })}`}
        choices={VisitAnswerKind.options.map((value) => ({ value, label: t(`visit.checklist.${value}`) }))}
        value={given?.answer ?? null}
        onChange={(answer) => void own.answer(item.code, (now) => ({ answer, words: now?.words ?? "" }))}
        data-testid={`visit-answer-${item.code}`}
      />
      {given ? (
        <KeptText
          label={t(isNo ? "visit.checklist.wordsNeeded" : "visit.checklist.words")}
          hint={t("visit.checklist.wordsHint")}
          recorded={given.words}
          maxLength={MAX_FINDING}
          rows={isNo ? 2 : 1}
          isRequired={isNo}
          onText={(words) => own.answer(item.code, (now) => ({ ...(now ?? given), words }))}
          testId={`visit-words-${item.code}`}
        />
      ) : null}
    </li>
  );
}

function ClearDialog(props: {
  readonly own: Notes;
  readonly done: number;
  readonly count: number;
  readonly onClose: () => void;
}) {
  const { own, done, count, onClose } = props;
  const t = useText();
  const [busy, setBusy] = useState(false);
  const clear = async () => {
    setBusy(true);
    const isDone = await own.clear();
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <ActDialog
      title={t("visit.checklist.clearTitle")}
      lead={t("visit.checklist.clearLead")}
      cancelText={t("common.cancel")}
      actText={t("visit.checklist.clearAct")}
      busyText={t("visit.checklist.clearAct")}
      isBusy={busy}
      isReady
      refusal={own.refusal && { kind: "danger", title: refusalText(t, own.refusal) }}
      onAct={() => void clear()}
      onClose={onClose}
      data-testid="visit-clear-dialog"
    >
      <p>{t("visit.checklist.done", { done, count })}</p>
    </ActDialog>
  );
}

/** U takes the last step back, except in a text, in a dialog and while an input method composes. */
function useUndoKey(undo: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "u" || event.repeat || isComposing(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("[role=dialog], [role=alertdialog]")) return;
    const { target } = event;
    if (target instanceof HTMLTextAreaElement) return;
    if (target instanceof HTMLInputElement && target.type !== "radio") return;
    if (target instanceof Element && isBehindLock(target)) return;
    event.preventDefault();
    undo();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}
