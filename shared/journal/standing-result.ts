// What a candidate's panel comes to and what stands of it (R35, R41, R43, R56): asked by the screen, the printed summary and
// whoever signs for the totals, so that no two of them show another mark.
import { fractionToFixed, invariant, type Fraction } from "#shared/base";
import {
  countingOf,
  policyValues,
  type PartOutcome,
  type Policy,
  type Rubric,
  type Sheet,
} from "#shared/exam";
import { resultInForce, resultOfSheets, type SittingResult } from "#shared/rules";
import { unmarkedAs } from "./expected.ts";
import { standingSettlement } from "./settle.ts";
import type { Waiting } from "./standing-roster.ts";
import type { CandidateRow, SittingRow } from "./tables.ts";

export interface PanelOfCandidate {
  readonly candidate: CandidateRow;
  readonly sitting: Pick<SittingRow, "panel">;
  /** Those of other candidates do not matter. */
  readonly sheets: readonly Sheet[];
  readonly rubric: Rubric;
  readonly policy: Policy;
}

export interface StandingPanel extends PanelOfCandidate {
  /** No result stands before somebody has decided or another panel has marked (R51, R76). */
  readonly waiting: Waiting | null;
}

export interface StandingResult {
  /** As the panel's sheets have it, with its reasons. */
  readonly result: SittingResult;
  readonly outcome: PartOutcome;
  /** A dash where none stands: who was absent has none, and a panel that lies too far apart has none yet; nor has what was withheld. */
  readonly mark: string;
  /** Marks that no longer stand, oldest first. */
  readonly replaced: readonly string[];
}

/** The panel's result, or what a recheck left of it; null while a sheet is missing. */
export function standingResult(panel: StandingPanel): StandingResult | null {
  const result = panelResult(panel, countedTotal);
  if (!result) return null;
  const { candidate, policy, waiting } = panel;
  const { inForce, replaced } = resultInForce([
    { kind: "published", mark: result.mark?.exact ?? null, outcome: result.outcome },
    ...candidate.rechecks.map((recheck) => ({ kind: "rechecked" as const, ...recheck })),
  ]);
  const shown = (one: { readonly mark: Fraction | null; readonly outcome: PartOutcome }) =>
    one.mark && one.outcome !== "DIVERGENT" ? fractionToFixed(one.mark, policy.decimals.value) : "—";
  if (waiting !== null)
    return { result, outcome: waiting, mark: "—", replaced: [...replaced, inForce].map(shown) };
  return { result, outcome: inForce.outcome, mark: shown(inForce), replaced: replaced.map(shown) };
}

/** `totalOf`: points of a signed sheet, as they count or computed again. Null while a sheet is missing. */
export function panelResult(
  { candidate, sitting, sheets, rubric, policy }: PanelOfCandidate,
  totalOf: (sheet: Sheet) => Fraction,
): SittingResult | null {
  const own = sheets.filter((sheet) => sheet.candidate === candidate.ref);
  return resultOfSheets(
    {
      ...{ sheets: own, rubric, members: sitting.panel.length, totalOf },
      unmarkedAs: unmarkedAs(candidate),
      divergenceReason: standingSettlement(candidate, own)?.reason ?? null,
    },
    policyValues(policy),
  );
}

/** What the mark of these sheets is worth once the panel lets it stand: vetoes and all, as everybody will read it. */
export function resultIfSettled(
  sheets: readonly Sheet[],
  rubric: Rubric,
  policy: Policy,
): SittingResult | null {
  return resultOfSheets(
    {
      ...{ sheets, rubric, members: sheets.length, unmarkedAs: null, totalOf: countedTotal },
      divergenceReason: "settled",
    },
    policyValues(policy),
  );
}

function countedTotal(sheet: Sheet): Fraction {
  const counting = countingOf(sheet);
  invariant(counting, "only signed sheets come to anything");
  return counting.total;
}

/** R48, R80: Of a sheet that was signed since, or whose total may count otherwise, nobody has answered for the total yet. */
export function isCurrentSignOff(
  given: SittingRow["signOffs"][number],
  { revision }: Pick<SittingRow, "revision">,
  sheets: number,
): boolean {
  return given.sheets === sheets && given.revision === revision;
}
