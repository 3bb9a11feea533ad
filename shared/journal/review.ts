// A supervisor's decision about what was signed (R23, R46, R76): what it rests on, whether it still stands, whose turn it is, and
// the gate in front of its signatures. Pure; main asks the gate before the first PIN and before the record is written.
import {
  ok,
  refuse,
  type CandidateRef,
  type Day,
  type HashId,
  type PersonId,
  type Refusal,
  type Result,
  type SittingId,
} from "#shared/base";
import {
  countingOf,
  firstBlock,
  hasRole,
  isSameSubject,
  policyValues,
  type AmendmentOffice,
  type Decision,
  type ReferencePack,
  type Review,
  type ReviewDecision,
  type ReviewSubject,
  type Rubric,
  type Sheet,
  type Upholding,
} from "#shared/exam";
import {
  mayRemark,
  mayReview,
  needsSecond,
  reviewEffect,
  standingReview,
  type ReviewAsked as RuleAsked,
} from "#shared/rules";
import {
  basisOver,
  contradictedOf,
  isLookedAt,
  isOfSubject,
  wasBasis,
  type LookedOverTime,
} from "#shared/wire";
import { leavingOf } from "./expected.ts";
import { isHiddenFrom } from "./revealed.ts";
import { approversOf, approvingOffice, everOnPanel, partsIn } from "./staff.ts";
import { ONLY, type CandidateRow, type PersonRow, type SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

/** Everything of one sitting that a decision may be about. */
export interface SittingRecords {
  readonly sitting: SittingId;
  /** Members of the panel, each of whom owes a sheet. */
  readonly members: number;
  readonly candidates: readonly CandidateRow[];
  readonly sheets: readonly Sheet[];
  readonly reviews: readonly Review[];
}

/** The same of rows that were read already; `reviews` of this sitting and of no other. */
export function sittingRecords(
  { id, panel }: Pick<SittingRow, "id" | "panel">,
  { candidates, sheets, reviews }: Pick<SittingRecords, "candidates" | "sheets" | "reviews">,
): SittingRecords {
  return { sitting: id, members: panel.length, candidates, sheets, reviews };
}

export function recordsOfSitting(
  sitting: SittingId,
  view: Pick<JournalView, "read" | "rows" | "rowsOf">,
): SittingRecords {
  return {
    sitting,
    members: view.read("sittings", sitting)?.panel.length ?? 0,
    candidates: view.rowsOf("candidates", sitting),
    sheets: view.rowsOf("sheets", sitting),
    reviews: view.rows("reviews").filter((one) => one.sitting === sitting),
  };
}

/** The signed sheets that a decision about this looks at. */
export function reviewedSheets(subject: ReviewSubject, { sheets }: Pick<SittingRecords, "sheets">): Sheet[] {
  return sheets.filter(
    ({ signature, candidate }) =>
      signature !== null && isLookedAt(subject, { candidate, hash: signature.hash }),
  );
}

/** What counts of it now, under one name; null where nothing was signed yet. */
export function basisOf(subject: ReviewSubject, of: SittingRecords): HashId | null {
  return basisOver(subject, lookedIn(of), besideSheets(of));
}

/** A sheet that was returned and has been amended since: its author has answered (R46). */
export function isAmendedSince({ basis, subject }: Review, of: SittingRecords): boolean {
  return wasBasis(basis, subject, lookedIn(of), besideSheets(of));
}

function lookedIn({ sheets }: SittingRecords): LookedOverTime[] {
  return sheets.flatMap((sheet) => {
    const [first, counting] = [sheet.signature, countingOf(sheet)];
    if (!first || !counting) return [];
    const amended = sheet.amendments.flatMap((one) => (one.refused === null ? [one.hash] : []));
    const { candidate } = sheet;
    return [{ candidate, hash: first.hash, effective: counting.hash, versions: [first.hash, ...amended] }];
  });
}

function besideSheets(of: SittingRecords): { candidate: CandidateRef; hash: HashId }[] {
  const absences = of.candidates.flatMap(({ ref, absence }) =>
    absence ? [{ candidate: ref, hash: absence.hash }] : [],
  );
  return [...absences, ...contradictedIn(of)];
}

/**
 * Who left, with the record that says so, although the whole panel has signed for them: somebody marked on one laptop what was ended
 * on another. Both are kept and both are signed, and a supervisor and a second person say which of them stands.
 */
export function contradictedIn({
  candidates,
  sheets,
  members,
}: Pick<SittingRecords, "candidates" | "sheets" | "members">): { candidate: CandidateRef; hash: HashId }[] {
  const leavings = candidates.flatMap((row) => {
    const leaving = leavingOf(row);
    return leaving ? [{ candidate: row.ref, hash: leaving.hash }] : [];
  });
  const signed = leavings.length > 0 ? sheets.filter(({ signature }) => signature !== null) : [];
  return contradictedOf(leavings, signed, members);
}

function isContradicted(subject: ReviewSubject, of: SittingRecords): boolean {
  return (
    subject.kind === "candidate" &&
    contradictedIn(of).some(({ candidate }) => candidate === subject.candidate)
  );
}

/** Those whom a decision about this concerns. */
function candidatesOf(
  subject: ReviewSubject,
  { candidates }: Pick<SittingRecords, "candidates">,
): CandidateRow[] {
  return candidates.filter(({ ref }) => isOfSubject(subject, ref));
}

/** R43: Whether the marks of one of them are kept from this person still. */
function isHiddenFromAny(
  person: PersonId,
  subject: ReviewSubject,
  sitting: SittingRow,
  of: SittingRecords,
): boolean {
  return candidatesOf(subject, of).some((one) => isHiddenFrom(person, sitting, one, of.sheets));
}

/** Every subject that a sheet belongs to. */
export function subjectsOf({
  candidate,
  signature,
}: Pick<Sheet, "candidate" | "signature">): ReviewSubject[] {
  return [
    ...(signature ? [{ kind: "sheet" as const, candidate, sheet: signature.hash }] : []),
    { kind: "candidate", candidate },
    { kind: "sitting" },
  ];
}

export interface ReviewState {
  /** About what counts now; what takes a result away stands until a decision that follows it. */
  readonly standing: Review | null;
  /** The newest about what counted before; null where one stands. */
  readonly outdated: Review | null;
  /** What the examiners answered to a sheet that was returned, oldest first. */
  readonly answers: readonly Upholding[];
  /** Whose turn it is; null where nobody has decided, or the matter is closed. */
  readonly next: "examiner" | "supervisor" | "panel" | "operator" | null;
}

/**
 * A returned sheet stays open until its examiners answered: in words, or by an amendment, which is another basis and leaves the
 * matter to the supervisor again.
 */
export function reviewState(subject: ReviewSubject, of: SittingRecords): ReviewState {
  const basis = basisOf(subject, of);
  const about = of.reviews.filter((one) => one.refused === null && isSameSubject(one.subject, subject));
  const standing = basis === null ? null : standingReview(about, { sitting: of.sitting, subject, basis });
  if (!standing) {
    const outdated =
      about.filter((one) => one.basis !== basis).sort((a, b) => b.heldSeq - a.heldSeq)[0] ?? null;
    return { standing: null, outdated, answers: [], next: outdated ? "supervisor" : null };
  }
  const { next } = reviewEffect(standing.decision);
  if (next !== "examiner") return { standing, outdated: null, answers: [], next };
  const answers = of.candidates.flatMap(({ upheld }) => upheld).filter((one) => isAnswer(one, standing));
  const waiting = reviewedSheets(subject, of).filter((sheet) => !hasAnswered(sheet, standing, answers));
  return { standing, outdated: null, answers, next: waiting.length > 0 ? "examiner" : "supervisor" };
}

function isAnswer({ answers }: Upholding, { hash }: Review): boolean {
  return answers?.includes(hash) ?? false;
}

function hasAnswered(sheet: Sheet, review: Review, upheld: readonly Upholding[]): boolean {
  const record = countingOf(sheet)?.hash;
  return upheld.some(
    (one) => one.examiner === sheet.examiner && one.record === record && isAnswer(one, review),
  );
}

/** The questions that the author of this sheet has still to answer. */
export function questionsTo(sheet: Sheet, of: SittingRecords): Review[] {
  const upheld = of.candidates.flatMap((one) => one.upheld);
  return subjectsOf(sheet).flatMap((subject) => {
    const { standing } = reviewState(subject, of);
    const isAsked = standing?.decision === "return" && !hasAnswered(sheet, standing, upheld);
    return isAsked ? [standing] : [];
  });
}

/** Candidates whose result does not stand, and by which decision: about one of their sheets, all of them, or the sitting (R76). */
export function withheldCandidates(of: SittingRecords): ReadonlyMap<CandidateRef, Review> {
  const withheld = new Map<CandidateRef, Review>();
  const taking = of.reviews.filter((one) => one.refused === null && reviewEffect(one.decision).withholds);
  for (const { subject } of taking) {
    const { standing } = reviewState(subject, of);
    if (!standing || !reviewEffect(standing.decision).withholds) continue;
    for (const row of candidatesOf(subject, of)) {
      // Who left is not marked again: without their sheets they have no mark, and no result to wait for (R51).
      if (standing.decision === "void" && hasLeft(row, of)) continue;
      withheld.set(row.ref, standing);
    }
  }
  return withheld;
}

/**
 * Who left owes nothing and waits for nothing, but not while the whole panel's sheets are there and nobody who knew of both took those
 * away.
 */
export function hasLeft(row: CandidateRow, of: SittingRecords): boolean {
  if (leavingOf(row) === null) return false;
  const isDisputed = isContradicted({ kind: "candidate", candidate: row.ref }, of);
  return !isDisputed || settlementOf(row.ref, of) === "left";
}

/**
 * By a decision about all their sheets: confirmed by two they were marked, void they left. Another answer settles nothing, nor does
 * a void of before anybody knew that they left.
 */
export function settlementOf(candidate: CandidateRef, of: SittingRecords): "marked" | "left" | null {
  const subject = { kind: "candidate", candidate } as const;
  const { standing } = reviewState(subject, of);
  if (standing?.decision === "void") {
    const isAboutBoth = standing.basis === basisOf(subject, of) || isAmendedSince(standing, of);
    return isAboutBoth ? "left" : null;
  }
  return standing?.decision === "confirm" && standing.second !== null ? "marked" : null;
}

/** R76: Who may mark again what this decision sends to another panel. */
export function remarkersOf(sitting: SittingRow, review: Review, people: readonly PersonRow[]): PersonRow[] {
  const { trainers, supervisor } = sitting;
  const reviewers = [
    review.person,
    ...(review.second ? [review.second.person] : []),
    supervisor ?? review.person,
  ];
  const former = { panel: everOnPanel(sitting), trainers, reviewers };
  return people.filter((person) => person.ended === null && mayRemark(person, former).allowed);
}

export interface ReviewAsked {
  readonly sitting: SittingId;
  readonly subject: ReviewSubject;
  readonly decision: ReviewDecision;
  readonly reason: string;
  readonly question: string | null;
  readonly second: PersonId | null;
}

/** Everything that is shown beside the PINs and signed, out of this journal. */
export interface AdmittedReview {
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  /** Null where the whole sitting is decided about. */
  readonly candidate: CandidateRow | null;
  readonly sheets: readonly Sheet[];
  readonly absent: number;
  readonly basis: HashId;
  readonly follows: Review | null;
  readonly person: PersonRow;
  readonly second: { readonly row: PersonRow; readonly office: AmendmentOffice } | null;
}

export const REVIEW_REFUSALS = [
  "session.none",
  "sitting.unknown",
  "person.unknown",
  "person.ended",
  "review.unknown-target",
  "review.unsigned",
  "review.same",
  "review.not-revealed",
  "review.blocked",
] as const;
export type ReviewRefusal = Refusal<(typeof REVIEW_REFUSALS)[number]>;

export function admitReview(
  asked: ReviewAsked,
  actor: PersonId | null,
  day: Day,
  view: JournalView,
): Result<AdmittedReview, ReviewRefusal> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  if (!person || person.ended) return refuse({ code: "person.ended" });
  const sitting = view.read("sittings", asked.sitting);
  const rubric = sitting && view.read("rubrics", sitting.rubric)?.rubric;
  const reference = view.read("centre", ONLY)?.permit?.reference;
  if (!sitting || !rubric || !reference) return refuse({ code: "sitting.unknown" });
  const { subject } = asked;
  const of = recordsOfSitting(sitting.id, view);
  const candidate =
    subject.kind === "sitting" ? null : of.candidates.find(({ ref }) => ref === subject.candidate);
  const sheets = reviewedSheets(subject, of);
  if (candidate === undefined || (subject.kind === "sheet" && sheets.length === 0))
    return refuse({ code: "review.unknown-target" });
  const basis = basisOf(subject, of);
  if (basis === null) return refuse({ code: "review.unsigned" });
  const follows = reviewState(subject, of).standing;
  if (follows && isRepeated(asked, follows)) return refuse({ code: "review.same" });
  const second = asked.second === null ? null : view.read("people", asked.second);
  if (second === undefined) return refuse({ code: "person.unknown" });
  if (second?.ended) return refuse({ code: "person.ended" });
  const office = second && approvingOffice(second, sitting);
  const judged = judgeReview(
    {
      ...{ ...asked, by: person, second: second && { person: second.id, office }, follows, sheets, day },
      isContradicted: isContradicted(subject, of),
    },
    sitting,
    reference,
    view.rows("people"),
  );
  if (!judged.allowed) return refuse({ code: "review.blocked", facts: firstBlock(judged) });
  if (second && isHiddenFromAny(second.id, subject, sitting, of))
    return refuse({ code: "review.not-revealed" });
  const absent = candidatesOf(subject, of).filter(({ absence }) => absence !== null).length;
  return ok({
    ...{ sitting, rubric, candidate, sheets, absent, basis, follows, person },
    second: second && office ? { row: second, office } : null,
  });
}

/** The same once more says nothing; other words do. */
function isRepeated({ decision, reason, question }: ReviewAsked, former: Review): boolean {
  return decision === former.decision && reason === former.reason && question === former.question;
}

interface Judged extends Pick<ReviewAsked, "decision" | "reason" | "question"> {
  readonly by: PersonRow;
  readonly second: RuleAsked["second"];
  readonly follows: Review | null;
  readonly sheets: readonly Sheet[];
  readonly day: Day;
  readonly isContradicted: boolean;
}

/** By the rule itself, with this journal's facts. */
function judgeReview(
  { decision, reason, question, by, second, follows, sheets, day, isContradicted: isDisputed }: Judged,
  sitting: SittingRow,
  reference: ReferencePack,
  people: readonly PersonRow[],
): Decision {
  return mayReview(
    {
      ...{ decision, reason, question, second, day },
      by: by.id,
      isSupervisor: hasRole(by, "supervisor"),
      replaced: follows?.decision ?? null,
      isContradicted: isDisputed,
      ...partsIn(sitting, reference, people),
      examiners: sheets.map(({ examiner }) => examiner),
    },
    policyValues(reference.policy),
  );
}

export interface SecondNeed {
  readonly isNeeded: boolean;
  /** Those of the sitting first. */
  readonly people: readonly PersonRow[];
}

/** Whether this decision needs a second pair of eyes, and whose they may be: nobody who marked what is looked at (R46). */
export function secondFor(
  decision: ReviewDecision,
  subject: ReviewSubject,
  by: PersonId,
  sitting: SittingRow,
  of: SittingRecords,
  people: readonly PersonRow[],
): SecondNeed {
  const { standing } = reviewState(subject, of);
  const examiners = reviewedSheets(subject, of).map(({ examiner }) => examiner);
  const isBarred = (person: PersonId) =>
    examiners.includes(person) || isHiddenFromAny(person, subject, sitting, of);
  return {
    isNeeded: needsSecond(decision, standing?.decision ?? null, isContradicted(subject, of)),
    people: approversOf(people, sitting, by, isBarred),
  };
}
