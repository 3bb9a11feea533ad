// What the office types about a person, and how it becomes what main checks and shows. Text stays text until it is whole; a
// mistake is named at its field.
import { z } from "zod";
import { Day } from "#shared/base";
import { ExaminerQualification, Role, SkillLevel, SupervisorQualification } from "#shared/exam";
import { NewPerson } from "#shared/ipc";
import { normaliseName } from "#shared/rules";

export const PersonForm = z
  .strictObject({
    name: z.string(),
    roles: z.array(Role),
    grade: ExaminerQualification.shape.grade,
    cardNo: z.string(),
    occupation: z.string(),
    levels: z.array(SkillLevel),
    cardFrom: z.string(),
    cardTo: z.string(),
    kind: SupervisorQualification.shape.kind,
    termFrom: z.string(),
    termTo: z.string(),
  })
  .transform((typed, context): NewPerson => {
    const { roles, grade, levels, occupation, kind } = typed;
    const wrong = (field: keyof typeof typed, message: Mistake) =>
      context.addIssue({ code: "custom", path: [field], message });
    const name = normaliseName(typed.name);
    if (!NewPerson.shape.name.safeParse(name).success) wrong("name", "name");
    if (roles.length === 0) wrong("roles", "roles");
    if (needsCard(roles)) {
      if (typed.cardNo.trim() === "") wrong("cardNo", "cardNo");
      if (levels.length === 0) wrong("levels", "levels");
      else if (grade === "EXAMINER" && levels.some((level) => level === "L2" || level === "L1"))
        wrong("levels", "senior");
      if (!isTerm(typed.cardFrom, typed.cardTo)) wrong("cardTo", "term");
    }
    if (needsTerm(roles) && !isTerm(typed.termFrom, typed.termTo)) wrong("termTo", "term");
    const person = NewPerson.safeParse({
      name,
      roles,
      examiner: needsCard(roles)
        ? [
            {
              grade,
              cardNo: typed.cardNo.trim(),
              occupation,
              directions: [],
              levels,
              status: "ACTIVE",
              validFrom: typed.cardFrom.trim(),
              validTo: typed.cardTo.trim(),
            },
          ]
        : [],
      supervisor: needsTerm(roles)
        ? { kind, validFrom: typed.termFrom.trim(), validTo: typed.termTo.trim() }
        : null,
    });
    if (person.success) return person.data;
    if (context.issues.length === 0) wrong("cardNo", "cardNo");
    return z.NEVER;
  });
export type Typed = z.input<typeof PersonForm>;
export type Meant = z.output<typeof PersonForm>;

export type Mistake = "name" | "roles" | "cardNo" | "levels" | "senior" | "term";

/** Whoever marks or leads holds an examiner's card (R18, R19). */
export function needsCard(roles: readonly Role[]): boolean {
  return roles.includes("examiner") || roles.includes("panelLeader");
}

/** A quality supervisor has a term (R23). */
export function needsTerm(roles: readonly Role[]): boolean {
  return roles.includes("supervisor");
}

function isTerm(from: string, to: string): boolean {
  const [first, last] = [Day.safeParse(from.trim()), Day.safeParse(to.trim())];
  return first.success && last.success && first.data <= last.data;
}
