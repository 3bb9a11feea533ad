// Who marks, and who leads.
import type { PersonId } from "#shared/base";
import { hasRole } from "#shared/exam";
import { defaultPolicy, demoPolicy } from "#shared/rules";
import { useText } from "../../i18n/index.ts";
import { usePeople } from "../../store/index.ts";
import { Checkbox, Panel } from "../../ui/index.ts";
import styles from "./Roster.module.css";

export interface PanelChoiceProps {
  readonly policy: "default" | "demo";
  readonly panel: readonly PersonId[];
  readonly leader: PersonId | null;
  readonly onPanel: (panel: PersonId[], leader: PersonId | null) => void;
}

export function PanelChoice({ policy, panel, leader, onPanel }: PanelChoiceProps) {
  const t = useText();
  const examiners = usePeople()?.filter((person) => hasRole(person, "examiner")) ?? [];
  const { minPanel, oddPanel } = policy === "demo" ? demoPolicy() : defaultPolicy();
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
                  onChange={() => onPanel(inOrder([...panel, person.id]), person.id)}
                  data-testid={`roster-leader-${person.id}`}
                />
                {t("roster.leader")}
              </label>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
