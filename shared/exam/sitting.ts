// A sitting (场次): one rubric, one panel, one roster, one day.
import { z } from "zod";
import { Day, HashId, PersonId, SittingId } from "#shared/base";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { SkillLevel } from "./level.ts";

export const PanelMember = z.strictObject({ person: PersonId, leader: z.boolean() });
export type PanelMember = z.infer<typeof PanelMember>;

/** How a panel without an external majority stays fair although the institution taught its candidates (R31). */
export const Mitigation = z.string().trim().min(5).max(500);

export const Sitting = z.strictObject({
  id: SittingId,
  day: Day,
  occupation: OccupationCode,
  direction: DirectionCode.nullable(),
  level: SkillLevel,
  rubric: HashId,
  panel: z.array(PanelMember).min(1).max(15),
  /** Candidates assessed at the same time; rotation = ceil(no / perRotation). */
  perRotation: z.int().min(1).max(50),
  /** The quality supervisor who watches it (R23). */
  supervisor: PersonId.nullable(),
  /** Watched while they work, so that the panel knows who they are; else markers see numbers only (R45). */
  observed: z.boolean(),
  /** Null where none is needed (R31). */
  mitigation: Mitigation.nullable(),
});
export type Sitting = z.infer<typeof Sitting>;

export function panelLeaderOf(sitting: Pick<Sitting, "panel">): PersonId | undefined {
  return sitting.panel.find((member) => member.leader)?.person;
}

export function isOnPanel(sitting: Pick<Sitting, "panel">, person: PersonId): boolean {
  return sitting.panel.some((member) => member.person === person);
}
