// Beside the overtime: what the time used comes to. It is written by nobody but the examiner, who knows when the candidate stopped.
import type { Rubric, Sheet } from "#shared/exam";
import { overtimeByClock, sheetTime } from "#shared/rules";
import { begunMinutes, useText } from "../../../i18n/index.ts";
import { Button } from "../../../ui/index.ts";
import styles from "../Marking.module.css";
import { useMainClock } from "./use-main-clock.ts";

export interface OvertimeByClockProps {
  readonly sheet: Sheet;
  readonly rubric: Rubric;
  readonly onTake: (overtimeMs: number) => void;
}

export function OvertimeByClock({ sheet, rubric, onTake }: OvertimeByClockProps) {
  const t = useText();
  const now = useMainClock();
  const overMs = now ? overtimeByClock(sheetTime(sheet, now).usedMs, rubric) : 0;
  if (overMs === 0 || overMs === sheet.overtimeMs) return null;
  return (
    <p className={styles.clockLine} data-testid="overtime-by-clock">
      <span>{t("pause.overtime", { count: begunMinutes(overMs) })}</span>
      <Button kind="quiet" onPress={() => onTake(overMs)} data-testid="overtime-take">
        {t("pause.takeOvertime")}
      </Button>
    </p>
  );
}
