// The time of every open sheet of a sitting on this laptop at once: what the leader does when the power fails, and an examiner for their
// own. Nothing of the sheets is shown but how many there are.
import { useState } from "react";
import { panelLeaderOf } from "#shared/exam";
import { clocksOf, type CandidateRow, type PersonRow, type SittingRow } from "#shared/journal";
import { refusalText, useText } from "../../../i18n/index.ts";
import { useSheets, useTranscriptions } from "../../../store/index.ts";
import { Facts, Notice, OfferedButton, Panel, Stack } from "../../../ui/index.ts";
import { PauseDialog } from "./PauseDialog.tsx";
import { usePausing } from "./use-pausing.ts";

export interface SittingClocksProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
}

export function SittingClocks({ me, sitting, candidates }: SittingClocksProps) {
  const t = useText();
  const sheets = useSheets(sitting.id);
  const pausing = usePausing();
  const [isAsking, setAsking] = useState(false);
  const papers = useTranscriptions();
  if (!sheets || !papers) return null;
  const { running, paused } = clocksOf(sitting, me.id, sheets, candidates, papers);
  if (running.length + paused.length === 0) return null;
  return (
    <Panel title={t("pause.room.title")} data-testid="room-clocks">
      <Stack gap={3}>
        {panelLeaderOf(sitting) === me.id ? <p>{t("pause.room.lead")}</p> : null}
        {pausing.refusal && !isAsking ? (
          <Notice
            kind="danger"
            announce="now"
            title={refusalText(t, pausing.refusal)}
            data-testid="clocks-refused"
          />
        ) : null}
        <Facts
          kind="figures"
          facts={[
            { term: t("pause.room.running"), value: running.length },
            { term: t("pause.room.paused"), value: paused.length },
          ]}
        />
        <Stack direction="row" gap={3}>
          <OfferedButton
            isDisabled={running.length === 0}
            onPress={() => setAsking(true)}
            data-testid="pause-all"
          >
            {t("pause.room.pauseAll")}
          </OfferedButton>
          <OfferedButton
            isDisabled={paused.length === 0}
            busy={pausing.isBusy}
            onPress={() => void pausing.resume(paused)}
            data-testid="resume-all"
          >
            {t("pause.resumeAll", { count: paused.length })}
          </OfferedButton>
        </Stack>
      </Stack>
      {isAsking ? (
        <PauseDialog
          others={null}
          pausing={pausing}
          onClose={() => {
            pausing.forget();
            setAsking(false);
          }}
          onPause={(reason) =>
            void pausing.pause(running, reason).then((isDone) => {
              if (isDone) setAsking(false);
            })
          }
        />
      ) : null}
    </Panel>
  );
}
