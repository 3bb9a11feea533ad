// Who may form the panel of a sitting: size, odd number, one leader, nobody twice (R15, R20). The figures are policy;
// a demonstration may be marked by one examiner alone (rulings 13).
import { ok, refuse, type PersonId, type Refusal, type Result } from "#shared/base";
import { hasRole, type PanelMember, type Role } from "#shared/exam";

export interface PanelPolicy {
  readonly minPanel: number;
  readonly oddPanel: boolean;
}

export type PanelRefusal = Refusal<
  | "panel.too-small"
  | "panel.even"
  | "panel.no-leader"
  | "panel.leaders"
  | "panel.repeated"
  | "panel.not-examiner"
>;

export function checkPanel(
  panel: readonly PanelMember[],
  rolesOf: (person: PersonId) => readonly Role[] | undefined,
  policy: PanelPolicy,
): Result<void, PanelRefusal> {
  if (panel.length < policy.minPanel) {
    return refuse({ code: "panel.too-small", facts: { least: policy.minPanel, members: panel.length } });
  }
  if (policy.oddPanel && panel.length % 2 === 0) {
    return refuse({ code: "panel.even", facts: { members: panel.length } });
  }
  if (new Set(panel.map(({ person }) => person)).size < panel.length)
    return refuse({ code: "panel.repeated" });
  if (!panel.every(({ person }) => hasRole({ roles: [...(rolesOf(person) ?? [])] }, "examiner"))) {
    return refuse({ code: "panel.not-examiner" });
  }
  const leaders = panel.filter(({ leader }) => leader);
  if (leaders.length > 1) return refuse({ code: "panel.leaders" });
  const [leader] = leaders;
  if (!leader || !rolesOf(leader.person)?.includes("panelLeader")) return refuse({ code: "panel.no-leader" });
  return ok(undefined);
}
