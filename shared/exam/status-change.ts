// A change of an institution's status (domain 6; R66), with the paper it rests on.
import { z } from "zod";
import { Day } from "#shared/base";
import { InstitutionStatus } from "./registration.ts";

const Document = z.string().min(1).max(100);

export const StatusChange = z.strictObject({
  from: InstitutionStatus,
  to: InstitutionStatus,
  on: Day,
  document: Document,
  /** The renewal assessment by which an expired institution becomes active again. */
  renewal: Document.nullable(),
  /** Batches that were in progress, and what the authority decided about each. */
  batches: z.array(
    z.strictObject({ batch: z.string().min(1).max(64), decision: z.enum(["FINISH", "CANCEL"]).nullable() }),
  ),
});
export type StatusChange = z.infer<typeof StatusChange>;
