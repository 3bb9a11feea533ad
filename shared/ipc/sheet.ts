// What the window may ask about sheets: a signature, by naming the sheet. It hands over no content; main shows its own
// figures in its own window and signs those (rulings 2).
import { z } from "zod";
import { HashId, SheetId } from "#shared/base";
import { channel } from "./channel.ts";

export const sheetChannels = {
  "sheet.requestSignature": channel({
    input: z.strictObject({ sheet: SheetId }),
    output: z.strictObject({ hash: HashId }),
    refusals: [
      "session.none",
      "sheet.unknown",
      "sheet.not-yours",
      "sitting.not-on-panel",
      "sheet.signed",
      "sheet.incomplete",
      "candidate.absent",
      "person.declined",
      "person.busy",
      "permit.none",
      "keys.locked-out",
      "keys.not-permitted",
      "journal.full",
      "journal.failed",
    ],
  }),
} as const;
