// An examiner declares a conflict with a candidate whose sheet they have opened already. A fact. Whom the register knows to be
// kin or trained by whom is asked when a sitting is prepared (R24 to R27) and needs ID numbers, which the journal does not keep.
import { aFlag, type FlagRule } from "./flag.ts";

/** R29: The conflict question is answered before any sheet opens. */
export const conflictLate: FlagRule = ({ declarations, sheets }) =>
  sheets.flatMap(({ sheet, opened, signed }) => {
    const late = declarations.find(
      ({ entry, person, candidates }) =>
        person === sheet.examiner && entry > opened && candidates.includes(sheet.candidate),
    );
    if (!late) return [];
    return [
      aFlag("conflict-late", {
        rule: "R29",
        person: sheet.examiner,
        candidates: [sheet.candidate],
        sheets: [sheet.id],
        entries: [opened, late.entry, ...(signed === null ? [] : [signed.entry])],
        facts: { signed: signed !== null },
      }),
    ];
  });
