// The laptop after nobody touched it for a while: what was being done stays where it is, out of sight, until its owner
// types the PIN. Lies above dialogs too; the status bar with clock and save state stays in sight (rulings 12).
import { useState } from "react";
import type { Refusal } from "#shared/base";
import type { PersonRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { Banner, Button, Notice } from "../../ui/index.ts";
import styles from "./LockScreen.module.css";

export interface LockScreenProps {
  readonly owner: PersonRow;
  /** The demonstration's PIN of this person. */
  readonly demoPin: string | null;
}

export function LockScreen({ owner, demoPin }: LockScreenProps) {
  const t = useText();
  const [isAsked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const unlock = async () => {
    setAsked(true);
    setRefusal(null);
    const opened = await bridge.call("session.open", { person: owner.id });
    setAsked(false);
    if (!opened.ok) setRefusal(opened.error);
  };

  return (
    // The attribute keeps an open dialog from making this inert with the rest of the page.
    <section
      className={styles.lock}
      data-react-aria-top-layer="true"
      aria-label={t("signIn.locked.title")}
      data-testid="lock-screen"
    >
      {demoPin ? (
        <div className={styles.banner}>
          <Banner>{t("app.demoBanner")}</Banner>
        </div>
      ) : null}
      <h1 className={styles.title}>{t("signIn.locked.title")}</h1>
      <p className={styles.lead}>{t("signIn.locked.lead", { name: owner.name })}</p>
      {refusal ? <Notice kind={refusalKind(refusal)} announce="now" title={refusalText(t, refusal)} /> : null}
      <div className={styles.actions}>
        <Button
          kind="primary"
          size="large"
          autoFocus
          busy={isAsked}
          busyText={t("signIn.waiting")}
          onPress={() => void unlock()}
          data-testid="lock-open"
        >
          {t("signIn.locked.open")}
        </Button>
        <Button
          kind="quiet"
          isDisabled={isAsked}
          onPress={() => void bridge.call("session.close", {})}
          data-testid="lock-other"
        >
          {t("signIn.locked.other")}
        </Button>
      </div>
      {demoPin ? <p className={styles.lead}>{t("signIn.pin", { pin: demoPin })}</p> : null}
    </section>
  );
}
