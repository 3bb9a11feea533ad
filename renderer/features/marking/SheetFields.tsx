// What is recorded of a sheet beside its items: overtime, veto and note; the same while it is marked and while it is amended.
import { useState, type ReactNode, type RefObject } from "react";
import { fractionToText } from "#shared/base";
import { MAX_OVERTIME_MS, type Rubric, type Sheet } from "#shared/exam";
import { publishedMark, type SheetTotal } from "#shared/rules";
import { begunMinutes, useText } from "../../i18n/index.ts";
import { isBehindLock, useOwnerBack } from "../../lock/index.ts";
import { TextArea } from "../../ui/index.ts";
import { FigureInput } from "./FigureInput.tsx";
import styles from "./Marking.module.css";
import type { Act } from "./sheet-acts.ts";

export const MINUTE_MS = 60_000;

export interface SheetFieldsProps {
  readonly sheet: Sheet;
  readonly rubric: Rubric;
  readonly total: SheetTotal;
  readonly noteField: RefObject<HTMLTextAreaElement | null>;
  readonly onAct: (act: Act) => void;
  readonly onVeto: () => void;
  /** False in practice. */
  readonly isKept: boolean;
  /** What the time used says of the overtime, where there is a time. */
  readonly overtime?: ReactNode;
  /** The way to the photographs, where there is one. */
  readonly evidence?: ReactNode;
}

export function SheetFields(props: SheetFieldsProps) {
  const { sheet, rubric, total, noteField, onAct, onVeto, overtime, evidence, isKept } = props;
  const t = useText();
  const minutes = sheet.overtimeMs === 0 ? "" : String(begunMinutes(sheet.overtimeMs));
  const published = publishedMark(total.total, sheet.vetoes, rubric);
  return (
    <>
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
        worth={() =>
          total.overtime.n > 0 ? t("marking.overtimeCost", { points: fractionToText(total.overtime) }) : null
        }
        commit={(text) =>
          onAct({ kind: "overtime", overtimeMs: (text === "" ? 0 : Number(text)) * MINUTE_MS })
        }
        onEnter={() => undefined}
      />
      {overtime}
      {evidence}
      <button type="button" className={styles.veto} onClick={onVeto} data-testid="sheet-veto">
        <span>{t("marking.veto")}</span>
        <strong>{sheet.vetoes.length === 0 ? t("marking.noVeto") : sheet.vetoes.join(" ")}</strong>
      </button>
      {published.reasons
        .filter(({ code }) => code !== "mark.below-pass")
        .map(({ code, facts }) => (
          <p key={`${code} ${String(facts?.["veto"])}`} className={styles.problem}>
            {code === "veto.disqualify" ? t("marking.effect.DISQUALIFY") : t("marking.effect.FAIL_PART")}
          </p>
        ))}
      <Note
        recorded={sheet.note}
        field={noteField}
        hint={isKept ? t("marking.noteHint") : undefined}
        onNote={(text) => onAct({ kind: "note", text })}
      />
    </>
  );
}

function Note(props: {
  readonly recorded: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly hint: string | undefined;
  readonly onNote: (text: string) => void;
}) {
  const { recorded, field, hint, onNote } = props;
  const t = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const write = () => {
    if (typed !== null) onNote(typed);
    setTyped(null);
  };
  useOwnerBack(field, typed !== null, write);
  return (
    <TextArea
      label={t("marking.note")}
      value={typed ?? recorded}
      onChange={setTyped}
      onBlur={({ target }) => {
        if (!isBehindLock(target)) write();
      }}
      onKeyDown={blurOnEscape}
      maxLength={1000}
      rows={3}
      description={hint}
      ref={field}
      data-testid="sheet-note"
    />
  );
}

/** Back to the keys of the desk. */
export function blurOnEscape(event: { readonly key: string; readonly target: EventTarget | null }): void {
  if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
}
