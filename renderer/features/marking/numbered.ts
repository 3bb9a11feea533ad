import type { CandidateRow } from "#shared/journal";
import { candidateNo, type Text } from "../../i18n/index.ts";

/** R45: A marker who must not know whose work it is sees its number. */
export function numbered(candidate: CandidateRow, t: Text): CandidateRow {
  const no = candidateNo(candidate.no);
  return { ...candidate, name: t("marking.workPiece", { no }), ticketNo: "—", idMasked: "" };
}
