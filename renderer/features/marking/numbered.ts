import type { CandidateRow } from "#shared/journal";
import { candidateNo, type Text } from "../../i18n/index.ts";

/** R45: A marker who must not know whose work it is sees its number. */
export function numbered(candidate: CandidateRow, t: Text): CandidateRow {
  const no = candidateNo(candidate.no);
  // Where somebody sat says who it was to whoever went by.
  const { place: _place, ...rest } = candidate;
  return { ...rest, name: t("marking.workPiece", { no }), ticketNo: "—", idMasked: "" };
}
