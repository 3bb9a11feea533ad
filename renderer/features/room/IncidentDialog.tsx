// An incident: what, when, whom it concerns, what was done; then whoever is signed in signs it in main's window.
import { useState } from "react";
import type { Refusal, SittingId } from "#shared/base";
import { IncidentTier, ReportKind } from "#shared/exam";
import type { CandidateRow, PersonRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { refusalNotice, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { ActDialog, Fields, Select, TextArea, TextField } from "../../ui/index.ts";
import { isWhole, minutesAgo, namedIn, NO_INCIDENT, reportOf, type TypedIncident } from "./incident-form.ts";
import type { Names } from "./names.ts";

export interface IncidentDialogProps {
  readonly sitting: { readonly id: SittingId };
  readonly candidates: readonly CandidateRow[];
  readonly people: readonly PersonRow[];
  readonly names: Names;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const NOBODY = "-";

export function IncidentDialog(props: IncidentDialogProps) {
  const { sitting, candidates, people, names, onClose, onDone } = props;
  const t = useText();
  const store = useStore();
  const [typed, setTyped] = useState<TypedIncident>(NO_INCIDENT);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const set = (part: Partial<TypedIncident>) => setTyped((before) => ({ ...before, ...part }));
  const named = namedIn(typed.nos, candidates);

  const sign = async () => {
    const report = reportOf(typed, candidates, Date.now());
    if (!report) return;
    setBusy(true);
    setRefusal(null);
    const done = await bridge.call("incident.record", { sitting: sitting.id, report });
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    if (taken.ok) onDone();
    else setRefusal(taken.error);
  };

  return (
    <ActDialog
      onClose={onClose}
      title={t("room.incident.title")}
      lead={t("room.incident.lead")}
      width="wide"
      cancelText={t("common.cancel")}
      actText={t("room.incident.sign")}
      busyText={t("marking.signing")}
      isBusy={busy}
      isReady={isWhole(typed, candidates)}
      refusal={refusalNotice(t, refusal)}
      onAct={() => void sign()}
      data-testid="incident"
    >
      <Fields>
        <Select
          label={t("room.what")}
          choices={ReportKind.options.map((kind) => ({
            value: kind,
            label: t(`room.incident.kind.${kind}`),
          }))}
          value={typed.kind}
          onChange={(kind) => set({ kind, tier: null })}
          data-testid="incident-kind"
        />
        {typed.kind === "breach" ? (
          <Select
            label={t("room.incident.tier")}
            choices={IncidentTier.options.map((tier) => ({
              value: tier,
              label: `${tier} · ${t(`room.incident.tiers.${tier}`)}`,
            }))}
            value={typed.tier}
            onChange={(tier) => set({ tier })}
            description={t("room.incident.tierHint")}
            data-testid="incident-tier"
          />
        ) : null}
        <TextField
          label={t("room.incident.ago")}
          value={typed.ago}
          onChange={(ago) => set({ ago })}
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          description={t("room.incident.agoHint")}
          error={minutesAgo(typed.ago) === null ? t("room.incident.agoBad") : undefined}
          data-testid="incident-ago"
        />
      </Fields>
      <Fields>
        <TextField
          label={t("room.incident.nos")}
          value={typed.nos}
          onChange={(nos) => set({ nos })}
          autoComplete="off"
          description={
            named && named.length > 0 ? named.map(names.candidate).join(" · ") : t("room.incident.nosHint")
          }
          error={named === null ? t("marking.nobodyFound") : undefined}
          data-testid="incident-nos"
        />
        <Select
          label={t("room.incident.staff")}
          choices={[
            { value: NOBODY, label: t("room.incidents.nobody") },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={typed.staff ?? NOBODY}
          onChange={(id) => set({ staff: id === NOBODY ? null : id })}
          data-testid="incident-staff"
        />
      </Fields>
      <TextArea
        label={t("room.incident.what")}
        value={typed.what}
        onChange={(what) => set({ what })}
        maxLength={1000}
        data-testid="incident-what"
      />
      <TextArea
        label={t("room.incident.done")}
        value={typed.done}
        onChange={(done) => set({ done })}
        maxLength={1000}
        description={t("room.incident.doneHint")}
        data-testid="incident-done"
      />
    </ActDialog>
  );
}
