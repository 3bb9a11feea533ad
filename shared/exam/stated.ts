// What an administrator states of a person whom the register does not have yet: enough for the rules to judge a panel
// where there is no network. The register, not this, decides later what such a person's sheets are worth.
import { z } from "zod";
import { PersonName } from "./person.ts";
import { ExaminerQualification, SupervisorQualification } from "./qualification.ts";

export const StatedQualifications = z.strictObject({
  examiner: z.array(ExaminerQualification).max(10),
  supervisor: SupervisorQualification.nullable(),
});
export type StatedQualifications = z.infer<typeof StatedQualifications>;

/** Why somebody is taken out, or takes another's place: one line, in a person's own words. */
export const StaffReason = z
  .string()
  .max(200)
  .regex(/^\S(?:[^\n\r]*\S)?$/u);

/** A name as it stands on an identity card: letters, marks, a middle dot, hyphens and spaces; not digits, not signs. */
export const NewPersonName = PersonName.regex(/^[\p{L}\p{M}\p{Co}][\p{L}\p{M}\p{Co}·.'’ -]*$/u);
