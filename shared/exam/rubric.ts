// The rubric in its canonical form: integers only, the bytes that are hashed and bound by every sheet (rulings 14).
// Marks are integers in `step` (a fraction of a point), readings and bounds integers in `resolution` (of the unit).
// The decimal form that people write is read by shared/rules/import.
import { z } from "zod";
import { Fraction } from "#shared/base";
import { DirectionCode, OccupationCode } from "./occupation.ts";
import { SkillLevel } from "./level.ts";
import { Words } from "./words.ts";

const Steps = z.int().min(0).max(100_000);
const Readings = z.int().min(0).max(100_000_000);

/** A letter for a deduction line, as the standard prints it. */
export const LineCode = z.string().regex(/^[a-z][a-z0-9]{0,7}$/);
export const GroupId = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/);
export const VetoCode = z.string().regex(/^V\d{1,2}$/);
export type VetoCode = z.infer<typeof VetoCode>;

const base = {
  no: z.int().min(1).max(99),
  max: Steps.min(1),
  fn: z.string().min(1).max(32),
  text: Words,
};

export const DeductionLine = z.strictObject({
  code: LineCode,
  text: Words,
  amount: Steps.min(1),
  cap: Steps.min(1),
});

export const ToleranceBand = z.strictObject({ upTo: Readings, mark: Steps });

export const MeasureGroup = z.strictObject({
  id: GroupId,
  points: z.int().min(1).max(50),
  bands: z.array(ToleranceBand).min(1).max(10),
  otherwise: Steps,
});
export type MeasureGroup = z.infer<typeof MeasureGroup>;

export const DeductItem = z.strictObject({
  ...base,
  kind: z.literal("DEDUCT"),
  lines: z.array(DeductionLine).min(1).max(9),
});
export const MeasureItem = z.strictObject({
  ...base,
  kind: z.literal("MEASURE"),
  unit: z.string().min(1).max(8),
  resolution: Fraction,
  groups: z.array(MeasureGroup).min(1).max(10),
});
export const JudgeItem = z.strictObject({
  ...base,
  kind: z.literal("JUDGE"),
  /** The written benchmark for 0, 1, 2 and 3 (R35). */
  scale: z.tuple([Words, Words, Words, Words]),
});
export const CheckItem = z.strictObject({
  ...base,
  kind: z.literal("CHECK"),
  checks: z.int().min(1).max(20),
  each: Steps.min(1),
  /** May a check be "not applicable", its marks going to the others (R36)? */
  mayNotApply: z.boolean(),
});
export const PointsItem = z.strictObject({ ...base, kind: z.literal("POINTS"), criteria: Words.nullable() });

export const RubricItem = z.discriminatedUnion("kind", [
  DeductItem,
  MeasureItem,
  JudgeItem,
  CheckItem,
  PointsItem,
]);
export type DeductItem = z.infer<typeof DeductItem>;
export type MeasureItem = z.infer<typeof MeasureItem>;
export type JudgeItem = z.infer<typeof JudgeItem>;
export type CheckItem = z.infer<typeof CheckItem>;
export type PointsItem = z.infer<typeof PointsItem>;
export type RubricItem = z.infer<typeof RubricItem>;

export const Veto = z.strictObject({
  code: VetoCode,
  effect: z.enum(["FAIL_PART", "DISQUALIFY"]),
  text: Words,
});
export type Veto = z.infer<typeof Veto>;

export const Rubric = z.strictObject({
  code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,63}$/),
  version: z.int().min(1),
  illustrative: z.boolean(),
  occupation: OccupationCode,
  direction: DirectionCode.nullable(),
  level: SkillLevel,
  title: Words,
  minutes: z.int().min(1).max(6000),
  /** Points per step: 1/2 means marks move by half a point. */
  step: Fraction,
  overtime: z.strictObject({ perMinutes: z.int().min(1), mark: Steps, maxMinutes: z.int().min(0) }),
  specimen: z.enum(["REPLICA", "SHERD", "MATERIAL", "RELIC"]),
  items: z.array(RubricItem).min(1).max(60),
  vetoes: z.array(Veto).max(20),
});
export type Rubric = z.infer<typeof Rubric>;

export function rubricItem(rubric: Pick<Rubric, "items">, no: number): RubricItem | undefined {
  return rubric.items.find((item) => item.no === no);
}
