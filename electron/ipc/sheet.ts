// The window names a sheet; main shows and signs its own figures (rulings 2).
import type { SheetId } from "#shared/base";
import type { HandlersFor, InputOf, sheetChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface SheetAct {
  signSheet(sheet: SheetId): Answer<"sheet.requestSignature">;
}

export interface AmendmentAct {
  amend(asked: InputOf<(typeof sheetChannels)["sheet.requestAmendment"]>): Answer<"sheet.requestAmendment">;
}

export const sheetHandlers = (
  signatures: SheetAct,
  amendments: AmendmentAct,
): HandlersFor<typeof sheetChannels> => ({
  "sheet.requestSignature": ({ sheet }) => signatures.signSheet(sheet),
  "sheet.requestAmendment": (asked) => amendments.amend(asked),
});
