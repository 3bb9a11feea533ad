// A signed score sheet in the form that is printed (评分记录表): every figure as text, made of this journal and nothing else. What
// an amendment changed keeps its former value beside the new one (R46).
import {
  compare,
  elapsedMs,
  fraction,
  fractionToText,
  invariant,
  multiply,
  roundHalfUp,
  subtract,
  unreachable,
  ZERO,
  type Day,
  type Fraction,
  type HashId,
  type InstantMs,
  type PersonId,
  type SheetId,
} from "#shared/base";
import {
  countedInTurn,
  type AmendmentOffice,
  type AmendmentReason,
  type ItemInput,
  type PauseReason,
  type Rubric,
  type RubricItem,
  type SheetMarks,
  type SignOffRole,
  type SkillLevel,
  type Veto,
  type Words,
} from "#shared/exam";
import { scoreItem, totalOf } from "#shared/rules";
import { areNamesShown } from "./identity.ts";
import type { PaperFigures } from "#shared/wire";
import { isCurrentSignOff } from "./standing-result.ts";
import { ONLY, type CandidateRow, type SittingRow } from "./tables.ts";
import { isFromPaper } from "./transcription.ts";
import type { JournalView } from "./view.ts";

/** What stands at the head of every form of a sitting. */
export interface FormHead {
  readonly institution: Words;
  readonly demo: boolean;
  readonly illustrative: boolean;
  readonly day: Day;
  readonly level: SkillLevel;
  readonly occupation: string;
  readonly rubric: { readonly name: string; readonly title: Words };
  /** Who answers for the totals as they are now (R48). */
  readonly signOffs: readonly { readonly as: SignOffRole; readonly name: string; readonly at: InstantMs }[];
}

export interface ScoreForm extends FormHead {
  readonly no: number;
  readonly candidate: string;
  readonly ticketNo: string;
  readonly examiner: string;
  readonly signedAt: InstantMs;
  /** What counts of the sheet. */
  readonly record: HashId;
  /** Points a step is worth, for the standard's own lines. */
  readonly step: Fraction;
  readonly items: readonly ScoreLine[];
  readonly max: string;
  readonly sum: string;
  readonly overtime: { readonly minutes: number; readonly deducted: string } | null;
  /** When the time stood still, oldest first. */
  readonly pauses: readonly PrintedPause[];
  readonly vetoes: readonly Veto[];
  readonly total: Written;
  readonly note: string;
  readonly formerNotes: readonly string[];
  readonly pictures: number;
  /** Who typed it from the paper it was marked on; null where it was marked on a laptop, or signed on another one. */
  readonly typedBy: readonly string[] | null;
  readonly amendments: readonly PrintedAmendment[];
  readonly figures: PaperFigures;
}

export interface ScoreLine {
  readonly no: number;
  readonly text: Words;
  readonly max: string;
  readonly item: RubricItem;
  readonly deducted: string;
  readonly mark: Written;
  /** What was recorded: readings, counts, levels. */
  readonly recorded: Written;
}

/** What counts, and what it replaced, oldest first: each struck through once. */
export interface Written {
  readonly now: string;
  readonly former: readonly string[];
}

export interface PrintedPause {
  readonly from: InstantMs;
  readonly to: InstantMs;
  readonly lostMs: number;
  readonly reason: PauseReason;
  readonly by: string;
}

export interface PrintedAmendment {
  readonly at: InstantMs;
  readonly reason: AmendmentReason;
  readonly text: string;
  readonly author: string;
  readonly approver: string;
  readonly office: AmendmentOffice;
  readonly record: HashId;
  readonly total: string;
  readonly counts: boolean;
}

export function scoreForm(id: SheetId, view: JournalView): ScoreForm | null {
  const sheet = view.read("sheets", id);
  const counted = sheet ? countedInTurn(sheet) : [];
  const counting = counted.at(-1);
  if (!sheet?.signature || !counting) return null;
  const sitting = view.read("sittings", sheet.sitting);
  const rubric = view.read("rubrics", sheet.rubric)?.rubric;
  const candidate = view.read("candidates", sheet.candidate);
  invariant(sitting && rubric && candidate, "a sheet has its sitting, its rubric and its candidate");
  const standing = counted.map(({ marks }) => marks);
  const { marks } = counting;
  const { overtime, total } = totalOf(rubric, marks.items, marks.overtimeMs);
  invariant(compare(total, counting.total) === 0, "what was signed is what its entries come to");
  const head = formHead(sitting, view);
  const shown = printedAs(candidate, sitting);
  const name = (person: PersonId) => nameOf(person, view);
  const examiner = name(sheet.examiner);
  return {
    ...head,
    ...shown,
    examiner,
    no: candidate.no,
    signedAt: sheet.signature.at.wall,
    record: counting.hash,
    step: rubric.step,
    items: rubric.items.map((item) => lineOf(item, rubric, standing)),
    max: points(
      rubric.items.reduce((sum, { max }) => sum + max, 0),
      rubric,
    ),
    sum: fractionToText(totalOf(rubric, marks.items, 0).total),
    overtime:
      compare(overtime, ZERO) > 0
        ? { minutes: Math.ceil(marks.overtimeMs / 60_000), deducted: fractionToText(overtime) }
        : null,
    pauses: sheet.pauses.flatMap(({ from, resumed, reason, by }) =>
      resumed
        ? [
            {
              from: from.wall,
              to: resumed.at.wall,
              lostMs: elapsedMs(from, resumed.at),
              reason,
              by: name(by),
            },
          ]
        : [],
    ),
    vetoes: rubric.vetoes.filter(({ code }) => marks.vetoes.includes(code)),
    total: written(standing.map((one) => fractionToText(totalOf(rubric, one.items, one.overtimeMs).total))),
    note: marks.note,
    formerNotes: written(standing.map(({ note }) => note)).former.filter((note) => note !== ""),
    pictures: sheet.evidence.filter(({ removed }) => !removed).length,
    typedBy: isFromPaper(sheet, view)?.sides.map(({ person }) => name(person)) ?? null,
    amendments: sheet.amendments.map((one) => ({
      at: one.at.wall,
      reason: one.reason,
      text: one.text,
      author: examiner,
      approver: name(one.approvedBy),
      office: one.office,
      record: one.hash,
      total: fractionToText(one.total),
      counts: counted.some(({ hash }) => hash === one.hash),
    })),
    figures: {
      v: 1,
      day: head.day,
      rubric: head.rubric.name,
      no: candidate.no,
      name: shown.candidate,
      ticket: shown.ticketNo,
      examiner,
      marks: rubric.items.map((item) => {
        const steps = scoreItem(item, marks.items[String(item.no)]);
        invariant(steps, "a signed item has a mark");
        return roundHalfUp(multiply(steps, rubric.step), 2);
      }),
      vetoes: [...marks.vetoes],
      total,
    },
  };
}

export function formHead(sitting: SittingRow, view: JournalView): FormHead {
  const centre = view.read("centre", ONLY);
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  invariant(centre && rubric, "a prepared sitting has its centre and its rubric");
  const { institution } = centre;
  const signed = view.rowsOf("sheets", sitting.id).filter(({ signature }) => signature !== null).length;
  return {
    institution: institution.name,
    demo: institution.demo || centre.permit?.policy === "demo",
    illustrative: rubric.illustrative,
    day: sitting.day,
    level: sitting.level,
    occupation: sitting.occupation,
    rubric: { name: `${rubric.code} v${String(rubric.version)}`, title: rubric.title },
    signOffs: sitting.signOffs
      .filter((one) => isCurrentSignOff(one, sitting, signed))
      .map(({ as, person, at }) => ({ as, name: nameOf(person, view), at: at.wall })),
  };
}

/** A blind panel's sheet has a number until the day is sealed, never a name (R45). */
export function printedAs(
  { no, name, ticketNo }: CandidateRow,
  sitting: SittingRow,
): { candidate: string; ticketNo: string } {
  return areNamesShown(sitting)
    ? { candidate: name, ticketNo }
    : { candidate: `№ ${String(no).padStart(2, "0")}`, ticketNo: "—" };
}

export function nameOf(person: PersonId, view: JournalView): string {
  return view.read("people", person)?.name ?? person;
}

function lineOf(item: RubricItem, rubric: Rubric, standing: readonly SheetMarks[]): ScoreLine {
  const inputs = standing.map(({ items }) => items[String(item.no)]);
  const marks = inputs.map((input) => {
    const steps = scoreItem(item, input);
    invariant(steps, "a signed item has a mark");
    return steps;
  });
  const last = marks.at(-1);
  invariant(last, "a signed sheet has marks");
  return {
    no: item.no,
    text: item.text,
    max: points(item.max, rubric),
    item,
    deducted: inPoints(subtract(fraction(item.max), last), rubric),
    mark: written(marks.map((steps) => inPoints(steps, rubric))),
    recorded: written(inputs.map((input) => recordedText(item, input, rubric))),
  };
}

/** The last counts; the ones before it that read otherwise are former. */
function written(texts: readonly string[]): Written {
  const told = texts.filter((text, at) => at === 0 || text !== texts[at - 1]);
  return { now: told.at(-1) ?? "", former: told.slice(0, -1) };
}

/** In signs that both languages read. */
function recordedText(item: RubricItem, input: ItemInput | undefined, rubric: Rubric): string {
  if (!input) return "";
  switch (input.kind) {
    case "DEDUCT":
      return input.picked.map(({ code, count }) => `${code}×${String(count)}`).join("  ");
    case "MEASURE":
      if (item.kind !== "MEASURE") return "";
      return input.readings
        .map(({ values }) =>
          values.map((value) => (value === null ? "—" : reading(value, item.resolution))).join("  "),
        )
        .join("; ");
    case "JUDGE":
      return String(input.level);
    case "CHECK":
      return input.checks.map((check) => ({ yes: "√", no: "×", na: "—" })[check ?? "na"]).join(" ");
    case "POINTS":
      return points(input.steps, rubric);
    default:
      return unreachable(input);
  }
}

function reading(units: number, resolution: Fraction): string {
  return fractionToText(multiply(fraction(units), resolution), 3);
}

/** Steps of the rubric in points. */
export function points(steps: number, rubric: Pick<Rubric, "step">): string {
  return inPoints(fraction(steps), rubric);
}

function inPoints(steps: Fraction, { step }: Pick<Rubric, "step">): string {
  return fractionToText(multiply(steps, step));
}
