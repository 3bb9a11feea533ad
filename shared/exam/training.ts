// Training records: who taught whom, what, for how long. The trainer-learner link is what recusal needs (domain 4.3, 10.1).
import { z } from "zod";
import { Day, IdHash, PersonId } from "#shared/base";
import { DirectionCode, OccupationCode } from "./occupation.ts";

export const Lesson = z.strictObject({
  day: Day,
  hours: z.int().min(1).max(24),
  trainer: PersonId,
});
export type Lesson = z.infer<typeof Lesson>;

export const TrainingClass = z.strictObject({
  code: z.string().min(1).max(32),
  occupation: OccupationCode,
  direction: DirectionCode.nullable(),
  /** Unified social credit code of the provider. */
  provider: z.string().length(18),
  /** The project names the assessment its learners sit: the link has no time limit (R26). */
  namesAssessment: z.boolean(),
  lessons: z.array(Lesson).max(2000),
  learners: z.array(IdHash).max(5000),
});
export type TrainingClass = z.infer<typeof TrainingClass>;
