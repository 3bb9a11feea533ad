// A change of roster: what, whom, why and who confirms; then the leader and that person sign in main's window. What was filled in
// stays while nobody has.
import { useState } from "react";
import type { PersonId, Refusal } from "#shared/base";
import { panelLeaderOf, RosterReason, RosterChangeKind } from "#shared/exam";
import { officeOf, type CandidateRow, type PersonRow, type SittingRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { refusalNotice, useText } from "../../i18n/index.ts";
import { useStore } from "../../store/index.ts";
import { ActDialog, Checkbox, ChoiceSet, Fields, Select, TextField } from "../../ui/index.ts";
import { askedOf, candidateOf, NO_CHANGE, rotationsOf, stranded, type TypedChange } from "./change-form.ts";
import type { Names } from "./names.ts";

export interface ChangeDialogProps {
  readonly sitting: SittingRow;
  readonly candidates: readonly CandidateRow[];
  readonly people: readonly PersonRow[];
  readonly names: Names;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ChangeDialog({ sitting, candidates, people, names, onClose, onDone }: ChangeDialogProps) {
  const t = useText();
  const store = useStore();
  const [typed, setTyped] = useState<TypedChange>(NO_CHANGE);
  const [reasonText, setReason] = useState("");
  const [chosen, setConfirmer] = useState<PersonId | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const set = (part: Partial<TypedChange>) => setTyped((before) => ({ ...before, ...part }));

  const confirmers = people.filter((one) => officeOf(one) !== null && one.id !== panelLeaderOf(sitting));
  const [only] = confirmers;
  const confirmer = chosen ?? (confirmers.length === 1 && only ? only.id : null);
  const asked = askedOf(typed, candidates);
  const reason = RosterReason.safeParse(reasonText.trim());

  const sign = async () => {
    if (!asked || !reason.success || confirmer === null) return;
    setBusy(true);
    setRefusal(null);
    const done = await bridge.call("roster.requestChange", {
      sitting: sitting.id,
      change:
        "candidates" in asked
          ? asked.kind === "swap"
            ? { kind: asked.kind, candidates: [...asked.candidates] }
            : { ...asked, candidates: [...asked.candidates] }
          : asked,
      reason: reason.data,
      confirmer,
    });
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    if (taken.ok) onDone();
    else setRefusal(taken.error);
  };

  return (
    <ActDialog
      onClose={onClose}
      title={t("room.change.title")}
      lead={t("room.change.lead")}
      width="wide"
      cancelText={t("common.cancel")}
      actText={t("room.change.sign")}
      busyText={t("marking.signing")}
      isBusy={busy}
      isReady={asked !== null && reason.success && confirmer !== null}
      refusal={refusalNotice(t, refusal)}
      onAct={() => void sign()}
      data-testid="roster-change"
    >
      <Select
        label={t("room.change.kind")}
        choices={RosterChangeKind.options.map((kind) => ({
          value: kind,
          label: t(`room.change.${kind}`),
          description: t(`room.change.what.${kind}`),
        }))}
        value={typed.kind}
        onChange={(kind) => setTyped({ ...NO_CHANGE, kind })}
        description={t(`room.change.what.${typed.kind}`)}
        data-testid="roster-change-kind"
      />
      <Whom {...{ typed, set, candidates, names }} />
      <TextField
        label={t("room.reason")}
        value={reasonText}
        onChange={setReason}
        maxLength={200}
        description={t("room.change.reasonHint")}
        data-testid="roster-change-reason"
      />
      <Select
        label={t("room.change.confirmer")}
        choices={confirmers.map(({ id, name, roles }) => ({
          value: id,
          label: `${name} · ${t(`common.role.${roles.includes("supervisor") ? "supervisor" : "administrator"}`)}`,
        }))}
        value={confirmer}
        onChange={setConfirmer}
        description={t("room.change.confirmerHint")}
        data-testid="roster-change-confirmer"
      />
    </ActDialog>
  );
}

interface WhomProps {
  readonly typed: TypedChange;
  readonly set: (part: Partial<TypedChange>) => void;
  readonly candidates: readonly CandidateRow[];
  readonly names: Names;
}

function Whom({ typed, set, candidates, names }: WhomProps) {
  const t = useText();
  const rotation = (value: number) => ({
    value: String(value),
    label: t("marking.rotation", { count: value }),
  });
  if (typed.kind === "relocation" || typed.kind === "unexamined") {
    const rotations = rotationsOf(candidates);
    const those = stranded(typed.rotation, candidates);
    return (
      <>
        <Fields>
          <Select
            label={t("room.change.failed")}
            choices={rotations.map(rotation)}
            value={typed.rotation === null ? null : String(typed.rotation)}
            onChange={(value) => set({ rotation: Number(value), spared: [], to: null })}
            data-testid="roster-change-rotation"
          />
          {typed.kind === "relocation" ? (
            <Select
              label={t("room.change.to")}
              choices={[...rotations, Math.max(...rotations) + 1]
                .filter((one) => one !== typed.rotation)
                .map(rotation)}
              value={typed.to === null ? null : String(typed.to)}
              onChange={(value) => set({ to: Number(value) })}
              data-testid="roster-change-to"
            />
          ) : null}
        </Fields>
        {typed.rotation !== null ? (
          <ChoiceSet legend={t("room.change.those")}>
            {those.length === 0 ? <p>{t("room.change.nobody")}</p> : null}
            {those.map((one) => (
              <Checkbox
                key={one.ref}
                isSelected={!typed.spared.includes(one.ref)}
                onChange={(isIn) =>
                  set({
                    spared: isIn ? typed.spared.filter((ref) => ref !== one.ref) : [...typed.spared, one.ref],
                  })
                }
                data-testid={`roster-change-those-${String(one.no)}`}
              >
                {names.candidate(one)}
              </Checkbox>
            ))}
          </ChoiceSet>
        ) : null}
      </>
    );
  }
  return (
    <Fields>
      <ByNumber
        label={t("room.change.no")}
        value={typed.no}
        onChange={(no) => set({ no })}
        {...{ candidates, names }}
        data-testid="roster-change-no"
      />
      {typed.kind === "swap" ? (
        <ByNumber
          label={t("room.change.otherNo")}
          value={typed.otherNo}
          onChange={(otherNo) => set({ otherNo })}
          {...{ candidates, names }}
          data-testid="roster-change-other"
        />
      ) : null}
    </Fields>
  );
}

/** Typed, not chosen from a list: a sitting may have ten thousand. Who it is stands below at once. */
function ByNumber(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly candidates: readonly CandidateRow[];
  readonly names: Names;
  readonly "data-testid": string;
}) {
  const { label, value, onChange, candidates, names } = props;
  const t = useText();
  const found = candidateOf(value, candidates);
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      description={
        found ? (
          <span data-testid={`${props["data-testid"]}-who`}>
            {t("room.change.who", {
              who: names.candidate(found),
              rotation: t("marking.rotation", { count: found.rotation }),
            })}
          </span>
        ) : (
          t("room.change.noHint")
        )
      }
      error={value.trim() !== "" && !found ? t("marking.nobodyFound") : undefined}
      data-testid={props["data-testid"]}
    />
  );
}
