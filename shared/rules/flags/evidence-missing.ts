// A signed sheet holds fewer photographs than policy asks for, or every one that was taken was taken away again before it was
// signed. A fact. The record of a sheet from another laptop names what it held, and not what was taken away before.
import { evidenceHeld } from "#shared/exam";
import { aFlag, type FlagRule } from "./flag.ts";
import { signedSheets } from "./history.ts";

export const evidenceMissing: FlagRule = (history, policy) =>
  signedSheets(history).flatMap(({ sheet, acts, signed, pictures }) => {
    if (pictures === null) return [];
    const held = pictures.length;
    const removed = sheet.from === null ? sheet.evidence.length - evidenceHeld(sheet.evidence).length : null;
    if (held >= policy.leastPhotographs && (held > 0 || !removed)) return [];
    return [
      aFlag("evidence-missing", {
        person: sheet.examiner,
        candidates: [sheet.candidate],
        sheets: [sheet.id],
        entries: [...acts.filter(({ kind }) => kind === "picture").map(({ entry }) => entry), signed.entry],
        facts: { held, removed: removed ?? "unknown", least: policy.leastPhotographs },
      }),
    ];
  });
