// Who marks, and who leads.
import type { PersonId } from "#shared/base";
import { hasRole, type Policy } from "#shared/exam";
import { defaultPolicy } from "#shared/rules";
import { useText } from "../../i18n/index.ts";
import { usePeople } from "../../store/index.ts";
import { Checkbox, Panel, Select } from "../../ui/index.ts";
import styles from "./Roster.module.css";

export interface PanelChoiceProps {
  /** Null before there is a permit. */
  readonly policy: Policy | null;
  readonly panel: readonly PersonId[];
  readonly leader: PersonId | null;
  readonly supervisor: PersonId | null;
  readonly onSupervisor: (person: PersonId) => void;
  readonly onPanel: (panel: PersonId[], leader: PersonId | null) => void;
}

export function PanelChoice(props: PanelChoiceProps) {
  const { policy, panel, leader, supervisor, onSupervisor, onPanel } = props;
  const t = useText();
  const people = (usePeople() ?? []).filter(({ ended }) => ended === null);
  const examiners = people.filter((person) => hasRole(person, "examiner"));
  const supervisors = people.filter((person) => hasRole(person, "supervisor"));
  const { minPanel, oddPanel } = policy ?? defaultPolicy();
  // In the register's order, whatever the order of ticking.
  const inOrder = (chosen: readonly PersonId[]) =>
    examiners.filter(({ id }) => chosen.includes(id)).map(({ id }) => id);
  return (
    <Panel title={t("roster.panel")}>
      <p className={styles.quiet}>
        {oddPanel.value ? t("roster.panelLeadOdd", { least: minPanel.value }) : t("roster.panelLead")}
      </p>
      <ul className={styles.panel}>
        {examiners.map((person) => (
          <li key={person.id} className={styles.member}>
            <Checkbox
              isSelected={panel.includes(person.id)}
              onChange={(isChosen) =>
                onPanel(
                  inOrder(isChosen ? [...panel, person.id] : panel.filter((id) => id !== person.id)),
                  isChosen || leader !== person.id ? leader : null,
                )
              }
              data-testid={`roster-panel-${person.id}`}
            >
              {person.name}
            </Checkbox>
            {hasRole(person, "panelLeader") ? (
              <label className={styles.leader}>
                <input
                  type="radio"
                  name="leader"
                  checked={leader === person.id}
                  // Arrow keys choose what they pass: only among those who sit on the panel.
                  disabled={!panel.includes(person.id)}
                  onChange={() => onPanel([...panel], person.id)}
                  data-testid={`roster-leader-${person.id}`}
                />
                {t("roster.leader")}
              </label>
            ) : null}
          </li>
        ))}
      </ul>
      {supervisor === null ? null : (
        <Select
          label={t("roster.supervisor")}
          choices={supervisors.map(({ id, name }) => ({ value: id, label: name }))}
          value={supervisor}
          onChange={onSupervisor}
        />
      )}
    </Panel>
  );
}
