// The strip on top: what is open, who is here, the language, the way home and out.
import { hasRole, type Role } from "#shared/exam";
import type { Locale } from "#shared/ipc";
import type { CentreRow, PersonRow } from "#shared/journal";
import { useText, wordsIn } from "../i18n/index.ts";
import { Button, Pill, TitleBar } from "../ui/index.ts";
import styles from "./Shell.module.css";

export interface HeaderProps {
  readonly centre: CentreRow | null;
  readonly me: PersonRow | null;
  readonly onHome: () => void;
  readonly onAbout: () => void;
  readonly onSignOut: () => void;
  readonly onLocale: (locale: Locale) => void;
}

const ROLES: readonly Role[] = ["administrator", "panelLeader", "examiner", "supervisor", "tally"];

export function Header({ centre, me, onHome, onAbout, onSignOut, onLocale }: HeaderProps) {
  const t = useText();
  const role = me && ROLES.find((one) => hasRole(me, one));
  return (
    <TitleBar
      brand="匠评"
      context={
        <span className={styles.context}>
          {centre ? wordsIn(t, centre.institution.name) : null}
          {me ? (
            <Button kind="quiet" onPress={onHome} data-testid="nav-day">
              {t("app.day")}
            </Button>
          ) : null}
        </span>
      }
    >
      {me && role ? (
        <Pill data-testid="who">
          {t(`common.role.${role}`)} {me.name}
        </Pill>
      ) : null}
      <div className={styles.languages} role="group" aria-label={t("app.language")}>
        <LanguageButton locale="zh-CN" testId="lang-zh" label="中" name="中文" onLocale={onLocale} />
        <LanguageButton locale="en" testId="lang-en" label="EN" name="English" onLocale={onLocale} />
      </div>
      <Button kind="quiet" onPress={onAbout} data-testid="nav-about">
        {t("app.about")}
      </Button>
      {me ? (
        <Button kind="plain" onPress={onSignOut} data-testid="sign-out">
          {t("app.signOut")}
        </Button>
      ) : null}
    </TitleBar>
  );
}

interface LanguageButtonProps {
  readonly locale: Locale;
  readonly testId: string;
  readonly label: string;
  readonly name: string;
  readonly onLocale: (locale: Locale) => void;
}

function LanguageButton({ locale, testId, label, name, onLocale }: LanguageButtonProps) {
  const t = useText();
  return (
    <button
      type="button"
      lang={locale}
      title={name}
      className={styles.language}
      aria-label={name}
      aria-pressed={t.locale === locale}
      onClick={() => onLocale(locale)}
      data-testid={testId}
    >
      {label}
    </button>
  );
}
