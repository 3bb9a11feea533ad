// A panel that lies too far apart (R35, R43): when its sheets may be seen together, who has looked at their own again, and what
// the leader may record. Both processes ask here; nothing in it lets anybody touch another's mark (R46).
import {
  ok,
  refuse,
  type CandidateRef,
  type Fraction,
  type HashId,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import {
  countingOf,
  panelLeaderOf,
  policyValues,
  type Counting,
  type Policy,
  type Rubric,
  type Settlement,
  type Sheet,
  type SheetAmendment,
  type Upholding,
} from "#shared/exam";
import { divergenceOf, panelMark, type Divergence } from "#shared/rules";
import { revealedSheets } from "./revealed.ts";
import { standingCandidate } from "./standing-roster.ts";
import { ONLY, type CandidateRow, type PersonRow, type SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

/**
 * What the leader recorded about exactly these sheets; a sheet that was amended since opens the question again, and so does the
 * registry's word that it does not count.
 */
export function standingSettlement(
  { settlements }: Pick<CandidateRow, "settlements">,
  sheets: readonly Sheet[],
): Settlement | null {
  const records = recordsOf(sheets);
  const own = settlements.filter((one) => one.refused === null && one.records.join() === records.join());
  // What was recorded before settlements were signed stands until it is signed as well.
  return own.filter(({ signed }) => signed !== null).at(-1) ?? own.at(-1) ?? null;
}

/**
 * Has the author looked at this sheet again, with the others' before them: kept it as it counts now, or amended it to bring the
 * panel together? What was amended before the last of `sheets` was signed was no answer to them.
 */
export function hasReviewed(
  { upheld }: Pick<CandidateRow, "upheld">,
  sheet: Sheet,
  sheets: readonly Sheet[],
): boolean {
  const counting = countingOf(sheet);
  const amendment = counting?.amendment;
  if (amendment?.reason === "moderation" && isAfterAll(amendment, sheets)) return true;
  return upheld.some((one) => one.examiner === sheet.examiner && isKept(one, counting?.hash));
}

/**
 * Signed words about what counts. What answers a supervisor was not said with the others' sheets before them; and what nobody signed
 * is kept in this journal and goes into no record.
 */
function isKept({ record, answers, statement }: Upholding, counting: HashId | undefined): boolean {
  return record === counting && answers === undefined && statement !== null;
}

/** In words that their author signed. */
export type SignedUpholding = Upholding & { readonly statement: NonNullable<Upholding["statement"]> };

/** What the members signed about what counts now of each of these sheets: of each the last. */
export function statementsOn(
  { upheld }: Pick<CandidateRow, "upheld">,
  sheets: readonly Sheet[],
): SignedUpholding[] {
  const isSigned = (one: Upholding): one is SignedUpholding => one.statement !== null;
  return sheets.flatMap((sheet) => {
    const counting = countingOf(sheet)?.hash;
    const own = upheld.filter((one) => one.examiner === sheet.examiner && isKept(one, counting));
    return own.filter(isSigned).slice(-1);
  });
}

/** Known of one laptop's own chain only: a sheet that came from another one says nothing of when. */
function isAfterAll(amendment: SheetAmendment, sheets: readonly Sheet[]): boolean {
  const isOwn = amendment.from === null && sheets.every(({ from }) => from === null);
  return isOwn && sheets.every(({ signature }) => signature !== null && signature.seq < amendment.seq);
}

/** Whoever is still there to look and has not. */
export function membersToReview(
  candidate: Pick<CandidateRow, "upheld">,
  sheets: readonly Sheet[],
  hasEnded: (person: PersonId) => boolean,
): Sheet[] {
  return sheets.filter((sheet) => !hasEnded(sheet.examiner) && !hasReviewed(candidate, sheet, sheets));
}

/** How far the sheets lie apart, by the totals they were signed for. */
export function divergenceBetween(sheets: readonly Sheet[], rubric: Rubric, policy: Policy): Divergence {
  const totals = sheets.flatMap((sheet) => countingOf(sheet)?.total ?? []);
  return divergenceOf(sheets, totals, rubric, policyValues(policy));
}

export interface DivergentPanel {
  readonly candidate: CandidateRow;
  readonly sitting: SittingRow;
  readonly rubric: Rubric;
  readonly policy: Policy;
  readonly sheets: readonly Sheet[];
  readonly divergence: Divergence;
}

export type PanelRefusal = Refusal<
  "candidate.unknown" | "divergence.not-revealed" | "divergence.none" | "divergence.settled"
>;

/** A candidate whose panel has something to settle. */
export function divergentPanel(ref: CandidateRef, view: JournalView): Result<DivergentPanel, PanelRefusal> {
  const row = view.read("candidates", ref);
  const sitting = row && view.read("sittings", row.sitting);
  const rubric = sitting && view.read("rubrics", sitting.rubric)?.rubric;
  const policy = view.read("centre", ONLY)?.permit?.reference.policy;
  if (!row || !rubric || !policy) return refuse({ code: "candidate.unknown" });
  const candidate = standingCandidate(row, view);
  const sheets = revealedSheets(sitting, candidate, view.rowsOf("sheets", sitting.id));
  if (!sheets) return refuse({ code: "divergence.not-revealed" });
  const divergence = divergenceBetween(sheets, rubric, policy);
  if (divergence.open.length === 0) return refuse({ code: "divergence.none" });
  const standing = standingSettlement(candidate, sheets);
  if (standing?.signed) return refuse({ code: "divergence.settled" });
  return ok({ candidate, sitting, rubric, policy, sheets, divergence });
}

export interface AdmittedUpholding extends DivergentPanel {
  readonly person: PersonRow;
  readonly sheet: Sheet;
  readonly counting: Counting;
}

/** R43, R46: A member keeps their own sheet as it counts now, in words that they sign. */
export function admitUpholding(
  ref: CandidateRef,
  actor: PersonId | null,
  view: JournalView,
): Result<
  AdmittedUpholding,
  Refusal<PanelRefusal["code"] | "session.none" | "person.ended" | "sitting.not-on-panel">
> {
  if (actor === null) return refuse({ code: "session.none" });
  const person = view.read("people", actor);
  if (!person || person.ended) return refuse({ code: "person.ended" });
  const panel = divergentPanel(ref, view);
  if (!panel.ok) return panel;
  const sheet = panel.value.sheets.find(({ examiner }) => examiner === actor);
  const counting = sheet && countingOf(sheet);
  if (!sheet || !counting) return refuse({ code: "sitting.not-on-panel" });
  return ok({ ...panel.value, person, sheet, counting });
}

export interface AdmittedSettlement extends DivergentPanel {
  readonly leader: PersonId;
  readonly records: readonly HashId[];
  readonly mean: Fraction;
  /** What the members signed, and whom nobody could ask any more. */
  readonly statements: readonly SignedUpholding[];
  readonly unasked: readonly PersonId[];
}

/**
 * R35, R43: Once every member who is still there looked at their own sheet again, the leader may record that the mark stands. Who
 * was ended cannot be asked any more; the leader is shown that.
 */
export function admitSettlement(
  ref: CandidateRef,
  view: JournalView,
): Result<AdmittedSettlement, Refusal<PanelRefusal["code"] | "divergence.not-reviewed">> {
  const panel = divergentPanel(ref, view);
  if (!panel.ok) return panel;
  const { candidate, sitting, sheets, policy } = panel.value;
  const leader = panelLeaderOf(sitting);
  const hasEnded = (person: PersonId) => (view.read("people", person)?.ended ?? null) !== null;
  const waiting = membersToReview(candidate, sheets, hasEnded);
  if (waiting.length > 0 || leader === undefined)
    return refuse({ code: "divergence.not-reviewed", facts: { sheets: waiting.length } });
  const unasked = sheets.filter((sheet) => !hasReviewed(candidate, sheet, sheets));
  const totals = sheets.flatMap((sheet) => countingOf(sheet)?.total ?? []);
  return ok({
    ...{ ...panel.value, leader, records: recordsOf(sheets) },
    mean: panelMark(totals, policyValues(policy)).mark,
    statements: statementsOn(candidate, sheets),
    unasked: unasked.map(({ examiner }) => examiner),
  });
}

/** The records that count, in the order of their hashes: whoever lists the sheets otherwise means the same. */
function recordsOf(sheets: readonly Sheet[]): HashId[] {
  return sheets.flatMap((sheet) => countingOf(sheet)?.hash ?? []).sort();
}
