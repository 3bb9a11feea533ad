// What a place in a competition grants (R57, domain 7.1): every row is data, with its dates and its document.
import { z } from "zod";
import { Day } from "#shared/base";
import { AreaCode } from "./area.ts";
import { levelRank, SkillLevel } from "./level.ts";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { Confidence } from "./policy.ts";

export const CompetitionClass = z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/);
export type CompetitionClass = z.infer<typeof CompetitionClass>;

const Prize = z.enum(["MEDAL", "EXCELLENCE"]);

export const CompetitionRule = z
  .strictObject({
    competition: CompetitionClass,
    /** Null for a national competition. */
    area: AreaCode.nullable(),
    wins: z.union([
      z.strictObject({ fromRank: z.int().min(1), toRank: z.int().min(1).max(1000) }),
      z.strictObject({ prizes: z.array(Prize).min(1) }),
      /** Everybody else who passed. */
      z.strictObject({ passed: z.literal(true) }),
    ]),
    grantLevel: SkillLevel,
    /** A holder of the first is granted the second. */
    escalation: z.strictObject({ ifAlreadyHolds: SkillLevel, thenLevel: SkillLevel }).nullable(),
    mayApplyFor: SkillLevel.nullable(),
    validFrom: Day,
    validTo: Day.nullable(),
    document: z.string().min(1).max(200),
    confidence: Confidence,
  })
  .refine(({ wins }) => !("fromRank" in wins) || wins.fromRank <= wins.toRank, "ranks run upwards")
  .refine(({ validFrom, validTo }) => validTo === null || validFrom <= validTo, "a rule ends after it begins")
  .refine(({ grantLevel }) => levelRank(grantLevel) >= levelRank("L3"), "a grant is L3 or above")
  .refine(
    ({ grantLevel, escalation }) =>
      escalation === null || levelRank(escalation.thenLevel) > levelRank(grantLevel),
    "an escalation leads higher",
  )
  .refine(
    ({ grantLevel, mayApplyFor }) => mayApplyFor === null || levelRank(mayApplyFor) > levelRank(grantLevel),
    "the level one may apply for lies above the grant",
  );
export type CompetitionRule = z.infer<typeof CompetitionRule>;

export const CompetitionAward = z.strictObject({
  id: z.string().min(1).max(64),
  competition: CompetitionClass,
  held: z.enum(["NATIONAL", "PROVINCIAL", "MUNICIPAL", "OTHER"]),
  area: AreaCode.nullable(),
  occupation: OccupationCode,
  direction: DirectionCode.nullable(),
  rank: z.int().min(1).nullable(),
  prize: Prize.nullable(),
  passed: z.boolean(),
  awardedOn: Day,
  winnerCertificate: z.string().min(1).max(64).nullable(),
  resultDocument: z.string().min(1).max(100).nullable(),
  /** The batch that already granted a level for it. */
  usedIn: z.string().min(1).max(64).nullable(),
});
export type CompetitionAward = z.infer<typeof CompetitionAward>;
