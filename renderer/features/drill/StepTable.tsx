// The six steps, while they are tried and on the sheet.
import { useText } from "../../i18n/index.ts";
import { Pill, Spinner, Table } from "../../ui/index.ts";
import styles from "./Drill.module.css";
import { howText, timeText, troubleText, type StepLine } from "./steps.ts";

export function StepTable({ lines }: { readonly lines: readonly StepLine[] }) {
  const t = useText();
  return (
    <Table
      label={t("drill.stepsTitle")}
      rows={lines}
      rowKey={({ step }) => step}
      rowTone={({ state }) => (state === "short" ? "danger" : null)}
      data-testid="drill-steps"
      columns={[
        { key: "step", heading: t("drill.step"), isRowHeader: true, cell: stepCell(t) },
        {
          key: "how",
          heading: t("drill.how"),
          cell: ({ result }) =>
            result && result.result !== "not-tried" ? (
              <span className={styles.how}>
                {howText(t, result)}
                {result.trouble ? <strong className={styles.trouble}>{troubleText(t, result)}</strong> : null}
              </span>
            ) : null,
        },
        {
          key: "result",
          heading: t("drill.result"),
          narrow: true,
          cell: ({ step, state }) => (
            <span className={styles.state} data-testid={`drill-${step}`} data-state={state}>
              {state === "running" ? <Spinner /> : null}
              <Pill kind={KINDS[state]}>{t(`drill.results.${state}`)}</Pill>
            </span>
          ),
        },
        {
          key: "time",
          heading: t("drill.time"),
          align: "end",
          narrow: true,
          cell: ({ result }) => (result ? timeText(t, result.durationMs) : null),
        },
      ]}
    />
  );
}

const KINDS = {
  held: "done",
  short: "attention",
  "not-tried": "neutral",
  running: "action",
  waiting: "neutral",
} as const;

const stepCell =
  (t: ReturnType<typeof useText>) =>
  ({ step, result }: StepLine) => (
    <span className={styles.step}>
      {t(`drill.steps.${step}`)} {result?.modelled ? <Pill>{t("drill.modelled")}</Pill> : null}
    </span>
  );
