// The window around whatever is being done: which screen, for whom, with head and foot.
import { useEffect, useRef, useState, type ReactNode } from "react";
import { PersonId, type CandidateRef, type SittingId } from "#shared/base";
import { hasRole } from "#shared/exam";
import type { AppDescription, Locale, SessionDescription } from "#shared/ipc";
import {
  answersForDay,
  mayReadVisits,
  openCalls,
  qualityOffice,
  sitsAtTable,
  supervisionOffice,
  type CallRow,
  type CentreRow,
  type PersonRow,
  type SittingRow,
} from "#shared/journal";
import { bridge } from "../bridge/index.ts";
import { Board } from "../features/board/index.ts";
import { CheckIn } from "../features/check-in/index.ts";
import { Closing } from "../features/closing/index.ts";
import { Day } from "../features/day/index.ts";
import { Drill, ReadinessPanel } from "../features/drill/index.ts";
import {
  MainClock,
  Marking,
  Practice,
  PracticeDesk,
  SheetAsItStood,
  SheetPictures,
  SittingClocks,
  Transcriptions,
} from "../features/marking/index.ts";
import { EnrolAgain, Opening } from "../features/opening/index.ts";
import { Divergence, OpenDivergences, PanelDesk } from "../features/panel/index.ts";
import {
  CheckPaper,
  OwnSheetPaper,
  RoomPaper,
  SaveForm,
  SittingPaper,
  SlipPaper,
} from "../features/paper/index.ts";
import { People } from "../features/people/index.ts";
import { Quality } from "../features/quality/index.ts";
import {
  FlagCount,
  OnSite,
  Questions,
  ReviewDesk,
  WayToOnSite,
  WayToReview,
} from "../features/review/index.ts";
import { Room, RoomEvents } from "../features/room/index.ts";
import { Preparation } from "../features/roster/index.ts";
import { Sync } from "../features/sync/index.ts";
import { Settings, useMedium } from "../features/settings/index.ts";
import { Sticks } from "../features/sticks/index.ts";
import { LockScreen, SignIn } from "../features/sign-in/index.ts";
import { candidateNo, formatDay, refusalText, useText } from "../i18n/index.ts";
import { useCalls, useCandidates, useCentre, usePeople, useSittings, useStore } from "../store/index.ts";
import { applyAppearance, Banner, Frame, Spinner, useMessages, type AppearanceChoice } from "../ui/index.ts";
import { keepAppearance, readAppearance } from "./appearance.ts";
import styles from "./App.module.css";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { Foot } from "./Foot.tsx";
import { closesDays, Head } from "./Head.tsx";
import { useJournalLink } from "./JournalLink.tsx";
import { Palette } from "./Palette.tsx";
import { HOME, recallPlace, rememberPlace, type Place } from "./place.ts";
import { useActivity } from "./use-activity.ts";
import { focusHeading, useKeptFocus } from "./use-kept-focus.ts";
import { useSession } from "./use-session.ts";

export interface ShellProps {
  readonly description: AppDescription;
  readonly onLocale: (locale: Locale) => void;
}

export function Shell({ description, onLocale }: ShellProps) {
  const t = useText();
  const centre = useCentre();
  const session = useSession();
  const people = usePeople();
  const sittings = useSittings() ?? [];
  // Behind the lock everything stays as its owner left it.
  const holder = session?.person ?? session?.locked ?? null;
  const isLocked = session?.person === null && holder !== null;
  const { place, go } = usePlace(holder);
  const [isAboutOpen, setAboutOpen] = useState(false);
  const [appearance, setAppearance] = useState(readAppearance);
  const me = people?.find(({ id }) => id === holder) ?? null;
  useActivity(
    session?.person ? (place.kind === "marking" || place.kind === "practice" ? "desk" : "office") : null,
  );
  useRebuildAccount();
  useEffect(() => applyAppearance(appearance), [appearance]);

  const leave = (next: Place) => {
    setAboutOpen(false);
    go(next);
  };
  const signOut = () => {
    setAboutOpen(false);
    void bridge.call("session.close", {});
  };
  const isAbout = isAboutOpen || place.kind === "about";
  const where = isAbout ? "about" : placeName(centre, me, place);
  const main = useFocusOnHeading(where);
  useKeptFocus(main);
  const choose = (choice: AppearanceChoice) => {
    keepAppearance(choice);
    setAppearance(choice);
  };
  return (
    <Frame
      banner={
        <>
          {centre?.institution.demo ? <Banner data-testid="demo-banner">{t("app.demoBanner")}</Banner> : null}
          {centre && !centre.enrolled && session?.person ? <EnrolAgain centre={centre} /> : null}
          <LinkTroubles hadReserve={description.hasReserve} />
          {centre ? <OpenCalls /> : null}
        </>
      }
      header={
        <Head
          centre={centre ?? null}
          me={isLocked ? null : me}
          onLocale={onLocale}
          onDay={() => leave(HOME)}
          onPeople={() => leave({ kind: "people" })}
          onSync={() => leave({ kind: "sync" })}
          onAbout={() => setAboutOpen((open) => !open)}
          onSignOut={signOut}
        />
      }
      footer={<Foot place={me && !isAbout && !isLocked ? place : null} />}
    >
      <div ref={main} className={styles.place} data-place={where} inert={isLocked}>
        <ErrorBoundary place={where}>
          {isAbout ? (
            <Settings
              description={description}
              centre={centre ?? null}
              me={session?.person ? me : null}
              appearance={appearance}
              onAppearance={choose}
              onLocale={onLocale}
            />
          ) : (
            <Screen
              centre={centre}
              session={session}
              holder={holder}
              me={me}
              place={place}
              go={go}
              registryUrl={description.registryUrl}
              build={description.build}
            />
          )}
        </ErrorBoundary>
      </div>
      {me && session?.person ? (
        <Palette
          me={me}
          sittings={sittings}
          onPlace={leave}
          onAbout={() => setAboutOpen(true)}
          onSignOut={signOut}
          onLocale={onLocale}
        />
      ) : null}
      {isLocked && me ? <LockScreen owner={me} demoPin={session.demoPins?.[me.id] ?? null} /> : null}
    </Frame>
  );
}

function LinkTroubles({ hadReserve }: { readonly hadReserve: boolean }) {
  const t = useText();
  const { hasReserve, trouble } = useJournalLink();
  return (
    <>
      {(hasReserve ?? hadReserve) ? null : (
        <Banner kind="danger" data-testid="disk-full">
          {t("app.diskFull")}
        </Banner>
      )}
      {trouble ? (
        <Banner kind="danger" data-testid="store-trouble">
          {refusalText(t, trouble)}
        </Banner>
      ) : null}
    </>
  );
}

/** Whoever is at the laptop reads it, the leader who comes by among them; by number, because nobody is signed in for it. */
function OpenCalls() {
  const sittings = useSittings() ?? [];
  const calls = useCalls() ?? [];
  // A sitting that was sealed calls nobody any more.
  return sittings
    .filter(({ batch }) => batch === null)
    .map((sitting) => ({ sitting, open: openCalls(calls, sitting.id) }))
    .filter(({ open }) => open.length > 0)
    .map(({ sitting, open }) => <CallsOf key={sitting.id} sitting={sitting} calls={open} />);
}

function CallsOf({ sitting, calls }: { readonly sitting: SittingRow; readonly calls: readonly CallRow[] }) {
  const t = useText();
  const candidates = useCandidates(sitting.id) ?? [];
  const numbers = calls.flatMap(({ candidate }) => candidates.find(({ ref }) => ref === candidate)?.no ?? []);
  const day = formatDay(sitting.day, t.locale);
  return (
    <Banner data-testid="open-calls">
      {t("app.calls", { day, numbers: numbers.map(candidateNo).join(" ") })}
    </Banner>
  );
}

function Screen(props: {
  readonly centre: CentreRow | null | undefined;
  readonly session: SessionDescription | null;
  readonly holder: PersonId | null;
  readonly me: PersonRow | null;
  readonly place: Place;
  readonly go: (place: Place) => void;
  readonly registryUrl: string | null;
  readonly build: string;
}): ReactNode {
  const { centre, session, holder, me, place, go, registryUrl, build } = props;
  const sittings = useSittings();
  if (centre === undefined || session === null || sittings === undefined) return <Starting />;
  if (centre === null) return <Opening registryUrl={registryUrl} />;
  if (holder === null) return <SignIn session={session} />;
  if (!me) return null;
  const sitting = "sitting" in place ? sittings.find(({ id }) => id === place.sitting) : undefined;
  const home = () => go(HOME);
  if (place.kind === "people") return <People me={me} onLeave={home} />;
  const isOffice = hasRole(me, "administrator") || hasRole(me, "supervisor");
  if (place.kind === "quality" && qualityOffice(me) !== null) return <Quality onLeave={home} />;
  if (place.kind === "drill" && isOffice) return <Drill centre={centre} build={build} onLeave={home} />;
  if (place.kind === "prepare") {
    return (
      <Preparation
        onPrepared={home}
        onLeave={home}
        asExaminer={(rubric, onBack) => <PracticeDesk rubric={rubric} onLeave={onBack} />}
      />
    );
  }
  if (place.kind === "practice") return <Practice onLeave={home} />;
  if (place.kind === "marking" && sitting) {
    return (
      <Marking
        key={`${me.id} ${sitting.id}`}
        me={me}
        sitting={sitting}
        candidate={place.candidate}
        onCandidate={(candidate) => go({ ...place, candidate })}
        beside={(candidate) => (
          <>
            <Divergence
              sitting={sitting}
              candidate={candidate}
              onOpen={() => go({ kind: "panel", sitting: sitting.id, candidate })}
            />
            <Questions me={me} sitting={sitting} candidate={candidate} />
            <OwnSheetPaper me={me} sitting={sitting} candidate={candidate} />
          </>
        )}
      />
    );
  }
  const toPanel = (id: SittingId, candidate: CandidateRef | null = null) =>
    go({ kind: "panel", sitting: id, candidate });
  if (place.kind === "panel" && sitting && sitsAtTable(me.id, sitting)) {
    return (
      <PanelDesk
        me={me}
        sitting={sitting}
        candidate={place.candidate}
        onCandidate={(candidate) => toPanel(sitting.id, candidate)}
        onSheet={(candidate) => go({ kind: "marking", sitting: sitting.id, candidate })}
        onLeave={home}
        pictures={(sheet, item) => <SheetPictures sheet={sheet} item={item} />}
      />
    );
  }
  const toReview = (id: SittingId) => go({ kind: "review", sitting: id, sheet: null });
  if (place.kind === "review" && sitting && supervisionOffice(me.id, sitting) !== null) {
    return (
      <ReviewDesk
        me={me}
        sitting={sitting}
        sheet={place.sheet}
        onSheet={(sheet) => go({ ...place, sheet })}
        onLeave={home}
        asItStood={(sheet, rubric, item) => <SheetAsItStood {...{ sheet, rubric, item }} />}
      />
    );
  }
  const flags = (one: SittingRow) => <FlagCount me={me} sitting={one} onReview={() => toReview(one.id)} />;
  if (place.kind === "onsite" && sitting && mayReadVisits(me, sitting))
    return (
      <OnSite
        me={me}
        sitting={sitting}
        clock={(draw) => <MainClock>{draw}</MainClock>}
        flags={flags(sitting)}
        events={(candidates) => <RoomEvents {...{ me, sitting, candidates }} />}
        paper={(visit, label) => (
          <SaveForm
            what={{ kind: "visit", sitting: sitting.id, visit: visit.id }}
            label={label}
            testId={`paper-visit-${visit.id}`}
          />
        )}
        onLeave={home}
      />
    );
  const toSticks = () => go({ kind: "sticks" });
  if (place.kind === "sync" && closesDays(me)) return <Sync onSticks={toSticks} />;
  if (place.kind === "closing" && sitting)
    return (
      <Closing
        sitting={sitting}
        flags={flags(sitting)}
        papers={<SittingPaper sitting={sitting} />}
        onLeave={home}
      />
    );
  if (place.kind === "checkIn" && sitting)
    return (
      <CheckIn
        key={`${me.id} ${sitting.id}`}
        {...{ me, sitting }}
        slips={(candidate) => <SlipPaper {...{ sitting, candidate }} />}
        onRoom={() => go({ kind: "room", sitting: sitting.id })}
        onLeave={home}
      />
    );
  if (place.kind === "room" && sitting)
    return (
      <Room
        me={me}
        sitting={sitting}
        paper={<RoomPaper me={me} sitting={sitting} />}
        clocks={(candidates) => <SittingClocks {...{ me, sitting, candidates }} />}
        onLeave={home}
      />
    );
  if (place.kind === "board" && sitting && answersForDay(me, sitting))
    return <BoardPlace me={me} sitting={sitting} onLeave={home} />;
  if (place.kind === "paper") return <CheckPaper onLeave={home} />;
  if (place.kind === "transcription")
    return (
      <Transcriptions
        me={me}
        sheet={place.sheet}
        onSheet={(sheet) => go({ kind: "transcription", sheet })}
        onLeave={home}
      />
    );
  if (place.kind === "sticks") return <Sticks me={me} onLeave={home} />;
  return (
    <Day
      me={me}
      onSticks={toSticks}
      onPaper={() => go({ kind: "paper" })}
      onTranscribe={() => go({ kind: "transcription", sheet: null })}
      onPractice={() => go({ kind: "practice" })}
      onQuality={() => go({ kind: "quality" })}
      onPrepare={() => go({ kind: "prepare" })}
      onMark={(id) => go({ kind: "marking", sitting: id, candidate: null })}
      onClose={(id) => go({ kind: "closing", sitting: id })}
      onRoom={(id) => go({ kind: "room", sitting: id })}
      onCheckIn={(id) => go({ kind: "checkIn", sitting: id })}
      onBoard={(id) => go({ kind: "board", sitting: id })}
      panel={(one) => <OpenDivergences sitting={one} onOpen={() => toPanel(one.id)} />}
      review={(one) => <WayToReview me={me} sitting={one} onReview={() => toReview(one.id)} />}
      onSite={(one) => (
        <WayToOnSite me={me} sitting={one} onOpen={() => go({ kind: "onsite", sitting: one.id })} />
      )}
      readiness={
        isOffice ? (
          <ReadinessPanel centre={centre} build={build} onOpen={() => go({ kind: "drill" })} />
        ) : null
      }
    />
  );
}

/** The board knows of the second medium what the settings know. */
function BoardPlace(props: {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly onLeave: () => void;
}) {
  return <Board {...props} medium={useMedium()} />;
}

function Starting() {
  const t = useText();
  return (
    <p className={styles.starting}>
      <Spinner /> {t("app.starting")}
    </p>
  );
}

/** The place of whoever is signed in; another person starts at home. */
function usePlace(person: string | null): { place: Place; go: (place: Place) => void } {
  const owner = PersonId.safeParse(person).data ?? null;
  const [held, setHeld] = useState<{ owner: PersonId | null; place: Place }>({ owner: null, place: HOME });
  const place = held.owner === owner ? held.place : owner === null ? HOME : recallPlace(owner);
  return {
    place,
    go: (next) => {
      setHeld({ owner, place: next });
      if (owner !== null) rememberPlace(owner, next);
    },
  };
}

function placeName(centre: CentreRow | null | undefined, me: PersonRow | null, place: Place): string {
  if (!centre) return "opening";
  return me ? place.kind : "sign-in";
}

/** A change of screen takes the focus to its heading, so that it is read out and the next Tab starts there. */
function useFocusOnHeading(where: string) {
  const main = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!main.current?.contains(document.activeElement)) focusHeading(main.current);
  }, [where]);
  return main;
}

/** Says once how the store was rebuilt, when it was; an empty one at the first start is nothing to speak of. */
function useRebuildAccount(): void {
  const t = useText();
  const { account } = useStore();
  const messages = useMessages();
  const said = useRef(false);
  useEffect(() => {
    if (said.current || !account || account.entries < 2) return;
    said.current = true;
    messages.show("info", t(`app.rebuilt.${account.reason}`, { count: account.entries }));
  }, [account, messages, t]);
}
