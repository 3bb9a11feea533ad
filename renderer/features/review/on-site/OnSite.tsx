// Supervision on site (R23, domain 4.4): a read-only view of one sitting's room, the checklist beside it, and what was signed. Whoever
// holds the office of the centre sees the room and the records; only a supervisor who never sat on the panel has a checklist.
import type { ReactNode } from "react";
import type { ClockReading } from "#shared/base";
import {
  isBlindTo,
  roomState,
  sittingRecords,
  standingRoster,
  visitorRefusal,
  workplacesOf,
  type CandidateRow,
  type PersonRow,
  type SignedVisit,
  type SittingRow,
} from "#shared/journal";
import type { VisitNotes } from "#shared/exam";
import { formatDay, personName, refusalText, shownName, useText, wordsIn } from "../../../i18n/index.ts";
import {
  useCalls,
  useCandidates,
  useIncidents,
  usePeople,
  useReviews,
  useRubric,
  useSheets,
} from "../../../store/index.ts";
import { Button, Notice, OfferedButton, Page, Spinner } from "../../../ui/index.ts";
import { useVisits } from "../use-asked.ts";
import { Checklist } from "./Checklist.tsx";
import { PanelPresent } from "./PanelPresent.tsx";
import { SignVisit } from "./SignVisit.tsx";
import { useNotes } from "./use-notes.ts";
import { VisitRecords } from "./VisitRecords.tsx";
import { RoomFigures, Workplaces } from "./Workplaces.tsx";

export interface OnSiteProps {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly clock: (draw: (now: ClockReading | null) => ReactNode) => ReactNode;
  /** How many flags the sitting raises, for whoever may be told. */
  readonly flags: ReactNode;
  /** What happened in the room, to read. */
  readonly events: (candidates: readonly CandidateRow[]) => ReactNode;
  readonly paper: (visit: SignedVisit, label: string) => ReactNode;
  readonly onLeave: () => void;
}

export function OnSite({ me, sitting, clock, flags, events, paper, onLeave }: OnSiteProps) {
  const t = useText();
  const rubric = useRubric(sitting.rubric)?.rubric;
  const candidates = useCandidates(sitting.id);
  const sheets = useSheets(sitting.id);
  const incidents = useIncidents();
  const calls = useCalls();
  const people = usePeople();
  const reviews = useReviews(sitting.id);
  const asked = useVisits(sitting.id);
  if (!rubric || !candidates || !sheets || !incidents || !calls || !people || !reviews) return null;

  const isShown = !isBlindTo(me.id, sitting);
  const nameOf = (id: PersonRow["id"]) => personName(people, id);
  // As main counts it: who is said to have left although the whole panel signed for them has not left yet.
  const standing = standingRoster(sittingRecords(sitting, { candidates, sheets, reviews }));
  const room = roomState({ sitting, candidates: standing, sheets, incidents, calls });
  return (
    <Page
      title={t("visit.title")}
      lead={t("visit.lead", { title: wordsIn(t, rubric.title), day: formatDay(sitting.day, t.locale) })}
      actions={
        <OfferedButton onPress={onLeave} data-testid="visit-leave">
          {t("closing.back")}
        </OfferedButton>
      }
      data-testid="visit"
    >
      <RoomFigures room={room} />
      <Workplaces
        {...{ rubric, room, clock }}
        workplaces={workplacesOf(sitting, standing, sheets)}
        nameOf={(candidate) => shownName(t, candidate, isShown)}
      />
      <PanelPresent {...{ sitting, sheets, nameOf }} />
      {events(candidates)}
      {flags}
      {asked.state === "reading" ? (
        <p data-testid="visit-reading">
          <Spinner /> {t("visit.loading")}
        </p>
      ) : null}
      {asked.state === "refused" ? (
        <Notice
          kind="danger"
          announce="now"
          title={refusalText(t, asked.refusal)}
          actions={<Button onPress={asked.again}>{t("visit.again")}</Button>}
          data-testid="visit-list-refused"
        />
      ) : null}
      {asked.state === "read" ? (
        <>
          {asked.value.notes && visitorRefusal(me, sitting) === null ? (
            <Noting {...{ me, sitting, nameOf }} read={asked.value.notes} />
          ) : null}
          <VisitRecords lines={asked.value.visits} {...{ nameOf, paper }} />
        </>
      ) : null}
    </Page>
  );
}

function Noting(props: {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly read: VisitNotes;
  readonly nameOf: (person: PersonRow["id"]) => string;
}) {
  const { me, sitting, read, nameOf } = props;
  const own = useNotes(sitting.id, read);
  return (
    <>
      <Checklist own={own} />
      <SignVisit {...{ me, own, nameOf }} sitting={sitting.id} />
    </>
  );
}
