// Occupation and direction, as domain 3.1 and 3.2 list them.
import { z } from "zod";
import { Words } from "./words.ts";

export const OccupationCode = z
  .string()
  .regex(/^\d-\d{2}-\d{2}-\d{2}$/)
  .brand("OccupationCode");
export type OccupationCode = z.infer<typeof OccupationCode>;

export const DirectionCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{1,31}$/)
  .brand("DirectionCode");
export type DirectionCode = z.infer<typeof DirectionCode>;

export const Occupation = z.strictObject({
  code: OccupationCode,
  name: Words,
  /** False where the class code was not confirmed in the 2022 classification; shown as a badge. */
  codeVerified: z.boolean(),
  directions: z.array(z.strictObject({ code: DirectionCode, name: Words })),
});
export type Occupation = z.infer<typeof Occupation>;
