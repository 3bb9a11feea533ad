// A post that an employer fills (学徒工, 特级技师, 首席技师): bound to person, employer and occupation, never portable.
import { z } from "zod";
import { Day, IdHash } from "#shared/base";
import { OccupationCode } from "./occupation.ts";
import { Position } from "./rung.ts";

export const Appointment = z
  .strictObject({
    person: IdHash,
    employer: z.string().min(1).max(100),
    position: Position,
    occupation: OccupationCode,
    decisionDocument: z.string().min(1).max(100),
    from: Day,
    to: Day.nullable(),
    /** Told to the human-resources authority. */
    reported: z.boolean(),
  })
  .refine(({ from, to }) => to === null || from <= to, "an appointment ends after it begins");
export type Appointment = z.infer<typeof Appointment>;
