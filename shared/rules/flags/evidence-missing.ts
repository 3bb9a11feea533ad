// A signed sheet holds fewer photographs than policy asks for, or every one that was taken was taken away again before it was
// signed. A fact.
import { evidenceHeld } from "#shared/exam";
import { aFlag, type FlagRule } from "./flag.ts";
import { signedSheets } from "./history.ts";

export const evidenceMissing: FlagRule = (history, policy) =>
  signedSheets(history).flatMap(({ sheet, acts, signed }) => {
    const held = evidenceHeld(sheet.evidence).length;
    const removed = sheet.evidence.length - held;
    if (held >= policy.leastPhotographs && (held > 0 || removed === 0)) return [];
    return [
      aFlag("evidence-missing", {
        person: sheet.examiner,
        candidates: [sheet.candidate],
        sheets: [sheet.id],
        entries: [...acts.filter(({ kind }) => kind === "picture").map(({ entry }) => entry), signed.entry],
        facts: { held, removed, least: policy.leastPhotographs },
      }),
    ];
  });
