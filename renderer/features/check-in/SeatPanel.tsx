// Workplaces by lot: locked first, then drawn with a value that somebody in the room names; secret, value and way are shown for whoever
// draws it again.
import { useState } from "react";
import type { HashId, Refusal, Result } from "#shared/base";
import { DrawValue, type SeatDraw } from "#shared/exam";
import { placeOf, type CandidateRow, type PersonRow, type SittingRow } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { candidateName, formatTime, personName, refusalNotice, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import {
  ConfirmDialog,
  Facts,
  Notice,
  OfferedButton,
  Panel,
  Stack,
  Table,
  TextField,
} from "../../ui/index.ts";

export interface SeatPanelProps {
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
  readonly people: readonly PersonRow[];
}

export function SeatPanel({ sitting, candidates, people }: SeatPanelProps) {
  const t = useText();
  const store = useStore();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { seatDraw, from } = sitting;
  const act = async (asked: Promise<Result<unknown, Refusal>>) => {
    setBusy(true);
    const done = await asked;
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    setRefusal(taken.ok ? null : taken.error);
  };
  const notice = refusalNotice(t, refusal);
  return (
    <Panel title={t("checkIn.seats.title")} data-testid="seats">
      <Stack gap={4}>
        {notice ? <Notice {...notice} announce="now" data-testid="seats-refused" /> : null}
        {seatDraw?.drawn ? (
          <Drawn {...{ candidates, people }} draw={seatDraw} drawn={seatDraw.drawn} />
        ) : from !== null ? (
          <p>{t("checkIn.seats.elsewhere")}</p>
        ) : seatDraw ? (
          <ToDraw
            {...{ busy, people, seatDraw }}
            onDraw={(value) => void act(bridge.call("seats.draw", { sitting: sitting.id, value }))}
          />
        ) : (
          <>
            <p>{t("checkIn.seats.lead")}</p>
            <Stack direction="row">
              <OfferedButton
                busy={busy}
                onPress={() => void act(bridge.call("seats.commit", { sitting: sitting.id }))}
                data-testid="seats-commit"
              >
                {t("checkIn.seats.commit")}
              </OfferedButton>
            </Stack>
          </>
        )}
      </Stack>
    </Panel>
  );
}

function ToDraw(props: {
  readonly seatDraw: SeatDraw;
  readonly people: readonly PersonRow[];
  readonly busy: boolean;
  readonly onDraw: (value: string) => void;
}) {
  const { seatDraw, people, busy, onDraw } = props;
  const t = useText();
  const [text, setText] = useState("");
  const [isAsked, setAsked] = useState(false);
  const value = DrawValue.safeParse(text.trim());
  const ask = () => {
    if (value.success) setAsked(true);
  };
  return (
    <>
      <p>{t("checkIn.seats.committed")}</p>
      <Facts facts={committedFacts(t, seatDraw, people)} />
      <Stack gap={3} align="start">
        <TextField
          label={t("checkIn.seats.value")}
          description={t("checkIn.seats.valueHint")}
          value={text}
          onChange={setText}
          maxLength={64}
          onEnter={ask}
          data-testid="seats-value"
        />
        <OfferedButton
          kind="primary"
          busy={busy}
          isDisabled={!value.success}
          onPress={ask}
          data-testid="seats-draw"
        >
          {t("checkIn.seats.draw")}
        </OfferedButton>
      </Stack>
      <ConfirmDialog
        isOpen={isAsked}
        title={t("checkIn.seats.sure", { value: text.trim() })}
        confirmLabel={t("checkIn.seats.draw")}
        cancelLabel={t("common.cancel")}
        onCancel={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false);
          if (value.success) onDraw(value.data);
        }}
        data-testid="seats-sure"
      >
        {t("checkIn.seats.once")}
      </ConfirmDialog>
    </>
  );
}

function Drawn(props: {
  readonly draw: SeatDraw;
  readonly drawn: NonNullable<SeatDraw["drawn"]>;
  readonly candidates: readonly CandidateRow[];
  readonly people: readonly PersonRow[];
}) {
  const { draw, drawn, candidates, people } = props;
  const t = useText();
  const seated = candidates
    .map((candidate) => ({ candidate, place: placeOf(candidate) }))
    .sort(
      (a, b) => a.candidate.rotation - b.candidate.rotation || (a.place ?? Infinity) - (b.place ?? Infinity),
    );
  return (
    <>
      <Facts
        facts={[
          ...committedFacts(t, draw, people),
          { term: t("checkIn.seats.value"), value: drawn.value },
          { term: t("checkIn.seats.secret"), value: drawn.secret },
          {
            term: t("checkIn.seats.drawn"),
            value: t("checkIn.by", {
              at: formatTime(drawn.at.wall, t.locale),
              name: personName(people, drawn.by),
            }),
          },
        ]}
      />
      <p>{t("checkIn.seats.again")}</p>
      <Table
        label={t("checkIn.seats.title")}
        maxHeight="half"
        rows={seated}
        rowKey={({ candidate }) => candidate.ref}
        data-testid="seats-list"
        columns={[
          {
            key: "rotation",
            heading: t("checkIn.rotation"),
            narrow: true,
            cell: ({ candidate }) => String(candidate.rotation),
          },
          {
            key: "place",
            heading: t("checkIn.place"),
            narrow: true,
            cell: ({ place }) => place ?? t("checkIn.noPlace"),
          },
          {
            key: "who",
            heading: t("room.candidate"),
            isRowHeader: true,
            cell: ({ candidate }) => candidateName(candidate),
          },
        ]}
      />
    </>
  );
}

function committedFacts(
  t: ReturnType<typeof useText>,
  { commitment, committed }: SeatDraw,
  people: readonly PersonRow[],
) {
  return [
    { term: t("checkIn.seats.commitment"), value: <Commitment hash={commitment} /> },
    {
      term: t("checkIn.seats.locked"),
      value: t("checkIn.by", {
        at: formatTime(committed.at.wall, t.locale),
        name: personName(people, committed.by),
      }),
    },
  ];
}

/** Its stamp is read out; the whole of it is for whoever checks. */
function Commitment({ hash }: { readonly hash: HashId }) {
  return (
    <>
      <strong>{stampOf(hash).code}</strong> {hash}
    </>
  );
}
