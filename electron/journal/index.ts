export { openJournal, type JournalOptions, type OpenJournal, type OpenRefusal } from "./open-journal.ts";
export type { AppendRefusal, Draft } from "./appender.ts";
export type { FileSystem, OpenFile, OpenMode } from "./file-system.ts";
export { nodeFileSystem } from "./node-file-system.ts";
export { segmentName } from "./segments.ts";
export { createJournalCipher, type JournalCipher } from "./cipher.ts";
export {
  copyFolderName,
  createJournalCopy,
  type CopyRefusal,
  type CopyState,
  type JournalCopy,
} from "./journal-copy.ts";
export { adoptIncoming, checkCopy, exportStored, findCopy } from "./take-over.ts";
