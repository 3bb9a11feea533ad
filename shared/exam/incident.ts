// Incidents of candidates and of staff, in the tiers of the rules for breaches of discipline (R76, domain 5.11).
import { z } from "zod";
import { Day, IdHash } from "#shared/base";
import { ExamPart } from "./part-result.ts";

/** C1 the part's mark, C2 the part as cheating, C3 all parts and the rest of the year, C4 all parts and a referral. */
export const IncidentTier = z.enum(["C1", "C2", "C3", "C4"]);
export type IncidentTier = z.infer<typeof IncidentTier>;

export const Incident = z.strictObject({
  code: z.string().min(1).max(64),
  person: IdHash,
  tier: IncidentTier,
  part: ExamPart,
  on: Day,
  /** The decision and its document. */
  document: z.string().min(1).max(100),
});
export type Incident = z.infer<typeof Incident>;
