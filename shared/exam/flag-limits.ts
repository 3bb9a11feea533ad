// What a supervision flag measures against, as data with its source like any other policy: integers only, so that a registry
// can sign a province's own one day. It is no part of the permit yet; the program brings one set (shared/rules/policies).
import { z } from "zod";
import { setting, valuesOf } from "./policy.ts";

export const FlagLimits = z.strictObject({
  /** A flag that weighs chance is raised where a sitting without fault shows as much less often than this, in a million. */
  falseAlarmsPerMillion: setting(z.int().min(1).max(100_000)),
  /** One item's entry on a sheet that is filled in without a break: its usual time, and the spread of its logarithm. */
  itemEntryMs: setting(z.int().min(100).max(3_600_000)),
  itemEntrySpreadPercent: setting(z.int().min(1).max(300)),
  /** Sheets in a row with the same judgements before a flag speaks of a row. */
  sameSheetsInARow: setting(z.int().min(2).max(100)),
  /** Of a hundred sheets, items whose mark is another one when the sheet is signed than when it was first complete. */
  laterChangesPerHundredSheets: setting(z.int().min(1).max(1000)),
  /** How far such a change moves the mark, in tenths of a point (one standard deviation). */
  laterChangeTenths: setting(z.int().min(1).max(1000)),
  /** Fewer such changes of one candidate are no cluster, however far they move a mark. */
  laterChangesLeast: setting(z.int().min(1).max(100)),
  /** Points that a signed total may move after the panel's sheets lay open, where its result stays. */
  revealedChangePoints: setting(z.int().min(0).max(100)),
  /** Points by which one sheet lies apart from the others of its panel in the ordinary way (one standard deviation). */
  sheetNoisePoints: setting(z.int().min(1).max(50)),
  /** Points by which an examiner may be stricter or milder than the panel, and the fewest sheets to say so from. */
  severityPoints: setting(z.int().min(1).max(50)),
  severityLeastSheets: setting(z.int().min(2).max(1000)),
  /** Photographs that a signed sheet holds at least. */
  leastPhotographs: setting(z.int().min(0).max(20)),
  /** Minutes without an act on an open sheet, beyond the work's own time where it is watched. */
  pauseMinutes: setting(z.int().min(1).max(10_000)),
  /** How alike the candidates of one sitting are in passing, beyond what the record says: intra-class correlation, in thousandths. */
  sittingLikenessPerMille: setting(z.int().min(1).max(500)),
  /** Earlier candidates without whom there is no record to compare a pass rate with. */
  passRecordLeast: setting(z.int().min(1).max(100_000)),
  /** Points above the pass mark from which nobody doubts that a candidate passes. */
  nearPassPoints: setting(z.int().min(1).max(100)),
  /** Both questions about a pass rate together. */
  passRateFalseAlarmsPerMillion: setting(z.int().min(1).max(100_000)),
});
export type FlagLimits = z.infer<typeof FlagLimits>;

/** Every limit without its source, for handing to flags. */
export type FlagLimitValues = { readonly [K in keyof FlagLimits]: FlagLimits[K]["value"] };

export function flagLimitValues(limits: FlagLimits): FlagLimitValues {
  return valuesOf(limits);
}
