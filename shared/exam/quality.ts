// What an institution's quality is counted from in one period (domain 8.4), as those who know hand it in.
import { z } from "zod";
import { InstitutionId } from "#shared/base";

const count = z.int().min(0).max(100_000_000);

/** So many of so many. */
export const Share = z
  .strictObject({ hits: count, of: count })
  .refine(({ hits, of }) => hits <= of, "no more than there are");
export type Share = z.infer<typeof Share>;

export const QUALITY_INDICATORS = ["remarked", "severity", "appeals", "late", "flagged"] as const;
export type QualityIndicator = (typeof QUALITY_INDICATORS)[number];

/** Null: nobody has handed it in, which is not the same as none. */
export const QualitySources = z.strictObject({
  institution: InstitutionId,
  name: z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200) }),
  /** Sheets that others marked again, and those of them that came to another mark. */
  remarked: Share.nullable(),
  /** Examiners with enough sheets, and those beyond what is allowed (quality/severity.ts). */
  severity: Share.nullable(),
  /** Appeals decided, and upheld. */
  appeals: Share.nullable(),
  /** Batches due, and sent late. */
  late: Share.nullable(),
  /** Sittings, and those with a flag that a supervisor confirmed. */
  flagged: Share.nullable(),
});
export type QualitySources = z.infer<typeof QualitySources>;

/** As an operator hands a period in. */
export const QualityPeriod = z.strictObject({
  period: z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]))?$/),
  institutions: z
    .array(QualitySources)
    .min(1)
    .max(2000)
    .refine(
      (all) => new Set(all.map(({ institution }) => institution)).size === all.length,
      "every institution once",
    ),
});
export type QualityPeriod = z.infer<typeof QualityPeriod>;
