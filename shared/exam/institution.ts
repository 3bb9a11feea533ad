// The assessment institution (认定机构) as the registry's register knows it.
import { z } from "zod";
import { InstitutionId } from "#shared/base";

export const Institution = z.strictObject({
  id: InstitutionId,
  name: z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200) }),
  /** A demonstration centre: its forms are marked 演示, its results never reach a certificate (rulings 13). */
  demo: z.boolean(),
});
export type Institution = z.infer<typeof Institution>;
