// Beside the amended sheet: both totals, overtime, veto and note as they are to be, why, who approves, and the signatures.
import { useState, type Ref } from "react";
import { compare, fractionToText, subtract, ZERO, type PersonId, type Refusal } from "#shared/base";
import { MAX_OVERTIME_MS, type Counting, type Rubric, type Sheet } from "#shared/exam";
import { approversOf, approvingOffice, isHiddenFrom, type SittingRow } from "#shared/journal";
import { totalOf } from "#shared/rules";
import { refusalText, useText } from "../../../i18n/index.ts";
import { useCandidates, usePeople, useSheets } from "../../../store/index.ts";
import { Button, Figure, Notice, Select, TextArea } from "../../../ui/index.ts";
import { FigureInput } from "../FigureInput.tsx";
import styles from "../Marking.module.css";
import type { Act } from "../sheet-acts.ts";
import { needOf, REASONS, type AmendmentWords } from "./words.ts";

const MINUTE_MS = 60_000;

export interface AmendPanelProps {
  readonly sheet: Sheet;
  readonly former: Counting | null;
  readonly rubric: Rubric;
  readonly sitting: SittingRow;
  readonly words: AmendmentWords;
  readonly isWaiting: boolean;
  readonly isSaving: boolean;
  readonly isStale: boolean;
  readonly refusal: Refusal | null;
  readonly signButton: Ref<HTMLButtonElement>;
  readonly noteField: Ref<HTMLTextAreaElement>;
  readonly onAct: (act: Act) => void;
  readonly onSay: (words: AmendmentWords) => void;
  readonly onVeto: () => void;
  readonly onSign: () => void;
  readonly onDrop: () => void;
}

export function AmendPanel(props: AmendPanelProps) {
  const { sheet, former, rubric, words, isWaiting, isSaving, isStale, refusal } = props;
  const { signButton, noteField } = props;
  const { onAct, onSay, onVeto, onSign, onDrop } = props;
  const t = useText();
  const [note, setNote] = useState<string | null>(null);
  const total = totalOf(rubric, sheet.items, sheet.overtimeMs);
  const need = former ? needOf(words, sheet, former.marks, rubric) : "change";
  const minutes = sheet.overtimeMs === 0 ? "" : String(Math.ceil(sheet.overtimeMs / MINUTE_MS));
  return (
    <aside className={styles.side} aria-label={t("amending.title")}>
      <div className={styles.totals}>
        <Figure
          label={t("amending.former")}
          value={former ? fractionToText(former.total) : null}
          data-testid="amend-former"
        />
        <Figure
          label={t("amending.next")}
          value={fractionToText(total.total)}
          of={former ? <Difference former={former.total} next={total.total} /> : null}
          kind="action"
          data-testid="sheet-total"
        />
      </div>
      <Why sitting={props.sitting} sheet={sheet} words={words} onSay={onSay} />
      <FigureInput
        testId="overtime"
        label={t("marking.overtime")}
        recorded={minutes}
        decimals={false}
        check={(text) =>
          text === "" || (/^\d{1,4}$/.test(text) && Number(text) * MINUTE_MS <= MAX_OVERTIME_MS)
            ? null
            : t("marking.bad.number", { example: "4" })
        }
        commit={(text) =>
          onAct({ kind: "overtime", overtimeMs: (text === "" ? 0 : Number(text)) * MINUTE_MS })
        }
        onEnter={() => undefined}
      />
      <button type="button" className={styles.veto} onClick={onVeto} data-testid="sheet-veto">
        <span>{t("marking.veto")}</span>
        <strong>{sheet.vetoes.length === 0 ? t("marking.noVeto") : sheet.vetoes.join(" ")}</strong>
      </button>
      <TextArea
        label={t("marking.note")}
        value={note ?? sheet.note}
        onChange={setNote}
        onBlur={() => {
          if (note !== null) onAct({ kind: "note", text: note });
          setNote(null);
        }}
        onKeyDown={blurOnEscape}
        maxLength={1000}
        rows={2}
        description={t("marking.noteHint")}
        ref={noteField}
        data-testid="sheet-note"
      />
      <div className={styles.signing}>
        {refusal ? (
          <Notice
            kind={refusal.code === "person.declined" ? "info" : "danger"}
            announce="now"
            title={refusalText(t, refusal)}
            data-testid="amend-refused"
          />
        ) : null}
        <Button
          kind="primary"
          size="large"
          wide
          ref={signButton}
          isDisabled={need !== null || isSaving || isStale}
          busy={isWaiting}
          busyText={t("marking.signing")}
          note={
            isWaiting || isStale
              ? null
              : need === "complete"
                ? t("amending.need.complete", { count: total.items - total.marked })
                : need === null
                  ? t("amending.signNote")
                  : t(`amending.need.${need}`)
          }
          onPress={onSign}
          data-testid="amend-sign"
        >
          {t("amending.sign")}
        </Button>
        <div className={styles.drop}>
          <Button kind="quiet" isDisabled={isWaiting} onPress={onDrop} data-testid="amend-drop">
            {t("amending.drop")}
          </Button>
        </div>
      </div>
    </aside>
  );
}

function Difference({
  former,
  next,
}: {
  readonly former: Counting["total"];
  readonly next: Counting["total"];
}) {
  const t = useText();
  const points = subtract(next, former);
  const isMore = compare(points, ZERO) > 0;
  if (!isMore && compare(points, ZERO) === 0) return t("amending.unchanged");
  const size = fractionToText(isMore ? points : subtract(former, next));
  return `${isMore ? "+" : "−"}${size}`;
}

function Why(props: {
  readonly sitting: SittingRow;
  readonly sheet: Sheet;
  readonly words: AmendmentWords;
  readonly onSay: (words: AmendmentWords) => void;
}) {
  const { sitting, sheet, words, onSay } = props;
  const t = useText();
  const people = usePeople();
  const sheets = useSheets(sitting.id);
  const candidates = useCandidates(sitting.id);
  const candidate = candidates?.find(({ ref }) => ref === sheet.candidate);
  const isHidden = (person: PersonId) =>
    !candidate || !sheets || isHiddenFrom(person, sitting, candidate, sheets);
  const offered = people ? approversOf(people, sitting, sheet.examiner, isHidden) : [];
  return (
    <>
      <Select
        label={t("amending.reason")}
        placeholder={t("amending.reasonChoose")}
        choices={REASONS.map((reason) => ({ value: reason, label: t(`amending.reasons.${reason}`) }))}
        value={words.reason}
        onChange={(reason) => onSay({ ...words, reason })}
        data-testid="amend-reason"
      />
      <TextArea
        label={t("amending.text")}
        description={t("amending.textHint")}
        value={words.text}
        onChange={(text) => onSay({ ...words, text })}
        onKeyDown={blurOnEscape}
        maxLength={1000}
        rows={3}
        data-testid="amend-text"
      />
      {people && offered.length === 0 ? (
        <Notice kind="attention" announce="never" title={t("amending.approverNone")} />
      ) : (
        <Select
          label={t("amending.approver")}
          placeholder={t("amending.approverChoose")}
          choices={offered.map((person) => ({
            value: person.id,
            label: person.name,
            description: t(`amending.office.${approvingOffice(person, sitting) ?? "supervisor"}`),
          }))}
          value={words.approver}
          onChange={(approver) => onSay({ ...words, approver })}
          data-testid="amend-approver"
        />
      )}
    </>
  );
}

/** Back to the keys of the desk. */
function blurOnEscape(event: { readonly key: string; readonly target: EventTarget | null }): void {
  if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
}
