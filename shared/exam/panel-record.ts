// A panel that sat: what rotation is counted from (R21, R22).
import { z } from "zod";
import { Day, InstitutionId, PersonId } from "#shared/base";
import { OccupationCode } from "./occupation.ts";

export const PanelRecord = z.strictObject({
  institution: InstitutionId,
  occupation: OccupationCode,
  day: Day,
  members: z.array(PersonId).min(1).max(15),
});
export type PanelRecord = z.infer<typeof PanelRecord>;
