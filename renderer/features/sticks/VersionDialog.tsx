// Which of two versions counts: a choice, a reason, and the PIN of a supervisor or leader in main's window.
import { useState } from "react";
import type { HashId, Kid, PersonId, Refusal } from "#shared/base";
import { hasRole, type Sheet } from "#shared/exam";
import type { CandidateRow } from "#shared/journal";
import { stampOf } from "#shared/wire";
import { bridge } from "../../bridge/index.ts";
import { refusalKind, refusalText, useText } from "../../i18n/index.ts";
import { usePeople, useStore } from "../../store/index.ts";
import { Button, Dialog, Notice, Select, Stack, TextArea } from "../../ui/index.ts";

export interface SheetVersion {
  readonly hash: HashId;
  /** As it counts, and whether an amendment made it so. */
  readonly total: string;
  readonly amended: boolean;
  readonly from: Kid | null;
}

export interface VersionDialogProps {
  readonly sheet: Sheet;
  readonly candidate: CandidateRow;
  readonly versions: readonly SheetVersion[];
  readonly onClose: () => void;
}

export function VersionDialog({ sheet, candidate, versions, onClose }: VersionDialogProps) {
  const t = useText();
  const store = useStore();
  const people = usePeople() ?? [];
  const [chosen, setChosen] = useState<HashId | null>(null);
  const [person, setPerson] = useState<PersonId | null>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const deciders = people.filter(
    (one) => one.id !== sheet.examiner && (hasRole(one, "supervisor") || hasRole(one, "panelLeader")),
  );
  const isReady = chosen !== null && person !== null && reason.trim() !== "";
  const decide = async () => {
    if (!isReady) return;
    setBusy(true);
    const done = await bridge.call("sheet.choose", {
      sheet: sheet.id,
      chosen,
      person,
      reason: reason.trim(),
    });
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    if (taken.ok) onClose();
    else setRefusal(taken.error);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("sticks.decide.title", { name: candidate.name })}
      lead={t("sticks.decide.lead")}
      data-testid="version-dialog"
      actions={
        <>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button
            kind="primary"
            isDisabled={!isReady}
            busy={busy}
            busyText={t("sticks.decide.signing")}
            onPress={() => void decide()}
            data-testid="version-sign"
          >
            {t("sticks.decide.sign")}
          </Button>
        </>
      }
    >
      <Stack gap={4}>
        <Select
          label={t("sticks.decide.which")}
          choices={versions.map(({ hash, total, from, amended }) => ({
            value: hash,
            label: `${stampOf(hash).code} · ${total} · ${
              from === null
                ? t("sticks.received.here")
                : t("sticks.decide.laptop", { name: from.slice(-4).toUpperCase() })
            }${amended ? ` · ${t("sticks.decide.amended")}` : ""}`,
          }))}
          value={chosen}
          onChange={setChosen}
          data-testid="version-which"
        />
        <TextArea
          label={t("sticks.decide.reason")}
          value={reason}
          onChange={setReason}
          data-testid="version-reason"
        />
        <Select
          label={t("sticks.decide.by")}
          choices={deciders.map(({ id, name }) => ({ value: id, label: name }))}
          value={person}
          onChange={setPerson}
          data-testid="version-person"
        />
        {refusal ? (
          <Notice kind={refusalKind(refusal)} announce="now" title={refusalText(t, refusal)} />
        ) : null}
      </Stack>
    </Dialog>
  );
}
