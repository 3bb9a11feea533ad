// The readiness sheet: what was tried, what came of it, who answers for it, and its stamp. Printed, it is the whole page.
import { instantToDay } from "#shared/base";
import { isHeld, type Readiness, type ReadinessState } from "#shared/exam";
import type { CentreRow } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { formatDay, formatTime, useText, wordsIn } from "../../i18n/index.ts";
import { usePerson } from "../../store/index.ts";
import { Facts, Stamp } from "../../ui/index.ts";
import styles from "./Drill.module.css";
import { linesOf } from "./steps.ts";
import { StepTable } from "./StepTable.tsx";

export interface SheetProps {
  readonly drill: Readiness;
  readonly centre: CentreRow;
  readonly state: ReadinessState;
  readonly validDays: number;
}

export function Sheet({ drill, centre, state, validDays }: SheetProps) {
  const t = useText();
  const person = usePerson(drill.person);
  const held = isHeld(drill.results);
  const day = formatDay(instantToDay(drill.at.wall), t.locale);
  return (
    <section
      className={styles.sheet}
      data-state={state.state}
      data-testid="readiness-sheet"
      aria-label={t("drill.sheetTitle")}
    >
      <header className={styles.head}>
        <div>
          <p className={styles.centre}>{wordsIn(t, centre.institution.name)}</p>
          <h2 className={styles.title}>{t("drill.sheetTitle")}</h2>
          <p
            className={styles.verdict}
            data-state={held ? state.state : "red"}
            data-testid="readiness-verdict"
          >
            {t(`drill.state.${state.because}`, { days: validDays })}
          </p>
          {state.state === "green" ? <p>{t("drill.valid", { days: validDays })}</p> : null}
        </div>
        <Stamp {...stampOf(drill.sheet)} label={t("drill.stamp")} size="large" />
      </header>
      <StepTable lines={linesOf({ state: "idle", step: null, results: drill.results })} />
      <p className={styles.note}>{t("drill.modelledNote")}</p>
      <Facts
        facts={[
          { term: t("drill.person"), value: person?.name ?? drill.person },
          { term: t("drill.at"), value: `${day} ${formatTime(drill.at.wall, t.locale)}` },
          { term: t("drill.device"), value: drill.device },
          { term: t("drill.build"), value: drill.build },
        ]}
      />
      <p className={styles.note}>{t("drill.sheetLead")}</p>
    </section>
  );
}
