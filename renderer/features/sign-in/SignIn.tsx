// Who is at the laptop. The PIN is typed in main's window; this one only says who.
import { useState } from "react";
import type { PersonId, Refusal } from "#shared/base";
import type { SessionDescription } from "#shared/ipc";
import { bridge } from "../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { usePeople } from "../../store/index.ts";
import { Notice, Page, Spinner } from "../../ui/index.ts";
import styles from "./SignIn.module.css";

export interface SignInProps {
  readonly session: SessionDescription;
}

export function SignIn({ session }: SignInProps) {
  const t = useText();
  const people = usePeople();
  const [asked, setAsked] = useState<PersonId | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const choose = async (person: PersonId) => {
    setAsked(person);
    setRefusal(null);
    const opened = await bridge.call("session.open", { person });
    setAsked(null);
    if (!opened.ok) setRefusal(opened.error);
  };

  return (
    <Page title={t("signIn.title")} lead={t("signIn.lead")} width="regular">
      {session.needsPassphrase ? <Notice kind="attention" title={t("signIn.passphrase")} /> : null}
      {refusal ? (
        <Notice
          kind={refusalKind(refusal)}
          announce="now"
          title={refusalText(t, refusal)}
          data-testid="sign-in-refused"
        />
      ) : null}
      <ul className={styles.people}>
        {people
          ?.filter(({ ended }) => ended === null)
          .map((person) => {
            const pin = session.demoPins?.[person.id];
            return (
              <li key={person.id} className={styles.person}>
                <button
                  type="button"
                  className={styles.choose}
                  disabled={asked !== null}
                  onClick={() => void choose(person.id)}
                  data-testid={`sign-in-person-${person.id}`}
                >
                  <span className={styles.name}>{person.name}</span>
                  <span className={styles.roles}>
                    {person.roles
                      .map((role) => t(`common.role.${role}`))
                      .join(t.locale === "en" ? ", " : "、")}
                  </span>
                  {asked === person.id ? (
                    <span className={styles.roles}>
                      <Spinner /> {t("signIn.waiting")}
                    </span>
                  ) : null}
                </button>
                {pin ? (
                  <span className={styles.pin} data-testid={`demo-pin-${person.id}`}>
                    {t("signIn.pin", { pin })}
                  </span>
                ) : person.key ? null : (
                  <span className={styles.pin}>{t("signIn.noKey")}</span>
                )}
              </li>
            );
          })}
      </ul>
      {session.demoPins ? <p className={styles.demo}>{t("signIn.demoPins")}</p> : null}
    </Page>
  );
}
