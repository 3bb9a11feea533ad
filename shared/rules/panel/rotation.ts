// Panels change, so that nobody marks at one place for ever (R21, R22).
import { invariant, type Day, type InstitutionId, type PersonId } from "#shared/base";
import {
  block,
  decide,
  info,
  type Decision,
  type OccupationCode,
  type PanelRecord,
  type PolicyOf,
} from "#shared/exam";

/** R21: An examiner sits on no more than three panels in a row at one institution. */
export function checkConsecutive(
  person: PersonId,
  institution: InstitutionId,
  panels: readonly PanelRecord[],
  policy: PolicyOf<"maxConsecutivePanels">,
): Decision {
  const newestFirst = inOrder(panels)
    .reverse()
    .filter(({ members }) => members.includes(person));
  const elsewhere = newestFirst.findIndex((panel) => panel.institution !== institution);
  const run = (elsewhere === -1 ? newestFirst.length : elsewhere) + 1; // and the new one
  const facts = { person, run, most: policy.maxConsecutivePanels };
  return decide([
    run > policy.maxConsecutivePanels
      ? block("R21", "rotation.consecutive", facts)
      : info("R21", "rotation.run", facts),
  ]);
}

/** R22: Part of the panel is not the one that sat last for this occupation at the institution. */
export function checkRotation(
  members: readonly PersonId[],
  { institution, occupation, day }: { institution: InstitutionId; occupation: OccupationCode; day: Day },
  panels: readonly PanelRecord[],
  policy: PolicyOf<"rotationShare">,
): Decision {
  invariant(members.length > 0, "a panel has members");
  const last = inOrder(panels)
    .reverse()
    .find((panel) => panel.institution === institution && panel.occupation === occupation && panel.day < day);
  if (!last) return decide([info("R22", "rotation.first")]);
  const { n, d } = policy.rotationShare;
  const due = Math.ceil((members.length * n) / d);
  const changed = members.filter((person) => !last.members.includes(person)).length;
  const facts = { changed, due, day: last.day };
  return decide([
    changed < due ? block("R22", "rotation.unchanged", facts) : info("R22", "rotation.changed", facts),
  ]);
}

function inOrder(panels: readonly PanelRecord[]): PanelRecord[] {
  return [...panels].sort((a, b) => (a.day < b.day ? -1 : 1));
}
