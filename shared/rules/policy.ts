// What differs by jurisdiction is data with its source and the confidence we have in it (domain 0.1), not code.
import { z } from "zod";
import defaults from "./policies/default.json" with { type: "json" };
import demo from "./policies/demo.json" with { type: "json" };

/** V verified, V- weak source, G general knowledge, U uncertain, P our own proposal. */
export const Confidence = z.enum(["V", "V-", "G", "U", "P"]);

export const Policy = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** Examiners of a skill sitting, at least (R14, R15). */
  minPanel: setting(z.int().min(1).max(15)),
  oddPanel: setting(z.boolean()),
  candidatesPerExaminer: setting(z.int().min(1).max(50)),
  /** Points of a part that pass, after rounding to `decimals` (R44, R49). */
  passMark: setting(z.int().min(0).max(100)),
  decimals: setting(z.int().min(0).max(3)),
  deskLockMinutes: setting(z.int().min(1).max(120)),
  officeLockMinutes: setting(z.int().min(1).max(120)),
});
export type Policy = z.infer<typeof Policy>;

export function defaultPolicy(): Policy {
  return Policy.parse(defaults);
}

export function demoPolicy(): Policy {
  return Policy.parse(demo);
}

function setting<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, source: z.string().min(1).max(200), confidence: Confidence });
}
