// The end of a visit: what is still missing of the list, then the signature in main's own window.
import { useState } from "react";
import type { PersonId, Refusal, SittingId } from "#shared/base";
import type { PersonRow } from "#shared/journal";
import { lackingOf, onSiteChecklist } from "#shared/rules";
import { bridge } from "../../../bridge/index.ts";
import { blockedText, refusalKind, useText } from "../../../i18n/index.ts";
import { useStore } from "../../../store/index.ts";
import { Notice, OfferedButton, Panel, Stack } from "../../../ui/index.ts";
import type { Notes } from "./use-notes.ts";

export interface SignVisitProps {
  readonly me: PersonRow;
  readonly sitting: SittingId;
  readonly own: Notes;
  readonly nameOf: (person: PersonId) => string;
}

export function SignVisit({ me, sitting, own, nameOf }: SignVisitProps) {
  const t = useText();
  const store = useStore();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSigned, setSigned] = useState(false);
  const checklist = onSiteChecklist();
  const lacking = lackingOf(own.notes, checklist);
  const open = checklist.items.filter(({ code }) => !own.notes.answers[code]).length;
  const sign = async () => {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    const done = await bridge.call("visit.sign", { sitting });
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    setSigned(done.ok);
    if (!taken.ok) setRefusal(taken.error);
  };
  return (
    <Panel title={t("visit.sign.title")}>
      <Stack gap={3}>
        <p role="status" data-testid="visit-said">
          {isSigned && own.isEmpty ? t("visit.sign.done") : null}
        </p>
        {refusal ? (
          <Notice
            kind={refusalKind(refusal)}
            announce="now"
            title={blockedText(t, refusal, nameOf)}
            data-testid="visit-refused"
          />
        ) : null}
        {lacking ? (
          <p data-testid="visit-lacks">
            {lacking.lacks === "words" && open === 0
              ? t("visit.sign.lacksWords", {
                  no: checklist.items.findIndex(({ code }) => code === lacking.item) + 1,
                })
              : t("visit.sign.lacksAnswer", { count: open })}
          </p>
        ) : null}
        <Stack direction="row" justify="end" align="center" gap={3}>
          <span>{t("visit.sign.signer", { name: me.name })}</span>
          <OfferedButton
            kind="primary"
            size="large"
            isDisabled={lacking !== null}
            busy={busy}
            busyText={t("visit.sign.signing")}
            note={t("visit.sign.note")}
            onPress={() => void sign()}
            data-testid="visit-sign"
          >
            {t("visit.sign.sign")}
          </OfferedButton>
        </Stack>
      </Stack>
    </Panel>
  );
}
