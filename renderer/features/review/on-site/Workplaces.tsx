// The room as it lies on this laptop: figures, then every candidate's place with its state and its time. Nothing here is written.
import { useState, type ReactNode } from "react";
import type { ClockReading } from "#shared/base";
import { WORKPLACE_STATES, type RoomState, type Rubric, type WorkplaceState } from "#shared/exam";
import type { Workplace } from "#shared/journal";
import { sheetTime } from "#shared/rules";
import { begunMinutes, formatTime, pauseText, useText, type Text } from "../../../i18n/index.ts";
import { Facts, Panel, Pill, Select, Stack, Table } from "../../../ui/index.ts";
import styles from "./OnSite.module.css";

export interface WorkplacesProps {
  readonly rubric: Rubric;
  readonly room: RoomState;
  readonly workplaces: readonly Workplace[];
  readonly nameOf: (candidate: Workplace["candidate"]) => string;
  /** Draws with the time as main has it; null until it is known. */
  readonly clock: (draw: (now: ClockReading | null) => ReactNode) => ReactNode;
}

/** Nobody reads a longer list; the figures above it count all of them. */
const LISTED_AT_MOST = 200;
/** Where something is going on comes first. */
const ORDER: readonly WorkplaceState[] = ["marking", "untouched", "signed", "absent", "left"];
const ALL = "all";

export function RoomFigures({ room }: { readonly room: RoomState }) {
  const t = useText();
  return (
    <Panel title={t("visit.room.title")} data-testid="visit-room">
      <Facts
        kind="figures"
        facts={[
          { term: t("visit.room.registered"), value: room.registered },
          ...WORKPLACE_STATES.map((state) => ({
            term: t(`visit.state.${state}`),
            value: (
              <span data-testid={`visit-state-${state}`} data-value={room[state]}>
                {room[state]}
              </span>
            ),
          })),
          { term: t("visit.room.paused"), value: room.paused },
          { term: t("visit.room.sheets"), value: t("visit.room.sheetsValue", { ...room.sheets }) },
        ]}
      />
      <p className={styles.quiet}>{t("visit.room.here")}</p>
    </Panel>
  );
}

export function Workplaces({ rubric, room, workplaces, nameOf, clock }: WorkplacesProps) {
  const t = useText();
  const [only, setOnly] = useState<WorkplaceState | typeof ALL>(ALL);
  const shown = workplaces
    .filter(({ state }) => only === ALL || state === only)
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.candidate.no - b.candidate.no);
  return (
    <Panel
      title={t("visit.workplaces.title")}
      aside={
        <Select
          label={t("visit.workplaces.only")}
          hideLabel
          choices={[
            { value: ALL, label: t("visit.workplaces.all") },
            ...WORKPLACE_STATES.filter((state) => room[state] > 0).map((state) => ({
              value: state,
              label: t(`visit.state.${state}`),
            })),
          ]}
          value={only}
          onChange={setOnly}
          data-testid="visit-only"
        />
      }
    >
      {clock((now) => (
        <Table
          label={t("visit.workplaces.title")}
          maxHeight="half"
          data-testid="visit-workplaces"
          rows={shown.slice(0, LISTED_AT_MOST)}
          rowKey={({ candidate }) => candidate.ref}
          rowTone={({ paused }) => (paused > 0 ? "attention" : null)}
          columns={[
            {
              key: "candidate",
              heading: t("visit.workplaces.candidate"),
              isRowHeader: true,
              cell: ({ candidate }) => nameOf(candidate),
            },
            {
              key: "rotation",
              heading: t("visit.workplaces.rotation"),
              cell: ({ candidate }) => t("marking.rotation", { count: candidate.rotation }),
            },
            {
              key: "state",
              heading: t("visit.workplaces.state"),
              cell: ({ state }) => <StateOf state={state} />,
            },
            {
              key: "sheets",
              heading: t("visit.workplaces.sheets"),
              align: "end",
              cell: ({ signed, expected }) => `${String(signed)} / ${String(expected)}`,
            },
            {
              key: "time",
              heading: t("visit.workplaces.time"),
              cell: (place) => <Stack gap={1}>{timesOf(t, place, rubric, now)}</Stack>,
            },
          ]}
        />
      ))}
      {shown.length > LISTED_AT_MOST ? (
        <p>{t("visit.workplaces.more", { count: shown.length - LISTED_AT_MOST })}</p>
      ) : null}
    </Panel>
  );
}

function StateOf({ state }: { readonly state: WorkplaceState }) {
  const t = useText();
  const kind = state === "signed" ? "done" : state === "marking" ? "action" : "neutral";
  return <Pill kind={kind}>{t(`visit.state.${state}`)}</Pill>;
}

/** Of every open sheet: examiners begin one after another, and a pause is of one sheet. */
function timesOf(t: Text, { open }: Workplace, rubric: Rubric, now: ClockReading | null): ReactNode[] {
  if (now === null) return [];
  return open.map((sheet) => {
    const { usedMs, paused } = sheetTime(sheet, now);
    return (
      <span key={sheet.id}>
        {t("visit.workplaces.timeOf", { used: begunMinutes(usedMs), minutes: rubric.minutes })}
        {paused ? (
          <>
            {" · "}
            <strong>
              {t("visit.workplaces.paused", {
                since: formatTime(paused.from.wall, t.locale),
                reason: pauseText(t, paused.reason),
              })}
            </strong>
          </>
        ) : null}
      </span>
    );
  });
}
