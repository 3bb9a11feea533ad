// Home: the sittings of this centre, how far each one is, and what the person at the laptop may do there.
import type { ReactNode } from "react";
import type { SittingId } from "#shared/base";
import { hasRole, isOnPanel, panelLeaderOf } from "#shared/exam";
import {
  answersForDay,
  countSitting,
  hasUnsealed,
  incidentsOf,
  leadsCheckIn,
  openCalls,
  qualityOffice,
  sitsAtTable,
  sittingRecords,
  standingRoster,
  type BatchRow,
  type PersonRow,
  type SignedOfSitting,
  type SittingRow,
} from "#shared/journal";
import { formatDay, useText, wordsIn, type Text, personName } from "../../i18n/index.ts";
import {
  useBatches,
  useCalls,
  useCandidates,
  useIncidents,
  usePeople,
  useReviews,
  useRubric,
  useSheets,
  useSittings,
} from "../../store/index.ts";
import { Button, EmptyState, Facts, Meter, Page, Panel, Pill, Stack } from "../../ui/index.ts";

export interface DayProps {
  readonly me: PersonRow;
  readonly onPrepare: () => void;
  readonly onSticks: () => void;
  readonly onPaper: () => void;
  readonly onTranscribe: () => void;
  readonly onPractice: () => void;
  readonly onQuality: () => void;
  readonly onMark: (sitting: SittingId) => void;
  readonly onClose: (sitting: SittingId) => void;
  readonly onRoom: (sitting: SittingId) => void;
  readonly onCheckIn: (sitting: SittingId) => void;
  readonly onBoard: (sitting: SittingId) => void;
  /** The way to the panel's table of a sitting. */
  readonly panel: (sitting: SittingRow) => ReactNode;
  /** The way to the review desk of a sitting, for whoever has one. */
  readonly review: (sitting: SittingRow) => ReactNode;
  /** The way to the room of a sitting for whoever supervises on site, and what was signed there since the last batch. */
  readonly onSite: (sitting: SittingRow) => ReactNode;
  /** What the office sees of this laptop below the sittings. */
  readonly readiness: ReactNode;
}

export function Day(props: DayProps) {
  const {
    me,
    onPrepare,
    onSticks,
    onPaper,
    onTranscribe,
    onPractice,
    onQuality,
    onMark,
    onClose,
    onRoom,
    onCheckIn,
    onBoard,
  } = props;
  const { panel, review, onSite, readiness } = props;
  const t = useText();
  const sittings = useSittings();
  const isAdministrator = hasRole(me, "administrator");
  const prepare = isAdministrator ? (
    <Button kind="primary" onPress={onPrepare} data-testid="day-prepare">
      {t("day.prepare")}
    </Button>
  ) : null;
  return (
    <Page
      title={t("day.title")}
      lead={t("day.lead", { name: me.name })}
      actions={
        <>
          <Button onPress={onSticks} data-testid="day-sticks">
            {t("sticks.open")}
          </Button>
          <Button onPress={onPaper} data-testid="day-paper">
            {t("paper.open")}
          </Button>
          <Button onPress={onTranscribe} data-testid="day-transcribe">
            {t("transcription.open")}
          </Button>
          <Button onPress={onPractice} data-testid="day-practice">
            {t("practice.open")}
          </Button>
          {qualityOffice(me) === null ? null : (
            <Button onPress={onQuality} data-testid="day-quality">
              {t("quality.open")}
            </Button>
          )}
          {sittings && sittings.length > 0 ? prepare : null}
        </>
      }
    >
      {sittings?.length === 0 ? (
        <EmptyState title={t("day.empty")} action={prepare}>
          {isAdministrator ? t("day.emptyAdmin") : t("day.emptyOther")}
        </EmptyState>
      ) : null}
      {sittings?.map((sitting) => (
        <SittingCard
          key={sitting.id}
          sitting={sitting}
          me={me}
          onMark={onMark}
          onClose={onClose}
          onRoom={onRoom}
          onCheckIn={onCheckIn}
          onBoard={onBoard}
          panel={panel}
          review={review}
          onSite={onSite}
        />
      ))}
      {readiness}
    </Page>
  );
}

function SittingCard(
  props: { readonly sitting: SittingRow } & Omit<
    DayProps,
    "onPrepare" | "onSticks" | "onPaper" | "onTranscribe" | "onPractice" | "onQuality" | "readiness"
  >,
) {
  const { sitting, me, onMark, onClose, onRoom, onCheckIn, onBoard, panel, review, onSite } = props;
  const t = useText();
  const rubric = useRubric(sitting.rubric)?.rubric;
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const reviews = useReviews(sitting.id);
  const batches = useBatches(sitting.id);
  const people = usePeople();
  const incidents = useIncidents();
  const calls = useCalls();
  if (!incidents || !calls || !reviews || !batches || !people) return null;
  if (!rubric || !candidates || !sheets) return null;

  const own = incidentsOf(incidents, sitting.id);
  const open = openCalls(calls, sitting.id).length;
  const roster = standingRoster(sittingRecords(sitting, { candidates, sheets, reviews }));
  const { present, absent, withdrawn, unexamined, expected, signed } = countSitting(sitting, roster, sheets);
  const { signed: mine } = countSitting(
    sitting,
    roster,
    sheets.filter(({ examiner }) => examiner === me.id),
  );
  const canMark = isOnPanel(sitting, me.id);
  const standing = standingOf({ sitting, batches, sheets, candidates, reviews, incidents: own });
  return (
    <Panel
      title={t("day.title2", { title: wordsIn(t, rubric.title), level: t(`day.level.${sitting.level}`) })}
      aside={formatDay(sitting.day, t.locale)}
      data-testid={`day-sitting-${sitting.id}`}
    >
      <Stack direction="row" gap={2}>
        {rubric.illustrative ? <Pill kind="attention">{t("day.illustrative")}</Pill> : null}
        {standing === "acknowledged" ? (
          <Pill kind="done">{t("day.acknowledged")}</Pill>
        ) : standing === "sealed" ? (
          <Pill kind="sealed">{t("day.sealed")}</Pill>
        ) : null}
        <span>
          {t("day.panel")} {panelText(sitting, people, t)}
        </span>
      </Stack>
      <Facts
        kind="figures"
        facts={[
          { term: t("day.expected"), value: expected },
          { term: t("day.signed"), value: signed },
          { term: t("day.absent"), value: absent },
          ...(withdrawn > 0 ? [{ term: t("day.left.withdrawn"), value: withdrawn }] : []),
          ...(unexamined > 0 ? [{ term: t("day.left.unexamined"), value: unexamined }] : []),
          { term: t("day.open"), value: Math.max(0, expected - signed) },
        ]}
      />
      <Meter
        label={t("day.signed")}
        value={signed}
        max={Math.max(1, expected)}
        text={t("day.progress", { signed, expected })}
        kind={signed >= expected ? "done" : "action"}
      />
      <Acts>
        {review(sitting)}
        {answersForDay(me, sitting) ? (
          <Button onPress={() => onBoard(sitting.id)} data-testid={`day-board-${sitting.id}`}>
            {t("board.open")}
          </Button>
        ) : null}
        {leadsCheckIn(me, sitting).ok ? (
          <Button onPress={() => onCheckIn(sitting.id)} data-testid={`day-check-in-${sitting.id}`}>
            {t("checkIn.open")}
          </Button>
        ) : null}
        <Button onPress={() => onRoom(sitting.id)} data-testid={`day-room-${sitting.id}`}>
          {t("room.open")}
        </Button>
        {onSite(sitting)}
        {own.length > 0 ? <Pill>{t("day.incidents", { count: own.length })}</Pill> : null}
        {open > 0 ? (
          <Pill kind="attention" data-testid={`day-calls-${sitting.id}`}>
            {t("day.calls", { count: open })}
          </Pill>
        ) : null}
        {sitting.panel.length > 1 && sitsAtTable(me.id, sitting) ? panel(sitting) : null}
        {canMark ? (
          <>
            <span>{t("day.mine", { signed: mine, count: present })}</span>
            <Button
              kind="primary"
              onPress={() => onMark(sitting.id)}
              data-testid={`day-mark-${sitting.id}`}
              data-kind={panelLeaderOf(sitting) === me.id ? "leader" : "examiner"}
            >
              {panelLeaderOf(sitting) === me.id ? t("day.record") : t("day.mark")}
            </Button>
          </>
        ) : hasRole(me, "examiner") ? (
          <span>{t("day.notYours")}</span>
        ) : null}
        {hasRole(me, "administrator") ? (
          <Button onPress={() => onClose(sitting.id)} data-testid={`day-close-${sitting.id}`}>
            {batches.length > 0 ? t("day.closed") : t("day.close")}
          </Button>
        ) : null}
      </Acts>
    </Panel>
  );
}

/** Sealed is said of everything signed, and acknowledged of every batch taken whole. */
function standingOf(
  signed: SignedOfSitting & { readonly batches: readonly BatchRow[] },
): "open" | "sealed" | "acknowledged" {
  const { batches } = signed;
  if (batches.every(({ carried }) => carried) || hasUnsealed(signed)) return "open";
  return batches.every(isTakenWhole) ? "acknowledged" : "sealed";
}

function isTakenWhole({ receipt }: BatchRow): boolean {
  if (receipt?.verdict !== "accepted") return false;
  return receipt.sheets.quarantined === 0 && receipt.sheets.rejected === 0;
}

function Acts({ children }: { readonly children: ReactNode }) {
  return (
    <Stack direction="row" align="center" justify="end" gap={3}>
      {children}
    </Stack>
  );
}

function panelText(sitting: SittingRow, people: readonly PersonRow[], t: Text): string {
  const names = sitting.panel.map(({ person, leader }) => {
    const name = personName(people, person);
    return leader ? `${name} (${t("day.leader")})` : name;
  });
  return names.join(t.locale === "en" ? ", " : "、");
}
