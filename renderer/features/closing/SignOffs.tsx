// Who answers for the totals, and who decides on the results: two people outside the panel, then one who did neither (R48, R80).
import { useState } from "react";
import type { PersonId, Refusal } from "#shared/base";
import { hasRole, type Policy, type Role, type SignOffRole } from "#shared/exam";
import { isCurrentSignOff, type SittingRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { blockedText, formatTime, personName, refusalKind, useText } from "../../i18n/index.ts";
import { usePeople, useStore } from "../../store/index.ts";
import { Button, Notice, Panel, Pill, Select, Stack } from "../../ui/index.ts";
import styles from "./Closing.module.css";

export interface SignOffsProps {
  readonly sitting: SittingRow;
  readonly policy: Policy;
  /** Signed sheets now: a signature given for fewer has to be given again. */
  readonly sheets: number;
}

const ROLES: Readonly<Record<SignOffRole, readonly Role[]>> = {
  clerk: ["tally", "administrator", "supervisor"],
  checker: ["tally", "administrator", "supervisor"],
  approver: ["administrator"],
};

export function SignOffs({ sitting, policy, sheets }: SignOffsProps) {
  const t = useText();
  return (
    <Panel title={t("closing.signOff.title")}>
      <p>{t(policy.twoPersonTally.value ? "closing.signOff.needed" : "closing.signOff.optional")}</p>
      {(["clerk", "checker", "approver"] as const).map((as) => (
        <SignOffLine key={as} as={as} sitting={sitting} sheets={sheets} />
      ))}
    </Panel>
  );
}

function SignOffLine({
  as,
  sitting,
  sheets,
}: {
  readonly as: SignOffRole;
  readonly sitting: SittingRow;
  readonly sheets: number;
}) {
  const t = useText();
  const store = useStore();
  const people = usePeople() ?? [];
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const given = sitting.signOffs.find((one) => one.as === as);
  const isCurrent = given !== undefined && isCurrentSignOff(given, sitting, sheets);
  const offered = people.filter(
    (person) => person.ended === null && ROLES[as].some((role) => hasRole(person, role)),
  );
  const isEarly = as === "approver" && sitting.batch === null;

  const sign = async () => {
    if (chosen === null) return;
    setBusy(true);
    setRefusal(null);
    const signed = await bridge.call("results.signOff", { sitting: sitting.id, as, person: chosen });
    const taken = signed.ok ? await store.catchUp() : signed;
    setRefusal(taken.ok ? null : taken.error);
    setBusy(false);
  };
  const nameOf = (id: PersonId) => personName(people, id);
  return (
    <div className={styles.signOff} data-testid={`sign-off-${as}`} data-state={isCurrent ? "signed" : "open"}>
      <span className={styles.signOffRole}>{t(`closing.signOff.role.${as}`)}</span>
      {given && isCurrent ? (
        <Stack direction="row" gap={2} align="center">
          <span>
            {t("closing.signOff.by", {
              name: nameOf(given.person),
              when: formatTime(given.at.wall, t.locale),
              sheets: given.sheets,
            })}
          </span>
          <Pill kind="done">{t("closing.signOff.done")}</Pill>
        </Stack>
      ) : (
        <Stack direction="row" gap={3} align="end">
          <Select
            label={t(`closing.signOff.role.${as}`)}
            hideLabel
            choices={offered.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setChosen}
            placeholder={t("closing.signOff.choose")}
            isDisabled={isEarly}
            data-testid={`sign-off-${as}-person`}
          />
          <Button
            isDisabled={chosen === null || isEarly}
            busy={busy}
            busyText={t("closing.sealing")}
            onPress={() => void sign()}
            data-testid={`sign-off-${as}-sign`}
            {...(isEarly ? { note: t("closing.signOff.afterSeal") } : {})}
          >
            {t(given ? "closing.signOff.again" : "closing.signOff.sign")}
          </Button>
        </Stack>
      )}
      {refusal ? (
        <Notice
          kind={refusalKind(refusal)}
          announce="now"
          title={blockedText(t, refusal, nameOf)}
          data-testid={`sign-off-${as}-refused`}
        />
      ) : null}
    </div>
  );
}
