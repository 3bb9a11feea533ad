// A substitute on the day: whose place, who takes it, why; what the rules say about the panel as it would be, and then three
// people in main's window.
import { useEffect, useState } from "react";
import type { PersonId, Refusal, SittingId } from "#shared/base";
import { hasRole, isOnPanel, StaffReason, type Finding } from "#shared/exam";
import type { Substitution as Asked } from "#shared/ipc";
import type { PersonRow, SittingRow } from "#shared/journal";
import { bridge } from "../../bridge/index.ts";
import { findingText, formatDay, refusalNotice, useText, wordsIn } from "../../i18n/index.ts";
import { useRubrics, useStore } from "../../store/index.ts";
import { ActDialog, Fields, Pill, Select, TextField } from "../../ui/index.ts";
import styles from "./People.module.css";

export interface SubstitutionProps {
  readonly people: readonly PersonRow[];
  /** Newest day first. */
  readonly sittings: readonly SittingRow[];
  readonly onClose: () => void;
  readonly onDone: (name: string) => void;
}

export function Substitution({ people, sittings, onClose, onDone }: SubstitutionProps) {
  const t = useText();
  const store = useStore();
  const [sittingId, setSitting] = useState<SittingId | null>(sittings[0]?.id ?? null);
  const [leaves, setLeaves] = useState<PersonId | null>(null);
  const [joins, setJoins] = useState<PersonId | null>(null);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const sitting = sittings.find(({ id }) => id === sittingId);
  const title = useSittingTitle();
  const reason = StaffReason.safeParse(typed.trim());
  const asked = sitting && leaves !== null && joins !== null ? { sitting: sitting.id, leaves, joins } : null;
  const findings = useFindings(asked);
  const blocks = findings?.filter(({ severity }) => severity === "block") ?? [];
  const nameOf = (id: unknown) => people.find((person) => person.id === id)?.name ?? String(id);

  const substitute = async () => {
    if (asked === null || !reason.success) return;
    setBusy(true);
    setRefusal(null);
    const done = await bridge.call("panel.substitute", { ...asked, reason: reason.data });
    const taken = done.ok ? await store.catchUp() : done;
    setBusy(false);
    if (taken.ok) onDone(nameOf(asked.joins));
    else setRefusal(taken.error);
  };

  return (
    <ActDialog
      onClose={onClose}
      title={t("people.substitute.title")}
      lead={t("people.substitute.lead")}
      width="wide"
      cancelText={t("common.cancel")}
      actText={t("people.substitute.confirm")}
      busyText={t("people.waiting")}
      isBusy={busy}
      isReady={asked !== null && reason.success && findings !== null && blocks.length === 0}
      refusal={refusalNotice(t, refusal)}
      onAct={() => void substitute()}
      data-testid="substitution"
    >
      <Select
        label={t("people.substitute.sitting")}
        choices={sittings.map((one) => ({ value: one.id, label: title(one) }))}
        value={sittingId}
        onChange={(id) => {
          setSitting(id);
          setLeaves(null);
          setJoins(null);
        }}
        data-testid="substitution-sitting"
      />
      <Fields>
        <Select
          label={t("people.substitute.leaves")}
          choices={(sitting?.panel ?? []).map(({ person }) => ({ value: person, label: nameOf(person) }))}
          value={leaves}
          onChange={setLeaves}
          data-testid="substitution-leaves"
        />
        <Select
          label={t("people.substitute.joins")}
          choices={people
            .filter((person) => sitting && person.ended === null && hasRole(person, "examiner"))
            .filter((person) => sitting && !isOnPanel(sitting, person.id))
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={joins}
          onChange={setJoins}
          description={t("people.substitute.joinsHint")}
          data-testid="substitution-joins"
        />
      </Fields>
      <TextField
        label={t("people.reason")}
        value={typed}
        onChange={setTyped}
        maxLength={200}
        data-testid="substitution-reason"
      />
      <div aria-live="polite" data-testid="substitution-review" data-blocks={findings ? blocks.length : ""}>
        {findings && blocks.length === 0 ? <p>{t("people.substitute.allowed")}</p> : null}
        <ul className={styles.findings}>
          {(findings ?? [])
            .filter(({ severity }) => severity !== "info")
            .map((finding) => (
              <li key={JSON.stringify(finding)} data-code={finding.code}>
                <Pill kind="attention">{finding.rule}</Pill>
                <span>{findingText(t, named(finding, nameOf))}</span>
              </li>
            ))}
        </ul>
      </div>
    </ActDialog>
  );
}

/** Asks main whenever the question changes; an answer to an older one is dropped. */
function useFindings(asked: Asked | null): readonly Finding[] | null {
  const question = asked === null ? null : JSON.stringify(asked);
  const [answer, setAnswer] = useState<{ readonly to: string; readonly findings: Finding[] } | null>(null);
  useEffect(() => {
    if (question === null) return;
    let isCurrent = true;
    void bridge.call("panel.review", JSON.parse(question) as Asked).then((reviewed) => {
      if (isCurrent && reviewed.ok) setAnswer({ to: question, findings: reviewed.value.findings });
    });
    return () => {
      isCurrent = false;
    };
  }, [question]);
  return answer !== null && answer.to === question ? answer.findings : null;
}

function useSittingTitle(): (sitting: SittingRow) => string {
  const t = useText();
  const rubrics = useRubrics() ?? [];
  return ({ rubric: hash, day }) => {
    const rubric = rubrics.find((one) => one.hash === hash)?.rubric;
    return `${formatDay(day, t.locale)} · ${rubric ? wordsIn(t, rubric.title) : ""}`;
  };
}

function named(finding: Finding, nameOf: (id: unknown) => string): Finding {
  const { person } = finding.facts;
  return person === undefined ? finding : { ...finding, facts: { ...finding.facts, person: nameOf(person) } };
}
