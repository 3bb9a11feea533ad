// The eight rungs (新八级工): five levels that an assessment certifies and the three positions around them that employers fill.
import { z } from "zod";
import { levelRank, SkillLevel } from "./level.ts";

export const Position = z.enum(["APPRENTICE", "SPECIAL", "CHIEF"]);
export type Position = z.infer<typeof Position>;

export const Rung = z.union([SkillLevel, Position]);
export type Rung = z.infer<typeof Rung>;

const POSITION_RANK: Readonly<Record<Position, number>> = { APPRENTICE: 0, SPECIAL: 6, CHIEF: 7 };

export function isLevel(rung: Rung): rung is SkillLevel {
  return SkillLevel.safeParse(rung).success;
}

/** 0 for the apprentice, 1 to 5 for L5 to L1, 7 for the chief technician. */
export function rungRank(rung: Rung): number {
  return isLevel(rung) ? levelRank(rung) : POSITION_RANK[rung];
}
