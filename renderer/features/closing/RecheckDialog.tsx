// A recheck (复核申请): the day it was asked for and two people who had no part in it. The rules speak while it is filled in; both
// sign, and what they found is kept beside what was published (R54, R55).
import { useEffect, useState } from "react";
import { fractionToText, Day, InstantMs, instantToDay, type PersonId, type Refusal } from "#shared/base";
import type { CandidateRow, SittingRow } from "#shared/journal";
import type { OutputOf, WindowChannels } from "#shared/ipc";
import { isOnPanel } from "#shared/exam";
import { bridge } from "../../bridge/index.ts";
import { blockedText, findingText, personName, refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { usePeople, useStore } from "../../store/index.ts";
import { Button, Dialog, Notice, Pill, Select, Stack, TextField } from "../../ui/index.ts";
import styles from "./Closing.module.css";

export interface RecheckDialogProps {
  readonly sitting: SittingRow;
  readonly candidate: CandidateRow;
  readonly onClose: () => void;
}

type Review = OutputOf<WindowChannels["recheck.review"]>;

export function RecheckDialog({ sitting, candidate, onClose }: RecheckDialogProps) {
  const t = useText();
  const store = useStore();
  const people = usePeople() ?? [];
  const [typedDay, setTypedDay] = useState(() => String(instantToDay(InstantMs.parse(Date.now()))));
  const [checkers, setCheckers] = useState<readonly [PersonId | null, PersonId | null]>([null, null]);
  const [review, setReview] = useState<Review | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const day = Day.safeParse(typedDay.trim());
  const [first, second] = checkers;
  const asked =
    day.success && first !== null && second !== null
      ? JSON.stringify({ candidate: candidate.ref, submittedOn: day.data, checkers: [first, second] })
      : null;
  useEffect(() => {
    if (asked === null) return;
    let isCurrent = true;
    void bridge.call("recheck.review", JSON.parse(asked) as Question).then((reviewed) => {
      if (!isCurrent) return;
      setReview(reviewed.ok ? reviewed.value : null);
      setRefusal(reviewed.ok ? null : reviewed.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [asked]);

  const shown = asked === null ? null : review;
  const isBlocked = shown?.findings.some(({ severity }) => severity === "block") ?? true;
  const nameOf = (id: PersonId) => personName(people, id);
  const offered = people.filter(({ id, ended }) => ended === null && !isOnPanel(sitting, id));
  const record = async () => {
    if (asked === null) return;
    setBusy(true);
    const recorded = await bridge.call("recheck.record", JSON.parse(asked) as Question);
    const taken = recorded.ok ? await store.catchUp() : recorded;
    setBusy(false);
    if (taken.ok) onClose();
    else setRefusal(taken.error);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("closing.recheck.title", { name: candidate.name })}
      lead={t("closing.recheck.lead")}
      data-testid="recheck-dialog"
      actions={
        <>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button
            kind="primary"
            isDisabled={isBlocked}
            busy={busy}
            busyText={t("closing.sealing")}
            onPress={() => void record()}
            data-testid="recheck-record"
          >
            {t("closing.recheck.record")}
          </Button>
        </>
      }
    >
      <Stack gap={4}>
        <TextField
          label={t("closing.recheck.day")}
          value={typedDay}
          onChange={setTypedDay}
          inputMode="numeric"
          error={day.success ? undefined : t("roster.badDay")}
          data-testid="recheck-day"
        />
        {([0, 1] as const).map((at) => (
          <Select
            key={at}
            label={t("closing.recheck.checker", { n: at + 1 })}
            choices={offered.map(({ id, name }) => ({ value: id, label: name }))}
            value={checkers[at]}
            onChange={(person) => setCheckers(at === 0 ? [person, second] : [first, person])}
            data-testid={`recheck-checker-${String(at + 1)}`}
          />
        ))}
        {shown ? (
          <ul className={styles.findings} aria-live="polite">
            {shown.findings.map((finding) => (
              <li
                key={JSON.stringify(finding)}
                data-testid="recheck-finding"
                data-code={finding.code}
                data-severity={finding.severity}
              >
                <Pill kind={finding.severity === "info" ? "neutral" : "attention"}>{finding.rule}</Pill>
                <span>
                  {findingText(t, {
                    ...finding,
                    facts: {
                      ...finding.facts,
                      ...(typeof finding.facts["person"] === "string"
                        ? { person: nameOf(finding.facts["person"] as PersonId) }
                        : {}),
                    },
                  })}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        {shown?.result ? (
          <p data-testid="recheck-result" data-finding={shown.result.finding}>
            {t(`closing.recheck.${shown.result.finding}`, {
              mark: shown.result.mark ? fractionToText(shown.result.mark, 2) : "—",
            })}
          </p>
        ) : null}
        {refusal ? (
          <Notice
            kind={refusalKind(refusal)}
            announce="now"
            title={
              refusal.code === "results.blocked" ? blockedText(t, refusal, nameOf) : refusalText(t, refusal)
            }
            data-testid="recheck-refused"
          />
        ) : null}
      </Stack>
    </Dialog>
  );
}

interface Question {
  readonly candidate: CandidateRow["ref"];
  readonly submittedOn: Day;
  readonly checkers: [PersonId, PersonId];
}
