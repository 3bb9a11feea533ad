// What stands between a person of the register and a candidate, declared or on file (domain 4.2; R24, R27).
import { z } from "zod";
import { IdHash, PersonId } from "#shared/base";

export const RelationKind = z.enum([
  "SPOUSE",
  "LINEAL",
  "COLLATERAL3",
  "IN_LAW",
  "MASTER",
  "TEACHER",
  "SUPERIOR",
  "COLLEAGUE",
  "INTEREST",
  "SELF",
]);
export type RelationKind = z.infer<typeof RelationKind>;

export const Relation = z.strictObject({
  person: PersonId,
  candidate: IdHash,
  kind: RelationKind,
  source: z.enum(["DECLARED", "HR", "IMPORT"]),
});
export type Relation = z.infer<typeof Relation>;
