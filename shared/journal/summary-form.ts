// The results of a sitting in the form that is printed (成绩汇总表). A candidate's figures stand there only once the whole panel
// has signed: until then nobody's mark is anybody else's business (R45).
import { fractionToText, invariant, type SittingId } from "#shared/base";
import { countingOf, type PartOutcome } from "#shared/exam";
import { formHead, nameOf, printedAs, type FormHead, type Written } from "./score-form.ts";
import { revealedSheets } from "./revealed.ts";
import { standingSettlement } from "./settle.ts";
import { standingResult } from "./standing-result.ts";
import { standingRoster, waitingCandidates, type Waiting } from "./standing-roster.ts";
import { recordsOfSitting } from "./review.ts";
import { ONLY, type CandidateRow, type SittingRow } from "./tables.ts";
import type { JournalView } from "./view.ts";

export interface SummaryForm extends FormHead {
  readonly panel: readonly { readonly name: string; readonly leader: boolean }[];
  readonly lines: readonly SummaryLine[];
  readonly counts: Readonly<Record<PartOutcome, number>> & { readonly open: number };
}

export interface SummaryLine {
  readonly no: number;
  readonly candidate: string;
  readonly ticketNo: string;
  /** What each sheet comes to, in the panel's order; empty for who was absent and while one is missing. */
  readonly totals: readonly { readonly examiner: string; readonly total: Written }[];
  readonly mark: Written;
  /** Null while a sheet is missing. */
  readonly outcome: PartOutcome | null;
  readonly vetoes: readonly string[];
  /** Why a divergent panel's mark stands (R43). */
  readonly settled: string | null;
  readonly rechecked: boolean;
}

export function summaryForm(id: SittingId, view: JournalView): SummaryForm | null {
  const sitting = view.read("sittings", id);
  if (!sitting) return null;
  const of = recordsOfSitting(id, view);
  const candidates = standingRoster(of).sort((a, b) => a.no - b.no);
  const waiting = waitingCandidates(of);
  const lines = candidates.map((candidate) =>
    lineOf(candidate, sitting, waiting.get(candidate.ref) ?? null, view),
  );
  const count = (outcome: PartOutcome | null) => lines.filter((line) => line.outcome === outcome).length;
  return {
    ...formHead(sitting, view),
    panel: sitting.panel.map(({ person, leader }) => ({ name: nameOf(person, view), leader })),
    lines,
    counts: {
      PASS: count("PASS"),
      FAIL: count("FAIL"),
      ABSENT: count("ABSENT"),
      CANCELLED: count("CANCELLED"),
      DIVERGENT: count("DIVERGENT"),
      WITHHELD: count("WITHHELD"),
      CONTESTED: count("CONTESTED"),
      open: count(null),
    },
  };
}

function lineOf(
  candidate: CandidateRow,
  sitting: SittingRow,
  waiting: Waiting | null,
  view: JournalView,
): SummaryLine {
  const rubric = view.read("rubrics", sitting.rubric)?.rubric;
  const policy = view.read("centre", ONLY)?.permit?.reference.policy;
  invariant(rubric && policy, "a sitting is marked by a rubric under a permit");
  const own = view.rowsOf("sheets", sitting.id).filter((sheet) => sheet.candidate === candidate.ref);
  const revealed = revealedSheets(sitting, candidate, own) ?? [];
  const standing = standingResult({ candidate, sitting, sheets: own, rubric, policy, waiting });
  return {
    no: candidate.no,
    ...printedAs(candidate, sitting),
    totals: revealed.map((sheet) => {
      const counting = countingOf(sheet);
      invariant(counting && sheet.signature, "a revealed sheet is signed");
      const [first, now] = [fractionToText(sheet.signature.total), fractionToText(counting.total)];
      return {
        examiner: nameOf(sheet.examiner, view),
        total: { now, former: first === now ? [] : [first] },
      };
    }),
    mark: { now: standing?.mark ?? "", former: standing?.replaced ?? [] },
    outcome: standing?.outcome ?? null,
    vetoes: [...new Set(revealed.flatMap(({ vetoes }) => vetoes))].sort(),
    settled: standingSettlement(candidate, own)?.reason ?? null,
    rechecked: candidate.rechecks.length > 0,
  };
}
