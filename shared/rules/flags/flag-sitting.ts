// Every flag over one sitting's history: asked after each entry while it is marked, and again when its day is closed.
import { FlagLimits, flagLimitValues, policyValues, type Policy } from "#shared/exam";
import limits from "../policies/flags.json" with { type: "json" };
import { changedAfterReveal } from "./changed-after-reveal.ts";
import { clockChanged } from "./clock-changed.ts";
import { conflictLate } from "./conflict-late.ts";
import { divergence } from "./divergence.ts";
import { evidenceMissing } from "./evidence-missing.ts";
import { examinerSeverity } from "./examiner-severity.ts";
import { examinerUncovered } from "./examiner-uncovered.ts";
import { FLAG_CODES, type Flag, type FlagCode, type FlagPolicy, type FlagRule } from "./flag.ts";
import type { SittingHistory } from "./history.ts";
import { identicalPhotographs } from "./identical-photographs.ts";
import { identicalSheets } from "./identical-sheets.ts";
import { lateChanges } from "./late-changes.ts";
import { longPause } from "./long-pause.ts";
import { passRate } from "./pass-rate.ts";
import { sequenceGap } from "./sequence-gap.ts";
import { straightLining } from "./straight-lining.ts";
import { tooFast } from "./too-fast.ts";
import { vetoWithoutEvidence } from "./veto-without-evidence.ts";

const RULES: Readonly<Record<FlagCode, FlagRule>> = {
  "too-fast": tooFast,
  "straight-lining": straightLining,
  "late-changes": lateChanges,
  "changed-after-reveal": changedAfterReveal,
  divergence,
  "examiner-severity": examinerSeverity,
  "identical-sheets": identicalSheets,
  "identical-photographs": identicalPhotographs,
  "veto-without-evidence": vetoWithoutEvidence,
  "evidence-missing": evidenceMissing,
  "clock-changed": clockChanged,
  "conflict-late": conflictLate,
  "examiner-uncovered": examinerUncovered,
  "long-pause": longPause,
  "sequence-gap": sequenceGap,
  "pass-rate": passRate,
};

/** Most certain first; those of one chance in the order of their codes, then of their entries. */
export function flagSitting(history: SittingHistory, policy: FlagPolicy): Flag[] {
  const inOrder = { ...history, sheets: [...history.sheets].sort((a, b) => a.opened - b.opened) };
  return FLAG_CODES.flatMap((code) => RULES[code](inOrder, policy)).sort((a, b) => a.chance - b.chance);
}

/** The limits that come with the program. */
export function defaultFlagLimits(): FlagLimits {
  return FlagLimits.parse(limits);
}

/** The limits that come with the program, beside the policy of the permit. */
export function flagPolicyOf(policy: Policy): FlagPolicy {
  return { ...policyValues(policy), ...flagLimitValues(defaultFlagLimits()) };
}
