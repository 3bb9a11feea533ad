// Paper sheets of this laptop: which are being typed, who is next, and the desk where one is typed.
import { useState } from "react";
import type { Refusal, SheetId } from "#shared/base";
import { hasRole, type Transcription } from "#shared/exam";
import {
  areNamesShown,
  everOnPanel,
  sideOf,
  stateOf,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { appendIntents } from "../../../bridge/index.ts";
import { personName, refusalKind, refusalText, shownName, useText } from "../../../i18n/index.ts";
import {
  useAllCandidates,
  usePeople,
  useRubric,
  useSittings,
  useStore,
  useTranscriptions,
} from "../../../store/index.ts";
import { Button, EmptyState, Notice, Page, Panel, Pill, Stack, Table } from "../../../ui/index.ts";
import styles from "../Marking.module.css";
import { numbered } from "../numbered.ts";
import { throughJournal } from "../sheet-acts.ts";
import { BeginPaper } from "./BeginPaper.tsx";
import { GiveUpDialog } from "./GiveUpDialog.tsx";
import { PaperDesk } from "./PaperDesk.tsx";

export interface TranscriptionsProps {
  readonly me: PersonRow;
  /** The one on the desk. */
  readonly sheet: SheetId | null;
  readonly onSheet: (sheet: SheetId | null) => void;
  readonly onLeave: () => void;
}

export function Transcriptions({ me, sheet, onSheet, onLeave }: TranscriptionsProps) {
  const t = useText();
  const store = useStore();
  const rows = useTranscriptions();
  const sittings = useSittings();
  const candidates = useAllCandidates();
  const people = usePeople();
  const [write] = useState(() => throughJournal(appendIntents, (entries) => store.takeIn(entries)));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [givingUp, setGivingUp] = useState<Transcription | null>(null);
  const open = rows?.find(({ id }) => id === sheet);
  const rubric = useRubric(open?.rubric ?? null)?.rubric;
  if (!rows || !sittings || !candidates || !people) return null;
  const nameOf = (person: PersonRow["id"]) => personName(people, person);
  const isShown = (row: Transcription) => {
    const sitting = sittings.find(({ id }) => id === row.sitting);
    return sitting !== undefined && areNamesShown(sitting);
  };
  const found = candidates.find(({ ref }) => ref === open?.candidate);
  const candidate = found && open && !isShown(open) ? numbered(found, t) : found;
  const side = open && sideOf(open, me.id);
  const isTyping = open && side && (side.done === null || stateOf(open) === "comparing");
  if (isTyping && rubric && candidate && stateOf(open) !== "written" && stateOf(open) !== "dropped")
    return (
      <div className={styles.paperDesk}>
        <PaperDesk
          key={`${open.id} ${String(open.returned.length)} ${stateOf(open)}`}
          {...{ row: open, side, rubric, candidate, nameOf, write }}
          onLeave={() => onSheet(null)}
        />
      </div>
    );
  const shown = rows.filter((row) => stateOf(row) !== "dropped" && isShownTo(me, row, sittings));
  const join = async (row: Transcription) => {
    const joined = await write({ kind: "transcription.join", sheet: row.id });
    setRefusal(joined.ok ? joined.value.behind : joined.error);
    if (joined.ok) onSheet(row.id);
  };
  const whose = (row: Transcription) => {
    const found = candidates.find(({ ref }) => ref === row.candidate);
    return found ? shownName(t, found, isShown(row)) : "";
  };
  return (
    <Page
      title={t("transcription.title")}
      lead={t("transcription.lead")}
      actions={<Button onPress={onLeave}>{t("closing.back")}</Button>}
      data-testid="transcriptions"
    >
      {open && side && stateOf(open) === "second" ? (
        <Notice
          kind="done"
          announce="politely"
          title={t("transcription.handedOver", { name: whose(open) })}
          next={t("transcription.handedOverNext")}
          data-testid="paper-handed-over"
        />
      ) : null}
      {open && stateOf(open) === "written" ? (
        <Notice
          kind="done"
          announce="politely"
          title={t("transcription.written", { name: whose(open) })}
          next={t("transcription.writtenNext", { name: nameOf(open.examiner) })}
          data-testid="paper-written"
        />
      ) : null}
      {refusal ? <Notice kind={refusalKind(refusal)} announce="now" title={refusalText(t, refusal)} /> : null}
      <Panel title={t("transcription.list")}>
        <Table
          label={t("transcription.list")}
          data-testid="paper-list"
          rows={shown}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t("transcription.none")}>{t("transcription.noneLead")}</EmptyState>}
          columns={[
            {
              key: "candidate",
              heading: t("room.candidate"),
              isRowHeader: true,
              cell: whose,
            },
            { key: "examiner", heading: t("transcription.examiner"), cell: (row) => nameOf(row.examiner) },
            {
              key: "typists",
              heading: t("transcription.typists"),
              cell: ({ sides }) =>
                sides.map(({ person }) => nameOf(person)).join(t.locale === "en" ? ", " : "、"),
            },
            {
              key: "state",
              heading: t("transcription.stateHeading"),
              cell: (row) => (
                <Pill kind={stateOf(row) === "written" ? "done" : "attention"}>
                  {t(`transcription.state.${stateOf(row)}`)}
                </Pill>
              ),
            },
            {
              key: "act",
              heading: t("transcription.next"),
              cell: (row) => (
                <Acts
                  {...{ me, row }}
                  onOpen={() => onSheet(row.id)}
                  onJoin={() => void join(row)}
                  onGiveUp={() => setGivingUp(row)}
                />
              ),
            },
          ]}
        />
      </Panel>
      <BeginPaper people={people} onBegun={onSheet} />
      {givingUp ? (
        <GiveUpDialog
          title={t("transcription.dropTitle", { name: whose(givingUp) })}
          lead={t("transcription.dropLead")}
          act={t("transcription.drop")}
          testId="paper-drop"
          onAct={(reason) => write({ kind: "transcription.drop", sheet: givingUp.id, reason })}
          onClose={() => setGivingUp(null)}
        />
      ) : null}
    </Page>
  );
}

function Acts(props: {
  readonly me: PersonRow;
  readonly row: Transcription;
  readonly onOpen: () => void;
  readonly onJoin: () => void;
  readonly onGiveUp: () => void;
}) {
  const { me, row, onOpen, onJoin, onGiveUp } = props;
  const t = useText();
  const state = stateOf(row);
  const side = sideOf(row, me.id);
  if (state === "written") return null;
  return (
    <Stack direction="row" gap={2}>
      {side && state === "comparing" ? (
        <Button kind="primary" onPress={onOpen} data-testid="paper-compare">
          {t("transcription.compare")}
        </Button>
      ) : side?.done === null ? (
        <Button kind="primary" onPress={onOpen} data-testid="paper-go-on">
          {t("transcription.goOn")}
        </Button>
      ) : !side && row.sides.length === 1 ? (
        <Button kind="primary" onPress={onJoin} data-testid="paper-join">
          {t("transcription.join")}
        </Button>
      ) : null}
      {side || hasRole(me, "administrator") ? (
        <Button onPress={onGiveUp} data-testid="paper-give-up">
          {t("transcription.drop")}
        </Button>
      ) : null}
    </Stack>
  );
}

/** R45: Whoever marks or marked there types none of it, and sees none of it before it is their turn. */
function isShownTo(me: PersonRow, row: Transcription, sittings: readonly SittingRow[]): boolean {
  const sitting = sittings.find(({ id }) => id === row.sitting);
  return sitting !== undefined && !everOnPanel(sitting).includes(me.id);
}
