// What a person of the register is allowed to do in an exam, for which occupations and levels, and until when (domain 4.2, 4.4).
import { z } from "zod";
import { Day, PersonId } from "#shared/base";
import { SkillLevel } from "./level.ts";
import { DirectionCode, OccupationCode } from "./occupation.ts";

const term = { validFrom: Day, validTo: Day };

/** 考评员 marks L5 to L3, 高级考评员 every level (R18). */
export const ExaminerQualification = z
  .strictObject({
    person: PersonId,
    grade: z.enum(["EXAMINER", "SENIOR"]),
    cardNo: z.string().min(1).max(32),
    occupation: OccupationCode,
    /** Empty: every direction of the occupation. */
    directions: z.array(DirectionCode),
    levels: z.array(SkillLevel).min(1),
    status: z.enum(["ACTIVE", "SUSPENDED", "REVOKED"]),
    ...term,
  })
  .refine(({ validFrom, validTo }) => validFrom <= validTo, "a term ends after it begins")
  .refine(
    ({ grade, levels }) => grade === "SENIOR" || levels.every((level) => level !== "L2" && level !== "L1"),
    "an examiner's card lists L5, L4 and L3 only",
  );
export type ExaminerQualification = z.infer<typeof ExaminerQualification>;

/** 质量督导员: internal ones are the institution's own, external ones act for the authority. */
export const SupervisorQualification = z
  .strictObject({ person: PersonId, kind: z.enum(["INTERNAL", "EXTERNAL"]), ...term })
  .refine(({ validFrom, validTo }) => validFrom <= validTo, "a term ends after it begins");
export type SupervisorQualification = z.infer<typeof SupervisorQualification>;
