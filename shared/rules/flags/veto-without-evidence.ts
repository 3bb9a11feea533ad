// A veto fails a candidate whatever the items earned (R38), and no photograph on the sheet shows why. A fact; of a sheet from another
// laptop the record that was signed tells it. Where nothing tells, it is not asked (not-asked.ts).
import { aFlag, type FlagRule } from "./flag.ts";
import { signedSheets } from "./history.ts";

/** R38: A veto is the gravest mark there is, so what it rests on is kept. */
export const vetoWithoutEvidence: FlagRule = (history) =>
  signedSheets(history)
    .filter(({ sheet, pictures }) => sheet.vetoes.length > 0 && pictures?.length === 0)
    .map(({ sheet, acts, signed, amended }) =>
      aFlag("veto-without-evidence", {
        rule: "R38",
        person: sheet.examiner,
        candidates: [sheet.candidate],
        sheets: [sheet.id],
        entries: [
          ...acts.flatMap((act) =>
            act.kind === "veto" && sheet.vetoes.includes(act.code) ? [act.entry] : [],
          ),
          signed.entry,
          ...amended.map(({ entry }) => entry),
        ],
        facts: { vetoes: sheet.vetoes.join(" ") },
      }),
    );
