// One year of public holidays and make-up workdays, as the State Council announces it late in the year before (R71).
import { z } from "zod";
import { Day } from "#shared/base";
import { Confidence } from "./policy.ts";

export const WorkingCalendar = z
  .strictObject({
    year: z.int().min(1949).max(2999),
    holidays: z.array(Day).max(60),
    makeUpDays: z.array(Day).max(30),
    source: z.string().min(1).max(200),
    confidence: Confidence,
  })
  .refine(
    ({ year, holidays, makeUpDays }) =>
      [...holidays, ...makeUpDays].every((day) => day.startsWith(`${String(year)}-`)),
    "days of another year",
  )
  .refine(
    ({ holidays, makeUpDays }) => !makeUpDays.some((day) => holidays.includes(day)),
    "a day is off or worked, not both",
  );
export type WorkingCalendar = z.infer<typeof WorkingCalendar>;
