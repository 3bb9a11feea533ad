// Beside a signed sheet of one's own: the same on paper.
import type { CandidateRef } from "#shared/base";
import { isSigned } from "#shared/exam";
import type { PersonRow, SittingRow } from "#shared/journal";
import { useText } from "../../i18n/index.ts";
import { useSheets } from "../../store/index.ts";
import { SaveForm } from "./SaveForm.tsx";

export function OwnSheetPaper(props: {
  readonly me: PersonRow;
  readonly sitting: SittingRow;
  readonly candidate: CandidateRef;
}) {
  const { me, sitting, candidate } = props;
  const t = useText();
  const sheet = useSheets(sitting.id)?.find(
    (one) => one.candidate === candidate && one.examiner === me.id && isSigned(one),
  );
  return sheet ? (
    <SaveForm what={{ kind: "sheet", sheet: sheet.id }} label={t("paper.sheet")} testId="paper-sheet" />
  ) : null;
}
