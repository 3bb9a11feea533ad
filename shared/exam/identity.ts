// How a candidate's identity was checked, and on what ground personal papers may be held at all (R77, R79).
import { z } from "zod";
import { ClockReading, Day, IdHash, PersonId } from "#shared/base";

/** By a person against the ID document, or by comparing a face with the picture on it. */
export const IdentityMethod = z.enum(["MANUAL", "FACE"]);
export type IdentityMethod = z.infer<typeof IdentityMethod>;

export const IdentityCheck = z.strictObject({
  candidate: IdHash,
  method: IdentityMethod,
  by: PersonId,
  at: ClockReading,
});
export type IdentityCheck = z.infer<typeof IdentityCheck>;

/** Personal fields that stay empty until a ground for holding them is on record. */
export const SensitiveField = z.enum(["PHOTO", "ID_IMAGE", "BIOMETRIC"]);
export type SensitiveField = z.infer<typeof SensitiveField>;

export const Consent = z
  .strictObject({
    person: IdHash,
    fields: z.array(SensitiveField).min(1),
    ground: z.enum(["CONSENT", "LEGAL_DUTY"]),
    purpose: z.string().min(1).max(200),
    on: Day,
    withdrawnOn: Day.nullable(),
  })
  .refine(({ on, withdrawnOn }) => withdrawnOn === null || on <= withdrawnOn, "withdrawn after it was given");
export type Consent = z.infer<typeof Consent>;
