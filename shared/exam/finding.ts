// What a rule says about a fact: which rule, how grave, which clause and which fact. Never a bare yes or no, and never a
// name: ids, days and figures only. Words for people live in renderer/i18n, one per code (rulings 15).
import { z } from "zod";
import { invariant, type Refusal } from "#shared/base";

export const RuleNo = z.string().regex(/^R(?:[1-9]|[1-7]\d|80)$/);
export type RuleNo = z.infer<typeof RuleNo>;

/** A block stops the act, a warning is shown and may need a record, an info says which clause allowed it. */
export const Severity = z.enum(["block", "warn", "info"]);
export type Severity = z.infer<typeof Severity>;

export const Finding = z.strictObject({
  rule: RuleNo,
  severity: Severity,
  code: z.string().regex(/^[a-z]+(?:\.[a-z0-9-]+)+$/),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type Finding = z.infer<typeof Finding>;

export interface Decision {
  /** No finding blocks. */
  readonly allowed: boolean;
  readonly findings: readonly Finding[];
}

export function decide(findings: readonly Finding[]): Decision {
  return { allowed: findings.every(({ severity }) => severity !== "block"), findings };
}

/** The facts of a refusal that stands for what a rule found. */
export function firstBlock({ findings }: Decision): NonNullable<Refusal["facts"]> {
  const first = findings.find(({ severity }) => severity === "block");
  invariant(first, "what is not allowed has a finding that blocks");
  return { ...first.facts, rule: first.rule, code: first.code };
}

export function block(rule: RuleNo, code: string, facts: Finding["facts"] = {}): Finding {
  return { rule, severity: "block", code, facts };
}

export function warn(rule: RuleNo, code: string, facts: Finding["facts"] = {}): Finding {
  return { rule, severity: "warn", code, facts };
}

export function info(rule: RuleNo, code: string, facts: Finding["facts"] = {}): Finding {
  return { rule, severity: "info", code, facts };
}
