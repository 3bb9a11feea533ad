// The palette of commands: the acts of the screen one is at, as its features register them, and every place one may go to. Ctrl+K opens
// it, except over a dialog or while an input method composes.
import { useEffect, useEffectEvent } from "react";
import type { Locale } from "#shared/ipc";
import type { PersonRow, SittingRow } from "#shared/journal";
import { inOtherLanguage, useBothTexts, useWordsInBoth } from "../i18n/index.ts";
import { useRubrics } from "../store/index.ts";
import { CommandPalette, isComposing, useCommandRegistry, useCommands } from "../ui/index.ts";
import type { Place } from "./place.ts";
import { placesFor } from "./places-for.ts";

export interface PaletteProps {
  readonly me: PersonRow;
  readonly sittings: readonly SittingRow[];
  readonly onPlace: (place: Place) => void;
  readonly onAbout: () => void;
  readonly onSignOut: () => void;
  readonly onLocale: (locale: Locale) => void;
}

export function Palette({ me, sittings, onPlace, onAbout, onSignOut, onLocale }: PaletteProps) {
  const { t, other } = useBothTexts();
  const say = useWordsInBoth();
  const rubrics = useRubrics();
  const { isOpen, setOpen } = useCommandRegistry();
  useCommands([
    { ...say("app.palette.open"), id: "palette", kind: "act", keys: ["Ctrl", "K"], run: null },
    ...placesFor(me, sittings).map(({ place, words, sitting }) => {
      const title = sitting && rubrics?.find(({ hash }) => hash === sitting.rubric)?.rubric.title;
      const of = (text: typeof t) =>
        sitting && title
          ? text("app.palette.ofSitting", {
              place: text(words),
              title: text.locale === "en" ? title.en : title.zh,
              day: sitting.day,
            })
          : text(words);
      return {
        ...{ id: `place ${place.kind} ${sitting?.id ?? ""}`, kind: "place" as const },
        ...{ text: of(t), also: of(other), run: () => onPlace(place) },
      };
    }),
    { ...say("app.about"), id: "place about", kind: "place", run: onAbout },
    { ...say("app.palette.otherLanguage"), id: "language", kind: "place", run: () => onLocale(other.locale) },
    { ...say("app.signOut"), id: "sign-out", kind: "place", run: onSignOut },
  ]);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.repeat || isComposing(event)) return;
    // The browser has its own use for it.
    event.preventDefault();
    if (isOpen) setOpen(false);
    else if (!document.querySelector("[role=dialog], [role=alertdialog]")) setOpen(true);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
  // Whoever goes, or is locked out, leaves no palette behind.
  useEffect(() => () => setOpen(false), [setOpen]);

  return (
    <CommandPalette
      label={t("app.palette.open")}
      placeholder={t("app.palette.type")}
      headings={{ act: t("app.palette.here"), place: t("app.palette.places") }}
      alsoCalled={(text) => inOtherLanguage(text, t.locale)}
      nothing={t("app.palette.nothing")}
    />
  );
}
