// The five levels that an assessment certifies. The digit falls as skill rises: compare by rank, never by code (R1).
// The three positions around them are appointed by employers and cannot be examined (R2); they come with the rulebook.
import { z } from "zod";

export const SkillLevel = z.enum(["L5", "L4", "L3", "L2", "L1"]);
export type SkillLevel = z.infer<typeof SkillLevel>;

const RANK: Readonly<Record<SkillLevel, number>> = { L5: 1, L4: 2, L3: 3, L2: 4, L1: 5 };

/** 1 for L5 up to 5 for L1. */
export function levelRank(level: SkillLevel): number {
  return RANK[level];
}
