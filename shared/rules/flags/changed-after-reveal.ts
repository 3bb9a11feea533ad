// A signed sheet was amended after the panel's sheets of the candidate lay open, by more than a slip: the result turned, or the
// total moved further than policy allows; and the panel was not settling a divergence (R43). A fact: nothing is weighed.
import { groupBy, type Fraction } from "#shared/base";
import { panelMark } from "../marking/panel-mark.ts";
import { divergenceOf } from "../results/divergence.ts";
import { partPasses } from "../results/passing.ts";
import { aFlag, type Flag, type FlagPolicy, type FlagRule } from "./flag.ts";
import {
  marksAsSigned,
  signedSheets,
  toPoints,
  type Amended,
  type SignedSheet,
  type SittingHistory,
} from "./history.ts";

/** R46: Who amends a signed sheet has a reason; with the others' sheets in sight the reason is looked at. */
export const changedAfterReveal: FlagRule = (history, policy) => {
  const candidates = groupBy(signedSheets(history), ({ sheet }) => sheet.candidate);
  return [...candidates.values()].flatMap((sheets) => {
    if (sheets.length < Math.max(2, history.panel.length)) return [];
    const revealed = Math.max(...sheets.map(({ signed }) => signed.entry));
    return sheets.flatMap((one) =>
      one.amended
        .filter(({ entry }) => entry > revealed)
        .flatMap((amended) => flagAmended(amended, one, sheets, history, policy)),
    );
  });
};

function flagAmended(
  amended: Amended,
  one: SignedSheet,
  sheets: readonly SignedSheet[],
  { rubric }: Pick<SittingHistory, "rubric">,
  policy: FlagPolicy,
): Flag[] {
  const totals = (own: Fraction) =>
    sheets.map((sheet) => (sheet === one ? own : totalAt(sheet, amended.entry)));
  const passes = (own: Fraction) => partPasses(panelMark(totals(own), policy).mark, policy).allowed;
  const turned = passes(amended.from) !== passes(amended.to);
  const points = toPoints(amended.to) - toPoints(amended.from);
  const isSlip = !turned && Math.abs(points) <= policy.revealedChangePoints;
  const wasOpen =
    divergenceOf(sheets.map(marksAsSigned), totals(amended.from), rubric, policy).open.length > 0;
  if (isSlip || (amended.reason === "moderation" && wasOpen)) return [];
  return [
    aFlag("changed-after-reveal", {
      rule: "R46",
      person: one.sheet.examiner,
      candidates: [one.sheet.candidate],
      sheets: [one.sheet.id],
      entries: [one.signed.entry, amended.entry],
      facts: { points: Math.round(10 * points) / 10, turned, reason: amended.reason },
    }),
  ];
}

function totalAt({ amended, signed }: SignedSheet, entry: number): Fraction {
  return amended.filter((one) => one.entry < entry).at(-1)?.to ?? signed.total;
}
