// The fire drill: begun here, left alone while it runs, signed for in main's window; then the sheet, to keep or to print.
import { useState } from "react";
import { DRILL_STEPS, isHeld } from "#shared/exam";
import type { DrillDescription } from "#shared/ipc";
import type { CentreRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText } from "../../i18n/index.ts";
import {
  EmptyState,
  Notice,
  OfferedButton,
  Page,
  Panel,
  ProgressBar,
  Stack,
  useMessages,
} from "../../ui/index.ts";
import { Sheet } from "./Sheet.tsx";
import { linesOf } from "./steps.ts";
import { StepTable } from "./StepTable.tsx";
import { useDrill, useReadinessHere } from "./use-drill.ts";

export interface DrillProps {
  readonly centre: CentreRow;
  readonly build: string;
  readonly onLeave: () => void;
}

export function Drill({ centre, build, onLeave }: DrillProps) {
  const t = useText();
  const drill = useDrill();
  const here = useReadinessHere(centre, build);
  const act = useActs();
  if (!drill || !here) return null;
  const isRunning = drill.state === "running";
  return (
    <Page
      title={t("drill.title")}
      lead={t("drill.lead")}
      actions={
        <OfferedButton kind="quiet" onPress={onLeave} data-testid="drill-leave">
          {t("drill.back")}
        </OfferedButton>
      }
      data-testid="drill"
    >
      {isRunning ? <Running drill={drill} onStop={act.stop} /> : null}
      {drill.state === "finished" ? <Finished drill={drill} act={act} /> : null}
      {drill.state === "stopped" ? (
        <Notice kind="info" title={t("drill.stopped")} data-testid="drill-stopped" />
      ) : null}
      {isRunning || drill.state === "finished" ? null : here.drill ? (
        <>
          <Sheet drill={here.drill} centre={centre} state={here.state} validDays={here.validDays} />
          <Stack direction="row" justify="end">
            <OfferedButton
              busy={act.busy === "pdf"}
              busyText={t("drill.savingPdf")}
              onPress={act.savePdf}
              data-testid="drill-pdf"
            >
              {t("drill.savePdf")}
            </OfferedButton>
            <OfferedButton kind="primary" onPress={act.start} data-testid="drill-start">
              {t("drill.again")}
            </OfferedButton>
          </Stack>
        </>
      ) : (
        <EmptyState
          title={t("drill.neverTitle")}
          action={
            <OfferedButton kind="primary" onPress={act.start} data-testid="drill-start">
              {t("drill.start")}
            </OfferedButton>
          }
        >
          <p>{t("drill.never")}</p>
          <p>{t(drill.hasStick ? "drill.stick" : "drill.noStick")}</p>
        </EmptyState>
      )}
    </Page>
  );
}

function Running({ drill, onStop }: { readonly drill: DrillDescription; readonly onStop: () => void }) {
  const t = useText();
  const done = drill.results.length;
  return (
    <Panel title={t("drill.runningTitle")} data-testid="drill-running">
      <p>{t("drill.runningLead")}</p>
      <ProgressBar
        label={drill.step ? t(`drill.steps.${drill.step}`) : t("drill.runningTitle")}
        value={done}
        max={DRILL_STEPS.length}
        text={t("drill.progress", { at: Math.min(done + 1, DRILL_STEPS.length), of: DRILL_STEPS.length })}
      />
      <StepTable lines={linesOf(drill)} />
      <Stack direction="row" justify="end">
        <OfferedButton onPress={onStop} data-testid="drill-stop">
          {t("drill.stop")}
        </OfferedButton>
      </Stack>
    </Panel>
  );
}

function Finished({ drill, act }: { readonly drill: DrillDescription; readonly act: Acts }) {
  const t = useText();
  const held = isHeld(drill.results);
  const short = drill.results.filter(({ result }) => result === "short").length;
  return (
    <Panel data-testid="drill-finished">
      <Notice
        kind={held ? "done" : "attention"}
        title={held ? t("drill.finishedHeld") : t("drill.finishedShort", { count: short })}
      />
      <StepTable lines={linesOf(drill)} />
      <p>{t("drill.modelledNote")}</p>
      <Stack direction="row" justify="end">
        <OfferedButton onPress={act.start} isDisabled={act.busy !== null} data-testid="drill-start">
          {t("drill.again")}
        </OfferedButton>
        <OfferedButton
          kind="primary"
          busy={act.busy === "sign"}
          busyText={t("drill.waitingSign")}
          onPress={act.sign}
          data-testid="drill-sign"
        >
          {t(held ? "drill.sign" : "drill.signResult")}
        </OfferedButton>
      </Stack>
    </Panel>
  );
}

type Acts = ReturnType<typeof useActs>;

function useActs() {
  const t = useText();
  const messages = useMessages();
  const [busy, setBusy] = useState<"sign" | "pdf" | null>(null);
  const tell = async (name: "drill.start" | "drill.stop") => {
    const told = await bridge.call(name, {});
    if (!told.ok) messages.show("danger", refusalText(t, told.error));
  };
  const sign = async () => {
    setBusy("sign");
    const signed = await bridge.call("drill.sign", {});
    setBusy(null);
    if (signed.ok) messages.show("done", t("drill.signed"));
    else messages.show("danger", refusalText(t, signed.error));
  };
  const savePdf = async () => {
    setBusy("pdf");
    const saved = await bridge.call("drill.savePdf", {});
    setBusy(null);
    if (!saved.ok) messages.show("danger", refusalText(t, saved.error));
    else if (saved.value.fileName !== undefined)
      messages.show("done", t("drill.saved", { file: saved.value.fileName }));
  };
  return {
    busy,
    start: () => void tell("drill.start"),
    stop: () => void tell("drill.stop"),
    sign: () => void sign(),
    savePdf: () => void savePdf(),
  };
}
