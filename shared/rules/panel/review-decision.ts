// Who may decide about what a panel signed, and what follows from it (R23, R46, R76). A decision changes no mark: it says whether
// the marks stand, and whose turn it is.
import type { PersonId } from "#shared/base";
import {
  block,
  decide,
  hasRole,
  info,
  type AmendmentOffice,
  type Decision,
  type Finding,
  type Person,
  type PolicyOf,
  type ReviewDecision,
} from "#shared/exam";
import { partsInSupervised, type SupervisedSitting } from "./supervision.ts";

export interface ReviewEffect {
  /** Whose turn it is afterwards; null where the matter is closed. */
  readonly next: "examiner" | "panel" | "operator" | null;
  /** No result of the candidate stands. */
  readonly withholds: boolean;
}

/** R76: What is void counts no more, and another panel marks again; everything else waits for somebody, or for nobody. */
export function reviewEffect(decision: ReviewDecision): ReviewEffect {
  return EFFECTS[decision];
}

const EFFECTS: Readonly<Record<ReviewDecision, ReviewEffect>> = {
  confirm: { next: null, withholds: false },
  return: { next: "examiner", withholds: false },
  "re-mark": { next: "panel", withholds: true },
  void: { next: "panel", withholds: true },
  escalate: { next: "operator", withholds: false },
};

/**
 * R46: What takes a result away, and what gives it back, is signed by two; so is a confirmation of sheets whose candidate is said to
 * have left, and whatever takes its place.
 */
export function needsSecond(
  decision: ReviewDecision,
  replaced: ReviewDecision | null,
  isContradicted: boolean,
): boolean {
  const settles = [decision, replaced].includes("confirm");
  return (
    EFFECTS[decision].withholds ||
    (replaced !== null && EFFECTS[replaced].withholds) ||
    (isContradicted && settles)
  );
}

export interface ReviewersAsked {
  readonly decision: ReviewDecision;
  /** The decision that stood until now. */
  readonly replaced: ReviewDecision | null;
  /** About a candidate who is said to have left, and whom the whole panel has signed for. */
  readonly isContradicted: boolean;
  readonly by: PersonId;
  readonly second: { readonly person: PersonId; readonly office: AmendmentOffice | null } | null;
  /** Everybody who had a place on the panel. */
  readonly panel: readonly PersonId[];
  /** Whose sheets are looked at. */
  readonly examiners: readonly PersonId[];
}

/**
 * R23, R46: A supervisor with no other part in the sitting decides; the second is a leader who marked nothing of it, or another
 * such supervisor.
 */
export function checkReviewers(asked: ReviewersAsked): Decision {
  const { decision, replaced, isContradicted, by, second, panel, examiners } = asked;
  const findings: Finding[] = [];
  if (panel.includes(by)) findings.push(block("R23", "review.on-panel", { person: by }));
  if (second === null) {
    if (needsSecond(decision, replaced, isContradicted))
      findings.push(block("R46", "review.second-missing", { decision }));
  } else {
    const { person, office } = second;
    if (person === by) findings.push(block("R46", "review.second-same", { person }));
    if (office === null) findings.push(block("R46", "review.second-no-office", { person }));
    if (examiners.includes(person)) findings.push(block("R46", "review.second-examiner", { person }));
    if (office === "supervisor" && panel.includes(person))
      findings.push(block("R23", "review.on-panel", { person }));
  }
  return decide(findings.length > 0 ? findings : [info("R23", "review.independent", { person: by })]);
}

export interface ReviewAsked extends ReviewersAsked, SupervisedSitting {
  readonly isSupervisor: boolean;
  readonly reason: string;
  readonly question: string | null;
}

/** R23, R46: Words, a supervisor within term who neither marked, taught nor tallied, and a second person where it weighs. */
export function mayReview(asked: ReviewAsked, policy: PolicyOf<"everyExamSupervised">): Decision {
  const { by, second, isSupervisor, decision, reason, question } = asked;
  const findings = blocksOf(checkReviewers(asked));
  if (!isSupervisor) findings.push(block("R23", "review.not-supervisor", { person: by }));
  const supervising = [
    ...(isSupervisor ? [by] : []),
    ...(second?.office === "supervisor" ? [second.person] : []),
  ];
  // Who had a place on the panel was told so above.
  for (const person of supervising)
    findings.push(
      ...partsInSupervised(person, asked, policy, "review.tallied").filter(
        ({ code }) => code !== "supervision.on-panel",
      ),
    );
  if (reason.trim() === "") findings.push(block("R46", "review.no-reason"));
  if (decision === "return" && (question ?? "").trim() === "")
    findings.push(block("R46", "review.no-question"));
  return decide(findings.length > 0 ? findings : [info("R23", "review.independent", { person: by })]);
}

/** R76: Whoever marked for the former panel does not mark again, nor who taught there, nor who supervised it. */
export function mayRemark(
  person: Pick<Person, "id" | "roles">,
  former: {
    readonly panel: readonly PersonId[];
    readonly trainers: readonly PersonId[];
    readonly reviewers: readonly PersonId[];
  },
): Decision {
  const facts = { person: person.id };
  const findings: Finding[] = [];
  if (!hasRole(person, "examiner")) findings.push(block("R76", "re-mark.not-examiner", facts));
  if (former.panel.includes(person.id)) findings.push(block("R76", "re-mark.former-panel", facts));
  if (former.trainers.includes(person.id)) findings.push(block("R25", "re-mark.trainer", facts));
  if (former.reviewers.includes(person.id)) findings.push(block("R23", "re-mark.reviewer", facts));
  return decide(findings.length > 0 ? findings : [info("R76", "re-mark.another-panel", facts)]);
}

function blocksOf({ findings }: Decision): Finding[] {
  return findings.filter(({ severity }) => severity === "block");
}
