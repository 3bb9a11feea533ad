// Photographs of a sheet: kept, shown, and the camera's permission.
import type { Bytes, HashId, SheetId } from "#shared/base";
import type { EvidenceItem } from "#shared/exam";
import type { evidenceChannels, HandlersFor } from "#shared/ipc";
import type { Answer } from "./answer.ts";

export interface EvidenceActs {
  add(sheet: SheetId, item: EvidenceItem, bytes: Bytes): Answer<"evidence.add">;
  read(sheet: SheetId, picture: HashId): Answer<"evidence.read">;
  camera(sheet: SheetId | null): Answer<"evidence.camera">;
}

export const evidenceHandlers = (evidence: EvidenceActs): HandlersFor<typeof evidenceChannels> => ({
  "evidence.add": ({ sheet, item, bytes }) => evidence.add(sheet, item, bytes),
  "evidence.read": ({ sheet, picture }) => evidence.read(sheet, picture),
  "evidence.camera": ({ sheet }) => evidence.camera(sheet),
});
