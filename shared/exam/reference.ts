// The reference pack (资料包) of an institution: everything the rules must know about people and policy before a sitting,
// signed by the registry and carried to laptops that have no network (domain E6). Candidates appear as keyed hashes.
import { z } from "zod";
import { PersonId } from "#shared/base";
import { ActiveRegistration, CandidateApplication } from "./application.ts";
import { Incident } from "./incident.ts";
import { PanelRecord } from "./panel-record.ts";
import { AssessmentPlan } from "./plan.ts";
import { Policy } from "./policy.ts";
import { ExaminerQualification, SupervisorQualification } from "./qualification.ts";
import { Registration } from "./registration.ts";
import { Relation } from "./relation.ts";
import { OccupationalStandard } from "./standard.ts";
import { TrainingClass } from "./training.ts";

export const ReferencePack = z.strictObject({
  version: z.int().min(1),
  /** Keys the hashes of ID numbers in this pack. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  policy: Policy,
  registration: Registration,
  examiners: z.array(ExaminerQualification).max(5000),
  supervisors: z.array(SupervisorQualification).max(2000),
  /** Where people of the register work, by credit code or name; those of the institution itself are internal (R31). */
  employers: z.array(z.strictObject({ person: PersonId, employer: z.string().min(1).max(100) })).max(5000),
  training: z.array(TrainingClass).max(2000),
  relations: z.array(Relation).max(20_000),
  panels: z.array(PanelRecord).max(2000),
  /** Who wrote or could unseal the paper of a rubric (R30). */
  paperAccess: z.array(z.strictObject({ rubric: z.string().min(1).max(64), person: PersonId })).max(2000),
  standards: z.array(OccupationalStandard).max(50),
  plans: z.array(AssessmentPlan).max(500),
  applications: z.array(CandidateApplication).max(5000),
  /** Open applications of the same people at other institutions (R13). */
  registrations: z.array(ActiveRegistration).max(20_000),
  incidents: z.array(Incident).max(5000),
});
export type ReferencePack = z.infer<typeof ReferencePack>;
