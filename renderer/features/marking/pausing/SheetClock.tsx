// The time of an open sheet: what was used of the rubric's minutes, when it ends, what was given back; and while it stands still, since
// when and why.
import { elapsedMs } from "#shared/base";
import type { Rubric, Sheet } from "#shared/exam";
import type { SheetClocks } from "#shared/journal";
import { sheetTime } from "#shared/rules";
import { formatDuration, formatTime, pauseText, refusalText, useText } from "../../../i18n/index.ts";
import { useChain } from "../../../store/index.ts";
import { Button, Figure, Meter, Notice, OfferedButton } from "../../../ui/index.ts";
import styles from "../Marking.module.css";
import { useMainClock } from "./use-main-clock.ts";
import type { Pausing } from "./use-pausing.ts";

export interface SheetClockProps {
  readonly sheet: Sheet;
  readonly rubric: Rubric;
  /** This sheet among them. */
  readonly clocks: SheetClocks;
  readonly pausing: Pausing;
  readonly onPause: () => void;
}

const MINUTE_MS = 60_000;

export function SheetClock({ sheet, rubric, clocks, pausing, onPause }: SheetClockProps) {
  const t = useText();
  const now = useMainClock();
  const chain = useChain();
  const limitMs = rubric.minutes * MINUTE_MS;
  const time = now && sheetTime(sheet, now);
  const used = time?.usedMs ?? 0;
  const text = time ? formatDuration(used) : "—";
  const isOver = used > limitMs;
  const { paused } = clocks;
  return (
    <div
      className={styles.elapsed}
      data-testid="sheet-clock"
      data-state={time?.paused ? "paused" : "running"}
    >
      <Figure
        label={t("marking.time")}
        value={text}
        of={t("marking.timeOf", { limit: formatDuration(limitMs) })}
        kind={isOver ? "attention" : "ink"}
      />
      <Meter
        label={t("marking.time")}
        value={Math.min(used, limitMs)}
        max={limitMs}
        text={text}
        kind={isOver ? "attention" : "action"}
      />
      {time ? (
        <p className={styles.clockLine}>
          {time.paused || isOver ? null : (
            <span>{t("pause.ends", { time: formatTime(now.wall + limitMs - used, t.locale) })}</span>
          )}
          {sheet.pauses.length > (time.paused ? 1 : 0) ? (
            <span data-testid="given-back">
              {t("pause.given", { time: formatDuration(time.givenBackMs) })}
            </span>
          ) : null}
        </p>
      ) : null}
      {time?.isByWall ? (
        <p className={styles.clockLine} data-testid="clock-by-wall">
          {t(chain?.clock.state === "changed" ? "pause.byWallChanged" : "pause.byWall")}
        </p>
      ) : null}
      {time?.paused && now ? (
        <Notice
          kind="attention"
          announce="never"
          title={t("pause.since", { time: formatTime(time.paused.from.wall, t.locale) })}
          safe={pauseText(t, time.paused.reason)}
          next={t("pause.standing", { time: formatDuration(elapsedMs(time.paused.from, now)) })}
          data-testid="sheet-paused"
          actions={
            <>
              <Button
                kind="primary"
                keyHint="P"
                busy={pausing.isBusy}
                onPress={() => void pausing.resume([sheet])}
                data-testid="sheet-resume"
              >
                {t("pause.resume")}
              </Button>
              {paused.length > 1 ? (
                <OfferedButton onPress={() => void pausing.resume(paused)} data-testid="resume-all">
                  {t("pause.resumeAll", { count: paused.length })}
                </OfferedButton>
              ) : null}
            </>
          }
        />
      ) : (
        <Button kind="quiet" keyHint="P" onPress={onPause} data-testid="sheet-pause">
          {t("pause.pause")}
        </Button>
      )}
      {pausing.refusal ? (
        <Notice
          kind="danger"
          announce="now"
          title={refusalText(t, pausing.refusal)}
          data-testid="clock-refused"
        />
      ) : null}
    </div>
  );
}
