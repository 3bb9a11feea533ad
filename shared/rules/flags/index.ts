export { median } from "./chance.ts";
export { defaultFlagLimits, flagPolicyOf, flagSitting } from "./flag-sitting.ts";
export { FLAG_CODES, surenessOf, type Flag, type FlagCode, type FlagPolicy, type Sureness } from "./flag.ts";
export { commitToSeed, heldAtRandom } from "./held-at-random.ts";
export { toPoints } from "./history.ts";
export type { PassRecord, SheetAct, SheetHistory, SittingHistory } from "./history.ts";
export { notAskedIn, type NotAsked } from "./not-asked.ts";
export { passesIn, sumOfPasses } from "./pass-rate.ts";
