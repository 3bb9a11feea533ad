// What a decision is about, in words: a sheet by its candidate and examiner, all sheets of a candidate, or the sitting.
import type { PersonId } from "#shared/base";
import type { ReviewSubject } from "#shared/exam";
import { areNamesShown, type SittingRecords, type SittingRow } from "#shared/journal";
import { shownName, type Text } from "../../i18n/index.ts";

export function subjectName(
  t: Text,
  subject: ReviewSubject,
  sitting: SittingRow,
  { candidates, sheets }: Pick<SittingRecords, "candidates" | "sheets">,
  nameOf: (id: PersonId) => string,
): string {
  if (subject.kind === "sitting") return t("review.decisions.sitting");
  const row = candidates.find(({ ref }) => ref === subject.candidate);
  // R45: while a blind sitting is marked, nobody reads whose number is whose.
  const candidate = row ? shownName(t, row, areNamesShown(sitting)) : t("review.decisions.former");
  if (subject.kind === "candidate") return t("review.decisions.candidate", { candidate });
  const sheet = sheets.find(({ signature }) => signature?.hash === subject.sheet);
  const examiner = sheet ? nameOf(sheet.examiner) : t("review.decisions.former");
  return t("review.decisions.sheet", { candidate, examiner });
}
