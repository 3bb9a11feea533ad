// What nobody can know here is no reason to flag anybody, and no reason to say that all is well. A sheet that was signed on another laptop
// brings what its record says, and none of its acts; one typed from paper has none. Those flags are not asked of it, and it is said so.
import { FLAG_CODES, type FlagCode, type FlagPolicy } from "./flag.ts";
import { signedSheets, type SignedSheet, type SittingHistory } from "./history.ts";

export interface NotAsked {
  readonly code: FlagCode;
  /** How many signed sheets it was not asked of. */
  readonly sheets: number;
}

type Unknown = (one: SignedSheet, policy: FlagPolicy) => boolean;

const noActs: Unknown = ({ acts }) => acts.length === 0;
const noPictures: Unknown = ({ pictures }) => pictures === null;

const UNKNOWN: Readonly<Partial<Record<FlagCode, Unknown>>> = {
  "too-fast": noActs,
  "late-changes": noActs,
  // What its author had seen when it was amended there.
  "changed-after-reveal": ({ sheet }) => sheet.from !== null,
  "identical-photographs": noPictures,
  "veto-without-evidence": noPictures,
  // Where no photograph is asked for, only one that was taken away would be missing, and that stays with the acts.
  "evidence-missing": (one, { leastPhotographs }) =>
    one.pictures === null || (leastPhotographs === 0 && one.sheet.from !== null),
  "long-pause": noActs,
};

/** Flags that were not asked of every signed sheet; none where each sheet is of this laptop. */
export function notAskedIn(history: SittingHistory, policy: FlagPolicy): NotAsked[] {
  const signed = signedSheets(history);
  return FLAG_CODES.map((code) => ({
    code,
    sheets: signed.filter((one) => UNKNOWN[code]?.(one, policy)).length,
  })).filter(({ sheets }) => sheets > 0);
}
