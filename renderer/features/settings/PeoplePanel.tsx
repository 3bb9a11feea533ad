// Who has a PIN on this laptop, and ending one: for the administrator.
import { useState } from "react";
import type { PersonRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { refusalText, useText } from "../../i18n/index.ts";
import { usePeople } from "../../store/index.ts";
import { Button, Panel, Pill, Stack, useMessages } from "../../ui/index.ts";

export function PeoplePanel() {
  const t = useText();
  const messages = useMessages();
  const people = usePeople();
  const [busy, setBusy] = useState<string | null>(null);

  const reset = async ({ id, name }: PersonRow) => {
    setBusy(id);
    const done = await bridge.call("people.resetPin", { person: id });
    setBusy(null);
    if (done.ok) messages.show("done", t("settings.people.done", { name }));
    else messages.show("danger", refusalText(t, done.error));
  };

  return (
    <Panel title={t("settings.people.title")}>
      <p>{t("settings.people.lead")}</p>
      <Stack gap={2}>
        {(people ?? []).map((person) => (
          <Stack key={person.id} direction="row" align="center" justify="between">
            <span>
              <strong>{person.name}</strong>{" "}
              {person.roles.map((role) => t.maybe(`common.role.${role}`) ?? role).join(" · ")}
            </span>
            <Stack direction="row" align="center">
              <KeyState person={person} />
              <Button
                busy={busy === person.id}
                isDisabled={busy !== null || person.key === null}
                aria-label={t("settings.people.resetOf", { name: person.name })}
                onPress={() => void reset(person)}
                data-testid={`reset-pin-${person.id}`}
              >
                {t("settings.people.reset")}
              </Button>
            </Stack>
          </Stack>
        ))}
      </Stack>
    </Panel>
  );
}

function KeyState({ person: { key } }: { readonly person: PersonRow }) {
  const t = useText();
  if (!key) return <Pill>{t("settings.people.none")}</Pill>;
  return key.permitted ? (
    <Pill kind="done">{t("settings.people.permitted")}</Pill>
  ) : (
    <Pill kind="attention">{t("settings.people.waiting")}</Pill>
  );
}
