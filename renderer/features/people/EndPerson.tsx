// Ending somebody: for good and at once, with a reason.
import { useState } from "react";
import type { Refusal } from "#shared/base";
import { StaffReason } from "#shared/exam";
import type { PersonRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { refusalNotice, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { ActDialog, TextField } from "../../ui/index.ts";

export interface EndPersonProps {
  readonly person: PersonRow;
  readonly onClose: () => void;
  readonly onEnded: (name: string) => void;
}

export function EndPerson({ person, onClose, onEnded }: EndPersonProps) {
  const t = useText();
  const store = useStore();
  const [typed, setTyped] = useState("");
  const [isAsked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const reason = StaffReason.safeParse(typed.trim());

  const end = async () => {
    setAsked(true);
    if (!reason.success) return;
    setBusy(true);
    setRefusal(null);
    const ended = await bridge.call("people.end", { person: person.id, reason: reason.data });
    const taken = ended.ok ? await store.catchUp() : ended;
    setBusy(false);
    if (taken.ok) onEnded(person.name);
    else setRefusal(taken.error);
  };

  return (
    <ActDialog
      onClose={onClose}
      title={t("people.end.title", { name: person.name })}
      lead={t("people.end.lead")}
      cancelText={t("common.cancel")}
      actText={t("people.end.open")}
      busyText={t("people.waiting")}
      isBusy={busy}
      refusal={refusalNotice(t, refusal)}
      onAct={() => void end()}
      data-testid="end-person"
    >
      <TextField
        label={t("people.reason")}
        value={typed}
        onChange={setTyped}
        maxLength={200}
        error={isAsked && !reason.success ? t("people.wrong.reason") : undefined}
        onEnter={() => void end()}
        data-testid="end-person-reason"
      />
    </ActDialog>
  );
}
