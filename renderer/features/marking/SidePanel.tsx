// Beside the sheet: time, total, overtime, veto, note, and the signature that stamps it.
import { useEffect, useState, type Ref } from "react";
import { fractionToText, type Refusal } from "#shared/base";
import { evidenceHeld, MAX_OVERTIME_MS, type Rubric, type Sheet } from "#shared/exam";
import { publishedMark, type SheetTotal } from "#shared/rules";
import { bridge } from "../../bridge/index.ts";
import { formatDuration, refusalText, useText } from "../../i18n/index.ts";
import { Button, Figure, Meter, Notice, TextArea } from "../../ui/index.ts";
import { FigureInput } from "./FigureInput.tsx";
import styles from "./Marking.module.css";
import type { Act } from "./sheet-acts.ts";

const MINUTE_MS = 60_000;

export interface SidePanelProps {
  readonly sheet: Sheet;
  readonly rubric: Rubric;
  readonly total: SheetTotal;
  readonly isWaiting: boolean;
  readonly isSaving: boolean;
  readonly left: number;
  readonly refusal: Refusal | null;
  readonly signButton: Ref<HTMLButtonElement>;
  readonly noteField: Ref<HTMLTextAreaElement>;
  readonly onAct: (act: Act) => void;
  readonly onVeto: () => void;
  readonly onEvidence: () => void;
  readonly onSign: () => void;
}

export function SidePanel(props: SidePanelProps) {
  const { sheet, rubric, total, left, refusal, signButton, noteField, isWaiting, isSaving } = props;
  const { onAct, onVeto, onEvidence, onSign } = props;
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const minutes = sheet.overtimeMs === 0 ? "" : String(Math.ceil(sheet.overtimeMs / MINUTE_MS));
  const pictures = evidenceHeld(sheet.evidence).length;
  const published = publishedMark(total.total, sheet.vetoes, rubric);
  useEffect(() => {
    if (draft === null) return;
    // The owner is back at a laptop that was locked over an unfinished note.
    return bridge.on("session.changed", () => {
      if (document.activeElement instanceof HTMLTextAreaElement) return;
      onAct({ kind: "note", text: draft });
      setDraft(null);
    });
  }, [draft, onAct]);

  return (
    <aside className={styles.side} aria-label={t("marking.total")}>
      <Elapsed since={sheet.startedAt.wall} limitMs={rubric.minutes * MINUTE_MS} />
      <Figure
        label={t("marking.total")}
        value={total.marked === 0 ? null : fractionToText(total.total)}
        of={t("marking.markedOf", { marked: total.marked, items: total.items })}
        data-testid="sheet-total"
      />
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
      <button type="button" className={styles.evidence} onClick={onEvidence} data-testid="sheet-evidence">
        <span>{t("evidence.title")}</span>
        <strong>{pictures === 0 ? t("evidence.zero") : t("evidence.number", { count: pictures })}</strong>
      </button>
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
      <TextArea
        label={t("marking.note")}
        value={draft ?? sheet.note}
        onChange={setDraft}
        onBlur={(event) => {
          // Locked while it was typed: the draft waits for its owner.
          if (event.target.closest("[inert]")) return;
          if (draft !== null) onAct({ kind: "note", text: draft });
          setDraft(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
        }}
        maxLength={1000}
        rows={3}
        description={t("marking.noteHint")}
        ref={noteField}
        data-testid="sheet-note"
      />
      <div className={styles.signing}>
        {refusal ? (
          <Notice
            kind={refusal.code === "person.declined" ? "info" : "danger"}
            title={refusalText(t, refusal)}
            data-testid="sign-refused"
          />
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
