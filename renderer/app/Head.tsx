// The head of the window: product, centre, who is signed in, language.
import { Info } from "lucide-react";
import { hasRole } from "#shared/exam";
import type { Locale } from "#shared/ipc";
import type { CentreRow, PersonRow } from "#shared/journal";
import { useText, wordsIn } from "../i18n/index.ts";
import { Button, IconButton, Pill, TitleBar, VisuallyHidden } from "../ui/index.ts";
import styles from "./App.module.css";

export interface HeadProps {
  readonly centre: CentreRow | null;
  readonly me: PersonRow | null;
  readonly onLocale: (locale: Locale) => void;
  readonly onDay: () => void;
  readonly onPeople: () => void;
  readonly onSync: () => void;
  readonly onAbout: () => void;
  readonly onSignOut: () => void;
}

export function Head({ centre, me, onLocale, onDay, onPeople, onSync, onAbout, onSignOut }: HeadProps) {
  const t = useText();
  return (
    <TitleBar
      brand={t("common.product")}
      context={
        <span className={styles.context}>
          {centre ? wordsIn(t, centre.institution.name) : null}
          {centre?.institution.demo ? (
            <span className={styles.demo}>
              <Pill kind="attention">{t("common.demo")}</Pill>
            </span>
          ) : null}
        </span>
      }
    >
      {me ? (
        <>
          <Pill>
            <span className={styles.roles}>
              {me.roles.map((role) => t(`common.role.${role}`)).join(t.locale === "en" ? ", " : "、")}
            </span>
            {me.name}
          </Pill>
          <Button kind="quiet" onPress={onDay} data-testid="nav-day">
            {t("app.day")}
          </Button>
          {closesDays(me) ? (
            <>
              <Button kind="quiet" onPress={onPeople} data-testid="nav-people">
                {t("app.people")}
              </Button>
              <Button kind="quiet" onPress={onSync} data-testid="nav-sync">
                {t("app.sync")}
              </Button>
            </>
          ) : null}
          <Button kind="quiet" onPress={onSignOut} data-testid="sign-out">
            {t("app.signOut")}
          </Button>
        </>
      ) : null}
      <span role="group" aria-label={t("app.language")} className={styles.languages}>
        <LanguageButton locale="zh-CN" short="中" name="简体中文" onLocale={onLocale} />
        <LanguageButton locale="en" short="EN" name="English" onLocale={onLocale} />
      </span>
      <IconButton label={t("app.about")} icon={<Info />} onPress={onAbout} data-testid="nav-about" />
    </TitleBar>
  );
}

/** Who works here and what goes to the registry is the care of those who close a day. */
export function closesDays(me: PersonRow): boolean {
  return hasRole(me, "administrator") || hasRole(me, "panelLeader");
}

function LanguageButton(props: {
  readonly locale: Locale;
  readonly short: string;
  readonly name: string;
  readonly onLocale: (locale: Locale) => void;
}) {
  const t = useText();
  return (
    <button
      type="button"
      lang={props.locale}
      className={styles.language}
      aria-pressed={t.locale === props.locale}
      onClick={() => props.onLocale(props.locale)}
      data-testid={props.locale === "en" ? "lang-en" : "lang-zh"}
    >
      <span aria-hidden>{props.short}</span>
      <VisuallyHidden>{props.name}</VisuallyHidden>
    </button>
  );
}
