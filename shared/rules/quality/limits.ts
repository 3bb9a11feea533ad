// The limits that come with the program; their shape is shared/exam's.
import { QualityLimits } from "#shared/exam";
import limits from "../policies/quality.json" with { type: "json" };

export function defaultQualityLimits(): QualityLimits {
  return QualityLimits.parse(limits);
}
