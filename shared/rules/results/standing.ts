// What stands: a candidate's result from the panel's sheets, and after rechecks and appeals (R40, R41, R55, R56).
import { compare, invariant, type Fraction } from "#shared/base";
import {
  block,
  decide,
  info,
  type Appeal,
  type Decision,
  type PolicyOf,
  type ResultEvent,
  type Rubric,
  type Sheet,
} from "#shared/exam";
import { weightedMark } from "../marking/panel-mark.ts";
import { judgements } from "./divergence.ts";
import { sittingResult, type SittingResult } from "./passing.ts";

export interface PanelSheets {
  readonly sheets: readonly Sheet[];
  readonly rubric: Rubric;
  /** Members of the panel, each of whom owes a sheet. */
  readonly members: number;
  /** Why this candidate has no mark (R51); null where the sheets say it. */
  readonly unmarkedAs: "ABSENT" | "CANCELLED" | null;
  /** Why the mark of a panel that lies too far apart stands; null before the panel settled it. */
  readonly divergenceReason: string | null;
  /** Exact points of a signed sheet: as signed, or computed again. */
  readonly totalOf: (sheet: Sheet) => Fraction;
}

type ResultPolicy = Parameters<typeof sittingResult>[1] & PolicyOf<"judgeSpread">;

/** R35, R40, R41: A candidate's result, or null while a sheet is missing: until then nobody's mark is shown to anybody. */
export function resultOfSheets(panel: PanelSheets, policy: ResultPolicy): SittingResult | null {
  if (panel.unmarkedAs !== null) {
    const none = { totals: [], vetoes: [], divergenceReason: null, judgements: [] };
    return sittingResult({ ...none, absence: panel.unmarkedAs }, policy);
  }
  const { rubric } = panel;
  const signed = panel.sheets.filter(({ signature }) => signature !== null);
  if (signed.length < panel.members) return null;
  // A rubric is one task so far: its weight is the whole.
  const totals = signed.map((sheet) => weightedMark([{ mark: panel.totalOf(sheet), percent: 100 }]));
  const vetoes = rubric.vetoes.filter(({ code }) => signed.some((sheet) => sheet.vetoes.includes(code)));
  const { divergenceReason } = panel;
  const judged = judgements(signed, rubric, divergenceReason !== null, policy);
  return sittingResult({ totals, vetoes, divergenceReason, judgements: judged, absence: null }, policy);
}

/** R56: The newest word stands, every earlier one is kept, and the first of them is what was published. */
export function resultInForce(history: readonly ResultEvent[]): {
  readonly inForce: ResultEvent;
  /** Earlier marks and outcomes that no longer stand. */
  readonly replaced: readonly ResultEvent[];
} {
  const inForce = history.at(-1);
  invariant(inForce && history[0]?.kind === "published", "a result begins with its publication");
  return { inForce, replaced: history.slice(0, -1).filter((event) => !isSameAs(event, inForce)) };
}

/** R56: An appeal follows the notification and goes to the human-resources authority, not back to the institution. */
export function checkAppeal({ notifiedOn, submittedOn, addressee }: Appeal): Decision {
  const facts = { notifiedOn, submittedOn };
  if (submittedOn < notifiedOn) return decide([block("R56", "appeal.before-notice", facts)]);
  return decide([
    addressee === "HR_AUTHORITY"
      ? info("R56", "appeal.to-authority", facts)
      : block("R56", "appeal.wrong-addressee", facts),
  ]);
}

function isSameAs(event: ResultEvent, other: ResultEvent): boolean {
  if (event.outcome !== other.outcome) return false;
  if (event.mark === null || other.mark === null) return event.mark === other.mark;
  return compare(event.mark, other.mark) === 0;
}
