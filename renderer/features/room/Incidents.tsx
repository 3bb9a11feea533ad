// The lines of the room record: what happened, whom it concerns, what was done, on whose word.
import { useState } from "react";
import type { SittingId } from "#shared/base";
import { incidentsOf, type CandidateRow, type IncidentRow, type PersonRow } from "#shared/journal";
import { formatTime, useText, type Text } from "../../i18n/index.ts";
import { useIncidents } from "../../store/index.ts";
import { EmptyState, OfferedButton, Panel, Pill, Table } from "../../ui/index.ts";
import { IncidentDialog } from "./IncidentDialog.tsx";
import type { Names } from "./names.ts";

export interface IncidentsProps {
  readonly sitting: { readonly id: SittingId };
  readonly candidates: readonly CandidateRow[];
  readonly people: readonly PersonRow[];
  readonly names: Names;
  /** Null where they are only read. */
  readonly onSaid: (() => void) | null;
}

export function Incidents({ sitting, candidates, people, names, onSaid }: IncidentsProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const rows = incidentsOf(useIncidents() ?? [], sitting.id);
  return (
    <Panel
      title={t("room.incidents.title")}
      aside={
        onSaid ? (
          <OfferedButton onPress={() => setOpen(true)} data-testid="room-incident">
            {t("room.incidents.open")}
          </OfferedButton>
        ) : null
      }
      data-testid="room-incidents"
    >
      <Table
        label={t("room.incidents.title")}
        data-testid="room-incidents-list"
        rows={rows}
        rowKey={({ id }) => id}
        rowTone={({ report }) => (report.kind === "breach" ? "attention" : null)}
        empty={<EmptyState title={t("room.incidents.none")}>{t("room.incidents.noneLead")}</EmptyState>}
        columns={[
          {
            key: "at",
            heading: t("room.at"),
            narrow: true,
            cell: ({ report }) => formatTime(report.happenedAt, t.locale),
          },
          {
            key: "what",
            heading: t("room.what"),
            isRowHeader: true,
            cell: ({ report }) => (
              <>
                <Pill kind={report.kind === "breach" ? "attention" : "neutral"}>{kindText(t, report)}</Pill>{" "}
                {report.what}
              </>
            ),
          },
          {
            key: "whom",
            heading: t("room.incidents.whom"),
            cell: ({ report }) => whomText(t, report, candidates, names),
          },
          { key: "done", heading: t("room.incidents.done"), cell: ({ report }) => report.done },
          { key: "by", heading: t("room.by"), cell: ({ person }) => names.person(person) },
        ]}
      />
      {isOpen && onSaid ? (
        <IncidentDialog
          {...{ sitting, candidates, people, names }}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onSaid();
          }}
        />
      ) : null}
    </Panel>
  );
}

/** The kind, and of a breach its tier. */
function kindText(t: Text, { kind, tier }: IncidentRow["report"]): string {
  return tier === null ? t(`room.incident.kind.${kind}`) : `${t(`room.incident.kind.${kind}`)} ${tier}`;
}

function whomText(
  t: Text,
  { candidates: refs, staff }: IncidentRow["report"],
  candidates: readonly CandidateRow[],
  names: Names,
): string {
  const found = refs.flatMap((ref) => candidates.find((one) => one.ref === ref) ?? []);
  const all = [...found.map(names.candidate), ...staff.map(names.person)];
  return all.length > 0 ? all.join(t.locale === "en" ? ", " : "、") : t("room.incidents.nobody");
}
