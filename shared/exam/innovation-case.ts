// The file of a person who asks to be assessed without the usual conditions, for an innovation award (R60, domain 7.2).
import { z } from "zod";
import { Day, PersonId } from "#shared/base";
import { SkillLevel } from "./level.ts";

export const InnovationCase = z.strictObject({
  award: z.string().min(1).max(64),
  grade: z.enum(["NATIONAL", "MINISTERIAL", "PROVINCIAL", "MUNICIPAL", "OTHER"]),
  target: SkillLevel,
  /** References to papers on file; null while they are missing. */
  problemEvidence: z.string().min(1).max(100).nullable(),
  justification: z.string().min(1).max(400).nullable(),
  nominatingEmployer: z.string().min(1).max(100).nullable(),
  review: z
    .strictObject({
      reviewers: z.array(z.strictObject({ person: PersonId, grade: z.enum(["EXAMINER", "SENIOR"]) })).max(31),
      approved: z.boolean(),
    })
    .nullable(),
  noticeEndedOn: Day.nullable(),
});
export type InnovationCase = z.infer<typeof InnovationCase>;
