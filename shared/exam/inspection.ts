// The two registers of a double-random draw (一单两库), the rates it takes, and what it gives (domain 8.1, 8.2; R58, R59). Ids
// only: who an inspector is stands in the register of the authority.
import { z } from "zod";
import { InstitutionId } from "#shared/base";

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
