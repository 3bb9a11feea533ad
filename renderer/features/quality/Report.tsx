// The report that may be published: main makes it of its own records and asks where it goes.
import { useState } from "react";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText } from "../../i18n/index.ts";
import { Button, Panel, useMessages } from "../../ui/index.ts";
import styles from "./Quality.module.css";

const FILES = [
  { key: "zh", as: "pdf", languages: "zh" },
  { key: "both", as: "pdf", languages: "both" },
  { key: "table", as: "csv", languages: "both" },
] as const;
type File = (typeof FILES)[number];

export function ReportPanel({ year }: { readonly year: number }) {
  const t = useText();
  const messages = useMessages();
  const [busy, setBusy] = useState<File["key"] | null>(null);
  const save = async ({ key, as, languages }: File) => {
    setBusy(key);
    const saved = await bridge.call("quality.save", { year, as, languages });
    setBusy(null);
    if (!saved.ok) messages.show("danger", refusalText(t, saved.error));
    else if (saved.value.fileName !== undefined)
      messages.show("done", t("paper.saved", { file: saved.value.fileName }));
  };
  return (
    <Panel title={t("quality.report.title", { year })} data-testid="quality-report">
      <p>{t("quality.report.lead")}</p>
      <div role="group" aria-label={t("quality.report.title", { year })} className={styles.saves}>
        {FILES.map((file) => (
          <Button
            key={file.key}
            busy={busy === file.key}
            busyText={t("paper.saving")}
            isDisabled={busy !== null && busy !== file.key}
            onPress={() => void save(file)}
            data-testid={`quality-save-${file.key}`}
          >
            {t(`quality.report.${file.key}`)}
          </Button>
        ))}
      </div>
    </Panel>
  );
}
