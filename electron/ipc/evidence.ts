// Photographs of a sheet: kept and shown.
import type { Bytes, HashId, SheetId } from "#shared/base";
import type { EvidenceItem } from "#shared/exam";
import type { evidenceChannels, HandlersFor } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface EvidenceActs {
  add(sheet: SheetId, item: EvidenceItem, bytes: Bytes): Answer<"evidence.add">;
  read(sheet: SheetId, picture: HashId): Answer<"evidence.read">;
}

export const evidenceHandlers = (evidence: EvidenceActs): HandlersFor<typeof evidenceChannels> => ({
  "evidence.add": ({ sheet, item, bytes }) => evidence.add(sheet, item, bytes),
  "evidence.read": ({ sheet, picture }) => evidence.read(sheet, picture),
});
