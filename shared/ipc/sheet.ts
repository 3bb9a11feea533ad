// What the window may ask about sheets: a signature, by naming the sheet. It hands over no content; main shows its own
// figures in its own window and signs those (rulings 2).
import { z } from "zod";
import { HashId, PersonId, SheetId } from "#shared/base";
import { AmendmentReason } from "#shared/exam";
import { AMENDMENT_REFUSALS } from "#shared/journal";
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
      "sheet.paused",
      "transcription.open",
      "candidate.absent",
      "candidate.left",
      "person.declined",
      "person.busy",
      "permit.none",
      "keys.locked-out",
      "keys.not-permitted",
      "journal.full",
      "journal.failed",
    ],
  }),
  /** The amendment as this journal has it, signed by its author and by whoever approves it (R46). */
  "sheet.requestAmendment": channel({
    input: z.strictObject({
      sheet: SheetId,
      reason: AmendmentReason,
      text: z.string().trim().min(1).max(1000),
      approver: PersonId,
    }),
    output: z.strictObject({ hash: HashId }),
    refusals: [
      ...AMENDMENT_REFUSALS,
      "person.declined",
      "person.busy",
      "permit.none",
      "keys.locked-out",
      "keys.not-permitted",
      "amendment.approver-not-permitted",
      "journal.full",
      "journal.failed",
    ],
  }),
} as const;
