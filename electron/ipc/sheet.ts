// The window names a sheet; main shows and signs its own figures (rulings 2).
import type { SheetId } from "#shared/base";
import type { HandlersFor, sheetChannels } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface SheetAct {
  signSheet(sheet: SheetId): Answer<"sheet.requestSignature">;
}

export const sheetHandlers = (signatures: SheetAct): HandlersFor<typeof sheetChannels> => ({
  "sheet.requestSignature": ({ sheet }) => signatures.signSheet(sheet),
});
