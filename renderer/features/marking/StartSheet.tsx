// A candidate without a sheet: start marking, or, for the panel leader, record the absence. Starting is an act of its
// own, because it records the time.
import { useState } from "react";
import type { Refusal, SittingId } from "#shared/base";
import type { Rubric } from "#shared/exam";
import type { CandidateRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { ConfirmDialog, Notice, OfferedButton, Stack } from "../../ui/index.ts";
import styles from "./Marking.module.css";
import type { WriteIntent } from "./sheet-acts.ts";
import { SheetHead } from "./SheetHead.tsx";
import { useDeskKeys } from "./use-desk-keys.ts";

export interface StartSheetProps {
  readonly sitting: SittingId;
  readonly candidate: CandidateRow;
  readonly rubric: Rubric;
  /** This examiner declared a conflict with this candidate. */
  readonly isAside: boolean;
  /** The sitting checks its candidates in, and this one is not: whoever starts is asked first, and may. */
  readonly unchecked: "missing" | "mismatched" | null;
  readonly mayRecordAbsence: boolean;
  readonly write: WriteIntent;
  readonly onNeighbour: (by: 1 | -1) => void;
}

export function StartSheet(props: StartSheetProps) {
  const { sitting, candidate, rubric, isAside, unchecked, mayRecordAbsence, write, onNeighbour } = props;
  const t = useText();
  const store = useStore();
  const [busy, setBusy] = useState<"starting" | "absence" | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const start = async () => {
    if (busy) return;
    setBusy("starting");
    const started = await write({ kind: "sheet.open", sitting, candidate: candidate.ref });
    setRefusal(started.ok ? started.value.behind : started.error);
    setBusy(null);
  };
  const ask = () => {
    if (unchecked === null) void start();
    else setAsked(true);
  };
  const recordAbsence = async () => {
    setBusy("absence");
    const asked = await bridge.call("attendance.requestAbsence", { sitting, candidate: candidate.ref });
    const taken = asked.ok ? await store.catchUp() : asked;
    setRefusal(taken.ok ? null : taken.error);
    setBusy(null);
  };
  useDeskKeys(busy !== "absence" && !isAsked, ({ kind }) => {
    if (kind === "candidateUp" || kind === "candidateDown") onNeighbour(kind === "candidateUp" ? -1 : 1);
    else if (kind === "enter" && !candidate.absence && !isAside) ask();
    else return false;
    return true;
  });

  return (
    <div className={styles.sheet}>
      <SheetHead candidate={candidate} rubric={rubric} />
      {refusal ? (
        <Notice kind={refusalKind(refusal)} title={refusalText(t, refusal)} data-testid="start-refused" />
      ) : null}
      {candidate.absence ? (
        <Notice
          title={t("marking.isAbsent")}
          safe={t("marking.isAbsentLead")}
          announce="never"
          data-testid="is-absent"
        />
      ) : isAside ? (
        <Notice
          title={t("marking.isAside")}
          safe={t("marking.isAsideLead")}
          announce="never"
          data-testid="stands-aside"
        />
      ) : (
        <div className={styles.start}>
          <p className={styles.quiet}>{t("marking.notStarted")}</p>
          <Stack direction="row" gap={3} align="start">
            <OfferedButton
              kind="primary"
              size="large"
              keyHint="↵"
              autoFocus
              busy={busy === "starting"}
              note={t("marking.startNote")}
              onPress={ask}
              data-testid="sheet-start"
            >
              {t("marking.start")}
            </OfferedButton>
            {mayRecordAbsence ? (
              <OfferedButton
                size="large"
                busy={busy === "absence"}
                busyText={t("marking.signing")}
                note={t("marking.absentNote")}
                onPress={() => void recordAbsence()}
                data-testid="candidate-absent"
              >
                {t("marking.absent")}
              </OfferedButton>
            ) : null}
          </Stack>
          {unchecked === null ? null : (
            <ConfirmDialog
              isOpen={isAsked}
              title={t(`marking.unchecked.${unchecked}`, { who: candidate.name })}
              confirmLabel={t("marking.unchecked.start")}
              cancelLabel={t("common.cancel")}
              onCancel={() => setAsked(false)}
              onConfirm={() => {
                setAsked(false);
                void start();
              }}
              data-testid="unchecked"
            >
              {t("marking.unchecked.lead")}
            </ConfirmDialog>
          )}
        </div>
      )}
    </div>
  );
}
