// Beside the sheet: time, total, overtime, veto, note, and the signature that stamps it.
import type { Ref, RefObject } from "react";
import type { Refusal } from "#shared/base";
import { evidenceHeld, openPauseOf, type Rubric, type Sheet } from "#shared/exam";
import type { SheetClocks } from "#shared/journal";
import type { SheetTotal } from "#shared/rules";
import { refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { Notice, OfferedButton } from "../../ui/index.ts";
import { CallLeader } from "./CallLeader.tsx";
import styles from "./Marking.module.css";
import { OvertimeByClock, SheetClock, type Pausing } from "./pausing/index.ts";
import type { Act } from "./sheet-acts.ts";
import { SheetFields } from "./SheetFields.tsx";
import { SheetSum } from "./SheetSum.tsx";

export interface SidePanelProps {
  readonly sheet: Sheet;
  readonly rubric: Rubric;
  readonly total: SheetTotal;
  readonly isWaiting: boolean;
  readonly isSaving: boolean;
  readonly left: number;
  readonly refusal: Refusal | null;
  readonly signButton: Ref<HTMLButtonElement>;
  readonly noteField: RefObject<HTMLTextAreaElement | null>;
  readonly clocks: SheetClocks;
  readonly pausing: Pausing;
  readonly onPause: () => void;
  readonly onAct: (act: Act) => void;
  readonly onVeto: () => void;
  readonly onEvidence: () => void;
  readonly onSign: () => void;
}

export function SidePanel(props: SidePanelProps) {
  const { sheet, rubric, total, left, refusal, signButton, noteField, isWaiting, isSaving } = props;
  const { clocks, pausing, onPause, onAct, onVeto, onEvidence, onSign } = props;
  const t = useText();
  const pictures = evidenceHeld(sheet.evidence).length;
  const isPaused = openPauseOf(sheet) !== null;
  return (
    <aside className={styles.side} aria-label={t("marking.total")}>
      <SheetClock {...{ sheet, rubric, clocks, pausing, onPause }} />
      <SheetSum total={total} />
      <SheetFields
        {...{ sheet, rubric, total, noteField, onAct, onVeto }}
        isKept
        overtime={
          <OvertimeByClock
            {...{ sheet, rubric }}
            onTake={(overtimeMs) => onAct({ kind: "overtime", overtimeMs })}
          />
        }
        evidence={
          <button type="button" className={styles.evidence} onClick={onEvidence} data-testid="sheet-evidence">
            <span>{t("evidence.title")}</span>
            <strong>{pictures === 0 ? t("evidence.zero") : t("evidence.number", { count: pictures })}</strong>
          </button>
        }
      />
      <CallLeader sheet={sheet} />
      <div className={styles.signing}>
        {refusal ? (
          <Notice kind={refusalKind(refusal)} title={refusalText(t, refusal)} data-testid="sign-refused" />
        ) : null}
        <OfferedButton
          kind="primary"
          size="large"
          wide
          ref={signButton}
          isDisabled={left > 0 || isSaving || isPaused}
          busy={isWaiting}
          busyText={t("marking.signing")}
          note={
            isWaiting
              ? null
              : left > 0
                ? t("marking.signLeft", { count: left })
                : isPaused
                  ? t("pause.signFirst")
                  : t("marking.signReady")
          }
          onPress={onSign}
          data-testid="sheet-sign"
        >
          {t("marking.sign")}
        </OfferedButton>
      </div>
    </aside>
  );
}
