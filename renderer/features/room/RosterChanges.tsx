// What the day changed in the roster, absences among it: of whom, what, why, and who answers for it.
import { useState } from "react";
import type { ClockReading } from "#shared/base";
import { answersForDay, type CandidateRow, type PersonRow, type SittingRow } from "#shared/journal";
import { type CandidateChange } from "#shared/exam";
import { formatTime, useText, type Text } from "../../i18n/index.ts";
import { EmptyState, OfferedButton, Panel, Pill, Table } from "../../ui/index.ts";
import { ChangeDialog } from "./ChangeDialog.tsx";
import type { Names } from "./names.ts";

export interface RosterChangesProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
  readonly people: readonly PersonRow[];
  readonly names: Names;
  readonly onSaid: () => void;
}

export function RosterChanges(props: RosterChangesProps) {
  const { me, sitting, candidates, people, names, onSaid } = props;
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const rows = candidates.flatMap(rowsOf).sort((a, b) => a.at.wall - b.at.wall);
  // Who may ask is asked again by main; here it decides whether there is a button.
  const mayAsk = answersForDay(me, sitting);
  return (
    <Panel
      title={t("room.changes.title")}
      aside={
        mayAsk ? (
          <OfferedButton onPress={() => setOpen(true)} data-testid="room-change">
            {t("room.changes.open")}
          </OfferedButton>
        ) : null
      }
      data-testid="room-changes"
    >
      <Table
        label={t("room.changes.title")}
        data-testid="room-changes-list"
        rows={rows}
        rowKey={({ candidate, change, at }) => `${candidate.ref} ${change?.hash ?? String(at.wall)}`}
        empty={<EmptyState title={t("room.changes.none")}>{t("room.changes.noneLead")}</EmptyState>}
        columns={[
          { key: "at", heading: t("room.at"), narrow: true, cell: ({ at }) => formatTime(at.wall, t.locale) },
          {
            key: "candidate",
            heading: t("room.candidate"),
            isRowHeader: true,
            cell: ({ candidate }) => names.candidate(candidate),
          },
          {
            key: "what",
            heading: t("room.what"),
            cell: ({ change }) => <Pill>{whatText(t, change)}</Pill>,
          },
          { key: "reason", heading: t("room.reason"), cell: ({ change }) => change?.reason ?? "" },
          {
            key: "by",
            heading: t("room.by"),
            cell: ({ change }) =>
              change
                ? t("room.changes.signed", {
                    leader: names.person(change.leader),
                    confirmer: names.person(change.confirmedBy),
                    office: t(`common.role.${change.office}`),
                  })
                : t("room.changes.byLeader"),
          },
        ]}
      />
      {isOpen ? (
        <ChangeDialog
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

interface Row {
  readonly candidate: CandidateRow;
  readonly at: ClockReading;
  /** Null: the absence itself, which the leader signs alone. */
  readonly change: CandidateChange | null;
}

function rowsOf(candidate: CandidateRow): Row[] {
  const { absence, changes } = candidate;
  return [
    ...(absence ? [{ candidate, at: absence.at, change: null }] : []),
    ...changes.map((change) => ({ candidate, at: change.at, change })),
  ];
}

/** What happened, with the rotations of whoever moved. */
export function whatText(t: Text, change: Pick<CandidateChange, "kind" | "move"> | null): string {
  if (!change) return t("marking.state.absent");
  const { kind, move } = change;
  return move
    ? t("room.change.moved", { what: t(`room.change.${kind}`), ...move })
    : t(`room.change.${kind}`);
}
