// What the figures about examiners and institutions are held against, as data with its source like any other policy.
import { z } from "zod";
import { setting, valuesOf } from "./policy.ts";

export const QualityLimits = z.strictObject({
  /** Points by which an examiner may be stricter or milder than the others of their panels. */
  severityPoints: setting(z.int().min(1).max(50)),
  /** On fewer sheets nothing is said of an examiner. */
  severityLeastSheets: setting(z.int().min(2).max(1000)),
  /** A published count below this, and what it could be worked out from, is not published. */
  leastPublished: setting(z.int().min(2).max(100)),
});
export type QualityLimits = z.infer<typeof QualityLimits>;

export type QualityLimitValues = { readonly [K in keyof QualityLimits]: QualityLimits[K]["value"] };

export function qualityLimitValues(limits: QualityLimits): QualityLimitValues {
  return valuesOf(limits);
}
