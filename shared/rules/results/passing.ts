// From a panel's exact totals to what a candidate is told (R44, R49 to R52).
import { addMonths, fraction, roundHalfUp, smaller, ZERO, type Day, type Fraction } from "#shared/base";
import {
  block,
  decide,
  info,
  type Decision,
  type ExamPart,
  type Finding,
  type PartOutcome,
  type PartResult,
  type PolicyOf,
} from "#shared/exam";
import { panelDivergence, panelMark } from "../marking/panel-mark.ts";
import { isPassing } from "../marking/veto.ts";

type PassPolicy = PolicyOf<"passMark" | "decimals" | "passDecidedOn">;

/** R44, R49: A part passes at the pass mark, on the rounded or on the exact value as policy says. */
export function partPasses(mark: Fraction, policy: PassPolicy): Decision {
  const decimals = policy.passDecidedOn === "EXACT" ? null : policy.decimals;
  const facts = { passMark: policy.passMark };
  return decide([
    isPassing(mark, { passMark: policy.passMark, decimals })
      ? info("R49", "part.passed", facts)
      : block("R49", "part.below-pass", facts),
  ]);
}

export interface SittingResult {
  /** Null where there is no mark: absent or cancelled. */
  readonly mark: { readonly exact: Fraction; readonly rounded: Fraction } | null;
  readonly outcome: PartOutcome;
  readonly findings: readonly Finding[];
}

/** R38, R41, R43, R44, R49, R51: One candidate's part, from the panel's exact totals to mark, outcome and reasons. */
export function sittingResult(
  candidate: {
    readonly totals: readonly Fraction[];
    readonly vetoes: readonly { readonly code: string; readonly effect: "FAIL_PART" | "DISQUALIFY" }[];
    readonly absence: "ABSENT" | "CANCELLED" | null;
    /** Why a divergent mark stands; null before the members reviewed their sheets. */
    readonly divergenceReason: string | null;
    /** Of `panelJudgement`, item by item. */
    readonly judgements: readonly Finding[];
  },
  policy: PassPolicy & PolicyOf<"trimExtremes" | "trimFrom" | "divergencePoints" | "failPartCap">,
): SittingResult {
  if (candidate.absence !== null) {
    const code = candidate.absence === "ABSENT" ? "part.absent" : "part.cancelled";
    return { mark: null, outcome: candidate.absence, findings: [block("R51", code)] };
  }
  const panel = panelMark(candidate.totals, policy);
  const divergence = panelDivergence(candidate.totals, candidate.divergenceReason, policy);
  const said = [...candidate.judgements, ...panel.findings, ...divergence];
  const vetoes = candidate.vetoes.map(({ code, effect }) =>
    block("R38", effect === "DISQUALIFY" ? "part.disqualified" : "part.veto", { veto: code }),
  );
  if (candidate.vetoes.some(({ effect }) => effect === "DISQUALIFY")) {
    return { mark: rounded(ZERO, policy), outcome: "CANCELLED", findings: [...vetoes, ...said] };
  }
  if (vetoes.length > 0) {
    const capped = smaller(panel.mark, fraction(policy.failPartCap));
    return { mark: rounded(capped, policy), outcome: "FAIL", findings: [...vetoes, ...said] };
  }
  const mark = rounded(panel.mark, policy);
  if (!decide(said).allowed) return { mark, outcome: "DIVERGENT", findings: said };
  const passed = partPasses(panel.mark, policy);
  return { mark, outcome: passed.allowed ? "PASS" : "FAIL", findings: [...passed.findings, ...said] };
}

/** R50: All required parts pass; levels 2 and 1 add the review to theory and skill. */
export function overallOutcome(
  level: "L5" | "L4" | "L3" | "L2" | "L1",
  parts: Readonly<Partial<Record<ExamPart, PartOutcome>>>,
): { readonly outcome: "PASS" | "FAIL" | "INCOMPLETE"; readonly findings: readonly Finding[] } {
  const required: ExamPart[] =
    level === "L2" || level === "L1" ? ["THEORY", "SKILL", "REVIEW"] : ["THEORY", "SKILL"];
  const isOpen = (outcome: PartOutcome | undefined) =>
    outcome === undefined || ["DIVERGENT", "WITHHELD", "CONTESTED"].includes(outcome);
  const open = required.filter((part) => isOpen(parts[part]));
  const failed = required.filter((part) => !open.includes(part) && parts[part] !== "PASS");
  const findings = [
    ...failed.map((part) => block("R50", "overall.part-failed", { part })),
    ...open.map((part) => block("R50", "overall.part-missing", { part })),
  ];
  if (failed.length > 0) return { outcome: "FAIL", findings };
  if (open.length > 0) return { outcome: "INCOMPLETE", findings };
  return { outcome: "PASS", findings: [info("R50", "overall.passed", { parts: required.length })] };
}

export type Exam = Pick<PartResult, "occupation" | "direction" | "level" | "edition">;

/** R52: A passed part of the same occupation, direction, level and edition is kept for the policy's months. */
export function partKept(
  passed: PartResult,
  exam: Exam,
  sitting: Day,
  policy: PolicyOf<"keepPartMonths">,
): Decision {
  const { part } = passed;
  const months = policy.keepPartMonths;
  if (months === 0) return decide([block("R52", "kept-part.off", { part })]);
  const isSame = (["occupation", "direction", "level", "edition"] as const).every(
    (key) => passed[key] === exam[key],
  );
  if (!isSame) return decide([block("R52", "kept-part.other-exam", { part })]);
  if (passed.outcome !== "PASS") return decide([block("R52", "kept-part.not-passed", { part })]);
  const until = addMonths(passed.on, months);
  const facts = { part, passedOn: passed.on, until };
  return decide([
    sitting <= until ? info("R52", "kept-part.kept", facts) : block("R52", "kept-part.expired", facts),
  ]);
}

function rounded(exact: Fraction, { decimals }: PolicyOf<"decimals">) {
  return { exact, rounded: fraction(roundHalfUp(exact, decimals), 10 ** decimals) };
}
