// Beside the amended sheet: both totals, overtime, veto and note as they are to be, why, who approves, and the signatures.
import type { Ref, RefObject } from "react";
import { compare, fractionToText, subtract, ZERO, type PersonId, type Refusal } from "#shared/base";
import type { Counting, Rubric, Sheet } from "#shared/exam";
import {
  approversOf,
  approvingOffice,
  isHiddenFrom,
  sittingRecords,
  standingRoster,
  type SittingRow,
} from "#shared/journal";
import { totalOf } from "#shared/rules";
import { refusalKind, refusalText, useText } from "../../../i18n/index.ts";
import { useCandidates, usePeople, useReviews, useSheets } from "../../../store/index.ts";
import { Figure, Notice, OfferedButton, Select, TextArea } from "../../../ui/index.ts";
import styles from "../Marking.module.css";
import type { Act } from "../sheet-acts.ts";
import { blurOnEscape, SheetFields } from "../SheetFields.tsx";
import { needOf, REASONS, type AmendmentWords } from "./words.ts";

export interface AmendPanelProps {
  readonly sheet: Sheet;
  readonly former: Counting;
  readonly rubric: Rubric;
  readonly sitting: SittingRow;
  readonly words: AmendmentWords;
  readonly isWaiting: boolean;
  readonly isSaving: boolean;
  readonly isStale: boolean;
  readonly refusal: Refusal | null;
  readonly signButton: Ref<HTMLButtonElement>;
  readonly noteField: RefObject<HTMLTextAreaElement | null>;
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
  const total = totalOf(rubric, sheet.items, sheet.overtimeMs);
  const need = needOf(words, sheet, former.marks, rubric);
  return (
    <aside className={styles.side} aria-label={t("amending.title")}>
      <div className={styles.totals}>
        <Figure
          label={t("amending.former")}
          value={fractionToText(former.total)}
          data-testid="amend-former"
        />
        <Figure
          label={t("amending.next")}
          value={fractionToText(total.total)}
          of={<Difference former={former.total} next={total.total} />}
          kind="action"
          data-testid="sheet-total"
        />
      </div>
      <Why sitting={props.sitting} sheet={sheet} words={words} onSay={onSay} />
      <SheetFields {...{ sheet, rubric, total, noteField, onAct, onVeto }} isKept />
      <div className={styles.signing}>
        {refusal ? (
          <Notice
            kind={refusalKind(refusal)}
            announce="now"
            title={refusalText(t, refusal)}
            data-testid="amend-refused"
          />
        ) : null}
        <OfferedButton
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
        </OfferedButton>
        <div className={styles.drop}>
          <OfferedButton kind="quiet" isDisabled={isWaiting} onPress={onDrop} data-testid="amend-drop">
            {t("amending.drop")}
          </OfferedButton>
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
  const reviews = useReviews(sitting.id);
  const standing =
    candidates && sheets && reviews
      ? standingRoster(sittingRecords(sitting, { candidates, sheets, reviews }))
      : undefined;
  const candidate = standing?.find(({ ref }) => ref === sheet.candidate);
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
