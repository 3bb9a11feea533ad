// The conditions of a standard as data (domain 3.4): for each level a list of paths, any one of which is enough; a path is a
// list of clauses, all of which must hold. "Since" clauses refer to the certificate or the title that the same path names.
import { z } from "zod";
import { Schooling, TitleGrade } from "./applicant.ts";
import { SkillLevel } from "./level.ts";
import { Confidence } from "./policy.ts";

const Scope = z.enum(["SAME", "SAME_OR_RELATED"]);
export type Scope = z.infer<typeof Scope>;

const years = z.int().min(1).max(60);

export const EligibilityClause = z.union([
  z.strictObject({ age: z.int().min(1).max(100) }),
  /** In the occupation or a related one, or intending to enter it. */
  z.strictObject({ worksOrEnters: z.literal(true) }),
  z.strictObject({ apprenticeship: z.literal("COMPLETED") }),
  z.strictObject({ yearsCumulative: years, scope: Scope }),
  z.strictObject({ holds: SkillLevel, scope: Scope }),
  z.strictObject({ yearsSinceHeld: years }),
  z.strictObject({ title: TitleGrade, field: Scope }),
  z.strictObject({ yearsSinceTitle: years }),
  z.strictObject({
    /** Any of these; `evaluated` asks for an evaluated programme. */
    education: z.array(z.strictObject({ schooling: Schooling, evaluated: z.boolean() })).min(1),
    field: Scope,
    finalYearOk: z.boolean(),
  }),
]);
export type EligibilityClause = z.infer<typeof EligibilityClause>;

export const EligibilityPath = z
  .strictObject({
    id: z.string().regex(/^L[1-5]-[a-z0-9]{1,10}$/),
    confidence: Confidence,
    all: z.array(EligibilityClause).min(1).max(8),
  })
  .refine(({ all }) => named(all, "yearsSinceHeld") <= named(all, "holds"), "years since which certificate?")
  .refine(({ all }) => named(all, "yearsSinceTitle") <= named(all, "title"), "years since which title?")
  .refine(
    ({ all }) => named(all, "holds") <= 1 && named(all, "title") <= 1,
    "one certificate, one title a path",
  );
export type EligibilityPath = z.infer<typeof EligibilityPath>;

export const EligibilityRuleSet = z
  .strictObject({
    id: z.string().regex(/^[A-Z0-9]+(?:\+[A-Z0-9]+)?$/),
    source: z.string().min(1).max(200),
    targets: z
      .array(z.strictObject({ target: SkillLevel, anyOf: z.array(EligibilityPath).min(1).max(20) }))
      .max(5),
  })
  .refine(({ targets }) => distinct(targets.map(({ target }) => target)), "a level has one list of paths")
  .refine(
    ({ targets }) => distinct(targets.flatMap(({ anyOf }) => anyOf.map(({ id }) => id))),
    "path ids are unique",
  )
  .refine(
    ({ targets }) => targets.every(({ target, anyOf }) => anyOf.every(({ id }) => id.startsWith(target))),
    "a path's id begins with its level",
  );
export type EligibilityRuleSet = z.infer<typeof EligibilityRuleSet>;

export function pathsTo(ruleSet: EligibilityRuleSet, target: SkillLevel): readonly EligibilityPath[] {
  return ruleSet.targets.find((entry) => entry.target === target)?.anyOf ?? [];
}

function named(clauses: readonly object[], key: string): number {
  return clauses.filter((clause) => key in clause).length;
}

function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
