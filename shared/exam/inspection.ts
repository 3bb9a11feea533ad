// The two registers of a double-random draw (一单两库), the rates it takes, and what it gives (domain 8.1, 8.2; R58, R59). Ids
// only: who an inspector is stands in the register of the authority.
import { z } from "zod";
import { Day, InstitutionId } from "#shared/base";

/** `hrss-01`, or a supervisor by the institution that named them: `demo-centre/p-02`. */
export const InspectorId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}(?:\/[a-z0-9][a-z0-9-]{0,31})?$/)
  .brand("InspectorId");
export type InspectorId = z.infer<typeof InspectorId>;

/** An inspector steps aside from where they are employed, and from where they declared an interest. */
export const ConflictReason = z.enum(["EMPLOYED", "DECLARED"]);
export type ConflictReason = z.infer<typeof ConflictReason>;

export const DrawRegister = z.strictObject({
  objects: z
    .array(
      z.strictObject({
        id: InstitutionId,
        name: z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200) }),
        /** Complaints or a bad record: inspected whatever is drawn. */
        always: z.boolean(),
      }),
    )
    .min(1)
    .max(2000),
  inspectors: z.array(InspectorId).min(1).max(2000),
  conflicts: z
    .array(z.strictObject({ inspector: InspectorId, object: InstitutionId, reason: ConflictReason }))
    .max(4000),
});
export type DrawRegister = z.infer<typeof DrawRegister>;

/** One in so many of the objects, and how many inspectors go to each. */
export const DrawRates = z.strictObject({
  percent: z.int().min(1).max(100),
  inspectorsPerObject: z.int().min(1).max(10),
});
export type DrawRates = z.infer<typeof DrawRates>;

export const DrawnInspection = z.strictObject({
  object: InstitutionId,
  inspectors: z.array(InspectorId).max(10),
  /** Who would have come next and stepped aside. */
  stoodAside: z.array(InspectorId).max(2000),
  /** Drawn, or added because of complaints or a bad record. */
  because: z.enum(["DRAWN", "RECORD"]),
});
export type DrawnInspection = z.infer<typeof DrawnInspection>;

/** A year and a number, as people speak of it: `2027-1`. */
export const DrawPlan = z.string().regex(/^\d{4}-[1-9]\d?$/);

/** What an inspection asks (一单): the matters of the scorecard (domain 8.4). */
export const InspectionMatter = z.enum([
  "organisation",
  "venue",
  "papers",
  "conduct",
  "discipline",
  "data",
  "complaints",
  "effect",
]);
export type InspectionMatter = z.infer<typeof InspectionMatter>;

/** What inspectors found of one matter, what has to be corrected by when, and when it was (domain 8.2, steps 6 to 8). */
export const InspectionFinding = z
  .strictObject({
    object: InstitutionId,
    matter: InspectionMatter,
    inspected: Day,
    found: z.string().trim().min(1).max(1000),
    /** Empty where nothing has to be. */
    correct: z.string().trim().max(1000),
    due: Day.nullable(),
    corrected: Day.nullable(),
    /** The day on which it was first made public. */
    published: Day,
  })
  .refine(({ correct, due }) => (correct === "") === (due === null), "what is to be corrected has a day")
  .refine(({ inspected, due }) => due === null || due >= inspected, "nothing is due before it was found")
  .refine(
    ({ inspected, corrected, correct }) => corrected === null || (correct !== "" && corrected >= inspected),
    "only what had to be is corrected, and afterwards",
  )
  .refine(({ inspected, published }) => published >= inspected, "nothing is public before it was found");
export type InspectionFinding = z.infer<typeof InspectionFinding>;

/** One finding of one matter of one institution. */
export function findingKey({ object, matter }: Pick<InspectionFinding, "object" | "matter">): string {
  return `${object} ${matter}`;
}
