// Beside the sheet: time, total, overtime, veto, note, and the signature that stamps it.
import { useEffect, useState, type Ref, type RefObject } from "react";
import type { Refusal } from "#shared/base";
import { evidenceHeld, type Rubric, type Sheet } from "#shared/exam";
import type { SheetTotal } from "#shared/rules";
import { formatDuration, refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { Button, Figure, Meter, Notice } from "../../ui/index.ts";
import { CallLeader } from "./CallLeader.tsx";
import styles from "./Marking.module.css";
import type { Act } from "./sheet-acts.ts";
import { MINUTE_MS, SheetFields } from "./SheetFields.tsx";
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
  readonly onAct: (act: Act) => void;
  readonly onVeto: () => void;
  readonly onEvidence: () => void;
  readonly onSign: () => void;
}

export function SidePanel(props: SidePanelProps) {
  const { sheet, rubric, total, left, refusal, signButton, noteField, isWaiting, isSaving } = props;
  const { onAct, onVeto, onEvidence, onSign } = props;
  const t = useText();
  const pictures = evidenceHeld(sheet.evidence).length;
  return (
    <aside className={styles.side} aria-label={t("marking.total")}>
      <Elapsed since={sheet.startedAt.wall} limitMs={rubric.minutes * MINUTE_MS} />
      <SheetSum total={total} />
      <SheetFields
        {...{ sheet, rubric, total, noteField, onAct, onVeto }}
        isKept
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
        <Button
          kind="primary"
          size="large"
          wide
          ref={signButton}
          isDisabled={left > 0 || isSaving}
          busy={isWaiting}
          busyText={t("marking.signing")}
          note={isWaiting ? null : left > 0 ? t("marking.signLeft", { count: left }) : t("marking.signReady")}
          onPress={onSign}
          data-testid="sheet-sign"
        >
          {t("marking.sign")}
        </Button>
      </div>
    </aside>
  );
}

function Elapsed({ since, limitMs }: { readonly since: number; readonly limitMs: number }) {
  const t = useText();
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const tick = () => setElapsed(Math.max(0, Date.now() - since));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [since]);
  const text = formatDuration(elapsed);
  return (
    <div className={styles.elapsed}>
      <Figure
        label={t("marking.time")}
        value={text}
        of={t("marking.timeOf", { limit: formatDuration(limitMs) })}
        kind={elapsed > limitMs ? "attention" : "ink"}
      />
      <Meter
        label={t("marking.time")}
        value={Math.min(elapsed, limitMs)}
        max={limitMs}
        text={text}
        kind={elapsed > limitMs ? "attention" : "action"}
      />
    </div>
  );
}
