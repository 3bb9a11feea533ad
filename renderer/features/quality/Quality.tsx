// The quality of the centre over a year, from what this laptop holds: pictures first, and nothing claimed of few. A supervisor reads
// names, the office the same figures without them; main decides which (shared/journal/centre-quality.ts).
import { useState } from "react";
import { refusalText, useText } from "../../i18n/index.ts";
import { Button, EmptyState, Notice, Page, Select, Spinner, Stack } from "../../ui/index.ts";
import { DelaysPanel } from "./Delays.tsx";
import styles from "./Quality.module.css";
import { ReportPanel } from "./Report.tsx";
import { SeverityPanel } from "./Severity.tsx";
import { FlagsPanel, SharesPanel } from "./Shares.tsx";
import { useQuality } from "./use-quality.ts";

export interface QualityProps {
  readonly onLeave: () => void;
}

export function Quality({ onLeave }: QualityProps) {
  const t = useText();
  const [chosen, setChosen] = useState<number | null>(null);
  const { quality, refusal, again } = useQuality(chosen);
  const year = quality?.year ?? null;
  return (
    <Page
      title={t("quality.title")}
      lead={t("quality.lead")}
      actions={
        <Button onPress={onLeave} data-testid="quality-leave">
          {t("closing.back")}
        </Button>
      }
      data-testid="quality"
    >
      {refusal ? (
        <Notice
          kind="danger"
          announce="now"
          title={refusalText(t, refusal)}
          actions={<Button onPress={again}>{t("supervision.again")}</Button>}
          data-testid="quality-refused"
        />
      ) : quality === null ? (
        <p data-testid="quality-reading">
          <Spinner /> {t("quality.reading")}
        </p>
      ) : null}
      {quality && year === null ? (
        <EmptyState title={t("quality.empty")} data-testid="quality-empty">
          {t("quality.emptyLead")}
        </EmptyState>
      ) : null}
      {quality && year !== null ? (
        <>
          <Stack direction="row" align="end">
            <Select
              label={t("quality.year")}
              choices={quality.years.map((one) => ({ value: String(one), label: String(one) }))}
              value={String(year)}
              onChange={(value) => setChosen(Number(value))}
              data-testid="quality-year"
            />
            <p role="status" className={styles.counted} data-testid="quality-counted">
              {t("quality.counted", { year, sittings: quality.sittings.length, count: quality.signed })}
            </p>
          </Stack>
          {quality.signed === 0 ? (
            <EmptyState title={t("quality.unsigned")} data-testid="quality-unsigned">
              {t("quality.unsignedLead")}
            </EmptyState>
          ) : (
            <>
              <SeverityPanel severity={quality.severity} />
              <SharesPanel shares={quality.shares} />
              <DelaysPanel delays={quality.delays} />
              <FlagsPanel sittings={quality.sittings} />
              <ReportPanel year={year} />
            </>
          )}
        </>
      ) : null}
    </Page>
  );
}
