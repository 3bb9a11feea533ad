// The window's frame and the way between its screens: what is shown follows from the centre, the session and the place.
import { useEffect, useRef, useState } from "react";
import type { AppDescription, Locale } from "#shared/ipc";
import type { PersonRow, SittingRow } from "#shared/journal";
import { bridge } from "../bridge/index.ts";
import { Closing } from "../features/closing/index.ts";
import { Day } from "../features/day/index.ts";
import { Marking } from "../features/marking/index.ts";
import { Opening } from "../features/opening/index.ts";
import { Preparation } from "../features/roster/index.ts";
import { Settings } from "../features/settings/index.ts";
import { SignIn } from "../features/sign-in/index.ts";
import { useText } from "../i18n/index.ts";
import { useCentre, usePerson, useSittings } from "../store/index.ts";
import { applyAppearance, Banner, Frame, LiveMessage, Spinner, type AppearanceChoice } from "../ui/index.ts";
import { rememberAppearance, rememberedAppearance } from "./appearance.ts";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { Foot } from "./Foot.tsx";
import { Header } from "./Header.tsx";
import { HOME, rememberedPlace, rememberPlace, type Place } from "./place.ts";
import styles from "./Shell.module.css";
import { useSession } from "./use-session.ts";

export interface ShellProps {
  readonly description: AppDescription;
  /** What opening the store had to do, in words; null when nothing. */
  readonly account: string | null;
  readonly onLocale: (locale: Locale) => void;
}

export function Shell({ description, account, onLocale }: ShellProps) {
  const t = useText();
  const centre = useCentre();
  const session = useSession();
  const me = usePerson(session?.person ?? null) ?? null;
  const sittings = useSittings() ?? [];
  const [place, goTo] = usePlace(me);
  const [isAbout, setIsAbout] = useState(false);
  const screen = useRef<HTMLDivElement>(null);
  const where = `${centre ? "open" : "closed"} ${me?.id ?? ""} ${isAbout ? "about" : place.screen}`;
  useFocusOnChange(screen, where);
  const [appearance, chooseAppearance] = useAppearance();

  if (centre === undefined || !session) {
    return (
      <p className={styles.starting}>
        <Spinner /> {t("app.starting")}
      </p>
    );
  }
  const leave = () => {
    setIsAbout(false);
    goTo(HOME);
  };
  return (
    <Frame
      banner={
        centre?.institution.demo ? <Banner data-testid="demo-banner">{t("app.demoBanner")}</Banner> : null
      }
      header={
        <Header
          centre={centre}
          me={me}
          onHome={leave}
          onAbout={() => setIsAbout(!isAbout)}
          onSignOut={() => void bridge.call("session.close", {})}
          onLocale={onLocale}
        />
      }
      footer={centre ? <Foot isMarking={me !== null && !isAbout && place.screen === "marking"} /> : null}
    >
      <div ref={screen} tabIndex={-1} className={styles.screen}>
        <ErrorBoundary key={where}>
          {isAbout ? (
            <Settings
              description={description}
              centre={centre}
              appearance={appearance}
              onAppearance={chooseAppearance}
              onLocale={onLocale}
            />
          ) : !centre ? (
            <Opening registryUrl={description.registryUrl} />
          ) : !me ? (
            <SignIn session={session} />
          ) : (
            <Screen me={me} place={place} sittings={sittings} goTo={goTo} />
          )}
        </ErrorBoundary>
      </div>
      <LiveMessage>{account ?? ""}</LiveMessage>
    </Frame>
  );
}

interface ScreenProps {
  readonly me: PersonRow;
  readonly place: Place;
  readonly sittings: readonly SittingRow[];
  readonly goTo: (place: Place) => void;
}

function Screen({ me, place, sittings, goTo }: ScreenProps) {
  const sitting = "sitting" in place ? sittings.find(({ id }) => id === place.sitting) : undefined;
  const home = () => goTo(HOME);
  switch (place.screen) {
    case "preparing":
      return <Preparation onPrepared={home} onLeave={home} />;
    case "marking":
      if (!sitting) break;
      return (
        <Marking
          me={me}
          sitting={sitting}
          candidate={place.candidate}
          onCandidate={(candidate) => goTo({ screen: "marking", sitting: sitting.id, candidate })}
        />
      );
    case "closing":
      if (!sitting) break;
      return <Closing sitting={sitting} onLeave={home} />;
    case "day":
      break;
  }
  return (
    <Day
      me={me}
      onPrepare={() => goTo({ screen: "preparing" })}
      onMark={(id) => goTo({ screen: "marking", sitting: id, candidate: null })}
      onClose={(id) => goTo({ screen: "closing", sitting: id })}
    />
  );
}

/** The place of the person who is here; another person starts from their own. */
function usePlace(me: PersonRow | null): [Place, (place: Place) => void] {
  const [kept, setKept] = useState<{ readonly person: string; readonly place: Place } | null>(null);
  const place = me === null ? HOME : kept?.person === me.id ? kept.place : rememberedPlace(me.id);
  const goTo = (next: Place) => {
    if (me === null) return;
    rememberPlace(me.id, next);
    setKept({ person: me.id, place: next });
  };
  return [place, goTo];
}

function useAppearance(): [AppearanceChoice, (choice: AppearanceChoice) => void] {
  const [appearance, setAppearance] = useState(rememberedAppearance);
  useEffect(() => applyAppearance(appearance), [appearance]);
  const choose = (choice: AppearanceChoice) => {
    rememberAppearance(choice);
    setAppearance(choice);
  };
  return [appearance, choose];
}

/** A new screen takes the focus, so that keyboard and screen reader start at its top and never nowhere. */
function useFocusOnChange(screen: { readonly current: HTMLDivElement | null }, where: string): void {
  useEffect(() => {
    const element = screen.current;
    if (element && !element.contains(document.activeElement)) element.focus({ preventScroll: true });
  }, [screen, where]);
}
