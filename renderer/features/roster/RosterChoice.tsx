// The roster's file and what was read from it: every row taken, every row refused with its number and the reason. The
// rows themselves wait in main under a token.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import type { RosterPick, RosterPreviewView } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";
import { findingText, refusalText, useText } from "../../i18n/index.ts";
import { Notice, OfferedButton, Panel, Pill, Stack, Table } from "../../ui/index.ts";
import styles from "./Roster.module.css";

export interface RosterChoiceProps {
  readonly isDemonstration: boolean;
  readonly preview: RosterPreviewView | null;
  readonly onPreview: (preview: RosterPreviewView) => void;
}

export function RosterChoice({ isDemonstration, preview, onPreview }: RosterChoiceProps) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Extract<RosterPick, { outcome: "unreadable" }> | Refusal | null>(
    null,
  );

  const pick = async (channel: "roster.pickFile" | "roster.pickDemonstration") => {
    setBusy(true);
    const answer = await bridge.call(channel, {});
    setBusy(false);
    if (!answer.ok) {
      setTrouble(answer.error);
    } else if (answer.value.outcome !== "cancelled") {
      setTrouble(answer.value.outcome === "unreadable" ? answer.value : null);
      if (answer.value.outcome === "preview") onPreview(answer.value.preview);
    }
  };

  return (
    <Panel
      title={t("roster.people")}
      aside={preview ? t("roster.file", { file: preview.fileName, encoding: preview.encoding }) : null}
    >
      <Stack direction="row" gap={2} align="center">
        <OfferedButton busy={busy} onPress={() => void pick("roster.pickFile")} data-testid="roster-file">
          {preview ? t("roster.chooseAgain") : t("roster.choose")}
        </OfferedButton>
        {isDemonstration ? (
          <OfferedButton
            busy={busy}
            onPress={() => void pick("roster.pickDemonstration")}
            data-testid="roster-demo"
          >
            {t("roster.demonstration")}
          </OfferedButton>
        ) : null}
        <span className={styles.quiet}>{t("roster.chooseHint")}</span>
      </Stack>
      {trouble && "outcome" in trouble ? (
        <div data-testid="roster-unreadable" data-code={trouble.code}>
          <Notice
            kind="danger"
            title={t("roster.unreadable", { file: trouble.fileName })}
            next={refusalText(t, { code: trouble.code })}
          />
        </div>
      ) : trouble ? (
        <Notice kind="danger" title={refusalText(t, trouble)} />
      ) : null}
      {preview ? <Preview preview={preview} /> : null}
    </Panel>
  );
}

function Preview({ preview }: { readonly preview: RosterPreviewView }) {
  const t = useText();
  return (
    <div className={styles.preview} data-testid="roster-preview">
      <Stack direction="row" gap={2}>
        <Pill kind="done">{t("roster.taken", { count: preview.taken.length })}</Pill>
        <Pill kind={preview.refused.length > 0 ? "attention" : "neutral"}>
          {t("roster.refused", { count: new Set(preview.refused.map(({ row }) => row)).size })}
        </Pill>
        <Pill>{t("roster.blank", { count: preview.blank })}</Pill>
      </Stack>
      {preview.withheld.length > 0 ? (
        <Notice
          kind="info"
          title={preview.withheld.map((finding) => findingText(t, finding)).join(" ")}
          data-testid="roster-withheld"
        />
      ) : null}
      {preview.refused.length > 0 ? (
        <>
          <Table
            label={t("roster.refusedList")}
            maxHeight="half"
            rows={preview.refused}
            rowKey={({ row, field, code }) => `${row} ${field} ${code}`}
            rowTone={() => "attention"}
            columns={[
              {
                key: "row",
                heading: t("roster.row"),
                isRowHeader: true,
                narrow: true,
                cell: ({ row, field, code }) => (
                  <span data-testid="roster-refused-row" data-row={row} data-field={field} data-code={code}>
                    {row}
                  </span>
                ),
              },
              {
                key: "field",
                heading: t("roster.field"),
                narrow: true,
                cell: ({ field }) => t.maybe(`roster.fields.${field}`) ?? field,
              },
              { key: "reason", heading: t("roster.reason"), cell: ({ code }) => refusalText(t, { code }) },
            ]}
          />
          <p className={styles.quiet}>{t("roster.refusedNext")}</p>
        </>
      ) : null}
      <Table
        label={t("roster.takenList")}
        maxHeight="half"
        rows={preview.taken}
        rowKey={({ row }) => String(row)}
        empty={<p className={styles.quiet}>{t("roster.nothing")}</p>}
        columns={[
          { key: "row", heading: t("roster.row"), narrow: true, cell: ({ row }) => row },
          { key: "name", heading: t("roster.name"), isRowHeader: true, cell: ({ name }) => name },
          { key: "id", heading: t("roster.idNumber"), cell: ({ idMasked }) => idMasked },
          {
            key: "ticket",
            heading: t("roster.ticketNo"),
            cell: ({ ticketNo }) => ticketNo ?? <span className={styles.quiet}>{t("roster.assigned")}</span>,
          },
          {
            key: "note",
            heading: t("roster.note"),
            cell: ({ warnings }) => warnings.map((warning) => refusalText(t, warning)).join(" "),
          },
        ]}
      />
    </div>
  );
}
