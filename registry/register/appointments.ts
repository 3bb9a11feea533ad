// Posts that employers filled and reported (学徒工, 特级技师, 首席技师): read with the register, judged by R2 to R4. What the rules
// refuse is told to the operator at start and carried nowhere.
import { z } from "zod";
import {
  Appointment,
  decide,
  HeldCertificate,
  Rung,
  SkillLevel,
  type Decision,
  type PolicyOf,
} from "#shared/exam";
import { checkAppointed, checkPostExists, checkSpecialPost, knownOccupations } from "#shared/rules";

export const ReportedAppointment = z.strictObject({
  appointment: z.strictObject({
    ...Appointment.shape,
    /** As reported: a level in its place is a finding, not a parse error. */
    position: Rung,
  }),
  certificates: z.array(HeldCertificate).max(50),
});
export type ReportedAppointment = z.infer<typeof ReportedAppointment>;

/** R2 to R4 for one reported post; an occupation without a known standard is taken to have all five levels. */
export function judgeAppointment(
  { appointment, certificates }: ReportedAppointment,
  levelsOf: (occupation: string) => readonly SkillLevel[] | undefined,
  policy: PolicyOf<"specialYearsHeld">,
): Decision {
  const { position, occupation } = appointment;
  const appointed = checkAppointed(position);
  const post = Appointment.shape.position.safeParse(position);
  if (!appointed.allowed || !post.success) return appointed;
  const levels = levelsOf(occupation) ?? (isKnown(occupation) ? SkillLevel.options : []);
  return decide([
    ...checkPostExists(levels, post.data).findings,
    ...(post.data === "SPECIAL" ? checkSpecialPost(certificates, appointment, policy).findings : []),
  ]);
}

function isKnown(occupation: string): boolean {
  return knownOccupations().some(({ code }) => code === occupation);
}
