// The people of the centre on this laptop: who may sign, and what an administrator or a panel leader does about it. Every act
// is confirmed in main's window; here is only asked.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import { hasRole } from "#shared/exam";
import type { PersonRow, SittingRow } from "#shared/journal";
import { normaliseName } from "#shared/rules";
import { bridge } from "../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { usePeople, useSittings, useStore } from "../../store/index.ts";
import {
  Button,
  EmptyState,
  Notice,
  OfferedButton,
  Page,
  Panel,
  Pill,
  Table,
  TextField,
} from "../../ui/index.ts";
import { AddPerson } from "./AddPerson.tsx";
import { EndPerson } from "./EndPerson.tsx";
import { keyStateOf, type KeyState } from "./key-state.ts";
import styles from "./People.module.css";
import { Substitution } from "./Substitution.tsx";

export interface PeopleProps {
  readonly me: PersonRow;
  readonly onLeave: () => void;
}

type Asked = { readonly kind: "add" | "substitute" } | { readonly kind: "end"; readonly person: PersonRow };

/** What was done last, said in whichever language is on. */
interface Said {
  readonly act: "add" | "end" | "reset" | "substitute";
  readonly name: string;
}

export function People({ me, onLeave }: PeopleProps) {
  const t = useText();
  const people = usePeople();
  const sittings = useSittings();
  const [sought, setSought] = useState("");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  if (!people || !sittings) return null;
  const isAdministrator = hasRole(me, "administrator");
  const found = inOrder(people).filter((person) => matches(person, sought));
  const close = () => setAsked(null);
  return (
    <Page
      title={t("people.title")}
      lead={t("people.lead")}
      actions={
        <>
          <Button onPress={onLeave}>{t("common.back")}</Button>
          <OfferedButton
            isDisabled={sittings.length === 0}
            onPress={() => setAsked({ kind: "substitute" })}
            data-testid="people-substitute"
          >
            {t("people.substitute.open")}
          </OfferedButton>
          {isAdministrator ? (
            <OfferedButton kind="primary" onPress={() => setAsked({ kind: "add" })} data-testid="people-add">
              {t("people.add.open")}
            </OfferedButton>
          ) : null}
        </>
      }
    >
      {said === null ? null : (
        <Notice
          kind="info"
          announce="now"
          title={t(`people.${said.act}.done`, { name: said.name })}
          data-testid="people-said"
        />
      )}
      <Panel>
        <TextField
          label={t("people.search")}
          value={sought}
          onChange={setSought}
          autoComplete="off"
          spellCheck="false"
          data-testid="people-search"
        />
        <Staff
          people={found}
          sittings={sittings}
          isSearch={sought !== ""}
          mayAct={isAdministrator}
          onSaid={setSaid}
          onEnd={(person) => setAsked({ kind: "end", person })}
        />
      </Panel>
      {asked?.kind === "add" ? (
        <AddPerson
          onClose={close}
          onAdded={(name) => {
            close();
            setSaid({ act: "add", name });
          }}
        />
      ) : null}
      {asked?.kind === "end" ? (
        <EndPerson
          person={asked.person}
          onClose={close}
          onEnded={(name) => {
            close();
            setSaid({ act: "end", name });
          }}
        />
      ) : null}
      {asked?.kind === "substitute" ? (
        <Substitution
          people={people}
          sittings={sittings}
          onClose={close}
          onDone={(name) => {
            close();
            setSaid({ act: "substitute", name });
          }}
        />
      ) : null}
    </Page>
  );
}

interface StaffProps {
  readonly people: readonly PersonRow[];
  readonly sittings: readonly SittingRow[];
  readonly isSearch: boolean;
  readonly mayAct: boolean;
  readonly onSaid: (said: Said | null) => void;
  readonly onEnd: (person: PersonRow) => void;
}

function Staff({ people, sittings, isSearch, mayAct, onSaid, onEnd }: StaffProps) {
  const t = useText();
  const store = useStore();
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const reset = async ({ id, name }: PersonRow) => {
    setBusy(id);
    setRefusal(null);
    onSaid(null);
    const done = await bridge.call("people.resetPin", { person: id });
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(null);
    if (taken.ok) onSaid({ act: "reset", name });
    else setRefusal(taken.error);
  };
  return (
    <>
      {refusal ? (
        <Notice
          kind={refusalKind(refusal)}
          announce="now"
          title={refusalText(t, refusal)}
          data-testid="people-refused"
        />
      ) : null}
      <Table
        label={t("people.list")}
        rows={people}
        rowKey={({ id }) => id}
        data-testid="people-list"
        empty={
          <EmptyState title={t(isSearch ? "people.notFound" : "people.nobody")} data-testid="people-empty">
            {t(isSearch ? "people.notFoundHint" : "people.nobodyHint")}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            heading: t("people.name"),
            isRowHeader: true,
            cell: (person) => (
              <span className={styles.name} data-testid={`person-${person.id}`}>
                {person.name}
                {person.stated ? <Pill>{t("people.addedHere")}</Pill> : null}
              </span>
            ),
          },
          {
            key: "roles",
            heading: t("people.roles"),
            cell: ({ roles }) =>
              roles.map((role) => t(`common.role.${role}`)).join(t.locale === "en" ? ", " : "、"),
          },
          {
            key: "key",
            heading: t("people.key"),
            cell: (person) => <State person={person} state={keyStateOf(person, sittings)} />,
          },
          ...(mayAct
            ? [
                {
                  key: "acts",
                  heading: t("people.acts"),
                  align: "end" as const,
                  narrow: true,
                  cell: (person: PersonRow) =>
                    person.ended ? null : (
                      <span className={styles.acts}>
                        <Button
                          busy={busy === person.id}
                          isDisabled={busy !== null || person.key === null}
                          aria-label={t("people.reset.of", { name: person.name })}
                          onPress={() => void reset(person)}
                          data-testid={`reset-pin-${person.id}`}
                        >
                          {t("people.reset.open")}
                        </Button>
                        <Button
                          isDisabled={busy !== null}
                          aria-label={t("people.end.of", { name: person.name })}
                          onPress={() => onEnd(person)}
                          data-testid={`end-${person.id}`}
                        >
                          {t("people.end.open")}
                        </Button>
                      </span>
                    ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

const KINDS = {
  permitted: "done",
  vouched: "attention",
  waiting: "attention",
  none: "neutral",
  ended: "neutral",
} as const;

function State({ person, state }: { readonly person: PersonRow; readonly state: KeyState }) {
  const t = useText();
  return (
    <span className={styles.state} data-testid={`person-state-${person.id}`} data-state={state}>
      <Pill kind={KINDS[state]}>{t(`people.state.${state}`)}</Pill>
      {person.ended ? <span>{person.ended.reason}</span> : null}
    </span>
  );
}

/** As the register has them, then whoever was added here, then whoever was ended. */
function inOrder(people: readonly PersonRow[]): PersonRow[] {
  const place = ({ stated, ended }: PersonRow) => (ended ? 2 : Number(stated !== null));
  return [...people].sort((a, b) => place(a) - place(b));
}

/** With or without the middle dot, whichever of the many a keyboard offers. */
function matches({ name }: PersonRow, sought: string): boolean {
  const bare = (text: string) => normaliseName(text).replaceAll("·", "").toLocaleLowerCase();
  return bare(name).includes(bare(sought));
}
