// Who called the leader, and what came of it. An answer is one press; words may stand beside it.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import { type CallRow, type CandidateRow, type SittingRow } from "#shared/journal";
import { appendIntents } from "../../bridge/index.ts";
import { formatTime, refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { useCalls, useStore } from "../../store/index.ts";
import { Button, Notice, Panel, Pill, Table, TextField } from "../../ui/index.ts";
import type { Names } from "./names.ts";

export interface CallsProps {
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
  readonly names: Names;
  /** False where they are only read. */
  readonly mayAnswer: boolean;
}

export function Calls({ sitting, candidates, names, mayAnswer }: CallsProps) {
  const t = useText();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const rows = (useCalls() ?? []).filter((call) => call.sitting === sitting.id);
  if (rows.length === 0) return null;
  return (
    <Panel title={t("room.calls.title")} data-testid="room-calls">
      {refusal ? (
        <Notice kind={refusalKind(refusal)} title={refusalText(t, refusal)} data-testid="call-refused" />
      ) : null}
      <Table
        label={t("room.calls.title")}
        rows={rows}
        rowKey={({ id }) => id}
        rowTone={({ answer }) => (answer ? null : "attention")}
        columns={[
          { key: "at", heading: t("room.at"), narrow: true, cell: ({ at }) => formatTime(at.wall, t.locale) },
          {
            key: "candidate",
            heading: t("room.candidate"),
            isRowHeader: true,
            cell: (call) => {
              const candidate = candidates.find(({ ref }) => ref === call.candidate);
              return candidate ? names.candidate(candidate) : "";
            },
          },
          { key: "caller", heading: t("room.calls.caller"), cell: ({ caller }) => names.person(caller) },
          {
            key: "state",
            heading: t("room.calls.state"),
            cell: (call) =>
              call.answer ? (
                <>
                  <Pill kind="done">
                    {t("room.calls.answered", { name: names.person(call.answer.person) })}
                  </Pill>{" "}
                  {call.answer.text}
                </>
              ) : mayAnswer ? (
                <Answer call={call} onRefused={setRefusal} />
              ) : (
                <Pill kind="attention">{t("room.calls.waiting")}</Pill>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function Answer({
  call,
  onRefused,
}: {
  readonly call: CallRow;
  readonly onRefused: (why: Refusal | null) => void;
}) {
  const t = useText();
  const store = useStore();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const answer = async () => {
    if (busy) return;
    setBusy(true);
    const written = await appendIntents([{ kind: "call.answer", call: call.id, text }]);
    const taken = written.ok ? await store.takeIn(written.value.entries) : written;
    setBusy(false);
    onRefused(taken.ok ? null : taken.error);
  };
  return (
    <>
      <TextField
        label={t("room.calls.text")}
        value={text}
        onChange={setText}
        maxLength={200}
        onEnter={() => void answer()}
        data-testid="call-text"
      />
      <Button busy={busy} onPress={() => void answer()} data-testid="call-answer">
        {t("room.calls.answer")}
      </Button>
    </>
  );
}
