// One press beside the sheet calls the panel leader to this candidate; until somebody answers, the button says so.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import { panelLeaderOf, type Sheet } from "#shared/exam";
import { openCalls } from "#shared/journal";
import { appendIntents } from "../../bridge/index.ts";
import { formatTime, refusalText, useText } from "../../i18n/index.ts";
import { useCalls, useSitting, useStore } from "../../store/index.ts";
import { OfferedButton } from "../../ui/index.ts";

export function CallLeader({ sheet }: { readonly sheet: Sheet }) {
  const t = useText();
  const store = useStore();
  const sitting = useSitting(sheet.sitting);
  const calls = useCalls() ?? [];
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (!sitting || panelLeaderOf(sitting) === sheet.examiner) return null;
  const own = calls.filter(
    ({ candidate, caller }) => candidate === sheet.candidate && caller === sheet.examiner,
  );
  const [open] = openCalls(own, sheet.sitting);
  const answered = own.findLast(({ answer }) => answer !== null)?.answer;
  const call = async () => {
    const written = await appendIntents([
      { kind: "leader.call", sitting: sheet.sitting, candidate: sheet.candidate },
    ]);
    const taken = written.ok ? await store.takeIn(written.value.entries) : written;
    setRefusal(taken.ok ? null : taken.error);
  };
  const note = refusal
    ? refusalText(t, refusal)
    : open
      ? t("marking.call.since", { time: formatTime(open.at.wall, t.locale) })
      : answered
        ? t("marking.call.answered", { time: formatTime(answered.at.wall, t.locale), text: answered.text })
        : null;
  return (
    <OfferedButton
      wide
      isDisabled={open !== undefined}
      note={note}
      onPress={() => void call()}
      data-testid="call-leader"
    >
      {t(open ? "marking.call.called" : "marking.call.call")}
    </OfferedButton>
  );
}
