// What happened in the room (考场情况记录单), as whoever saw it writes it down: an irregularity in its tier, a power cut, an injury,
// a broken work piece. It reports; what follows for a candidate is decided by the institution later (R76).
import { z } from "zod";
import { CandidateRef, InstantMs, PersonId } from "#shared/base";
import { IncidentTier } from "./incident.ts";
import { MOST_CHANGED } from "./roster-change.ts";
import { SettlingWords } from "./settlement.ts";

export const ReportKind = z.enum(["breach", "power-cut", "injury", "broken-workpiece", "equipment", "other"]);
export type ReportKind = z.infer<typeof ReportKind>;

export const IncidentReport = z
  .strictObject({
    kind: ReportKind,
    /** Of a breach, as the one who reports it takes it to be; null of everything else. */
    tier: IncidentTier.nullable(),
    happenedAt: InstantMs,
    candidates: z.array(CandidateRef).max(MOST_CHANGED),
    staff: z.array(PersonId).max(20),
    what: SettlingWords,
    done: SettlingWords,
  })
  .refine(
    ({ kind, tier }) => (kind === "breach") === (tier !== null),
    "a breach has a tier, nothing else has",
  )
  .refine(
    ({ kind, candidates, staff }) => kind !== "breach" || candidates.length + staff.length > 0,
    "a breach is somebody's",
  );
export type IncidentReport = z.infer<typeof IncidentReport>;
