// What an examiner records for one item: raw inputs, never a computed mark (rulings 1). `null` inside a draft means
// "not entered yet"; a signed sheet has none. An item without an input is blank, and blank is not zero.
import { z } from "zod";
import { GroupId, LineCode } from "./rubric.ts";

const Reading = z.int().min(0).max(100_000_000);

export const DeductInput = z.strictObject({
  kind: z.literal("DEDUCT"),
  /** Only lines picked, each once, count at least 1; an empty list is "nothing to deduct". */
  picked: z.array(z.strictObject({ code: LineCode, count: z.int().min(1).max(999) })).max(9),
});
export const MeasureInput = z.strictObject({
  kind: z.literal("MEASURE"),
  /** Integers in the item's resolution, in the rubric's order of groups and points. */
  readings: z
    .array(z.strictObject({ group: GroupId, values: z.array(Reading.nullable()).min(1).max(50) }))
    .max(10),
});
export const JudgeInput = z.strictObject({ kind: z.literal("JUDGE"), level: z.int().min(0).max(3) });
export const CheckInput = z.strictObject({
  kind: z.literal("CHECK"),
  checks: z
    .array(z.enum(["yes", "no", "na"]).nullable())
    .min(1)
    .max(20),
});
export const PointsInput = z.strictObject({ kind: z.literal("POINTS"), steps: z.int().min(0).max(100_000) });

export const ItemInput = z.discriminatedUnion("kind", [
  DeductInput,
  MeasureInput,
  JudgeInput,
  CheckInput,
  PointsInput,
]);
export type ItemInput = z.infer<typeof ItemInput>;
