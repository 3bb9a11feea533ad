// A person chooses a file in the system's own dialog; the window never names a path, and gets a name and a preview,
// never the file.
import { open } from "node:fs/promises";
import path from "node:path";
import type { BrowserWindow, Dialog, FileFilter } from "electron";
import type { Bytes } from "#shared/base";

export interface ChosenFile {
  readonly fileName: string;
  readonly bytes: Bytes;
}

/** One byte more than the readers of this room accept. */
const MOST_BYTES = 16 * 1024 * 1024 + 1;

export function createFileDialogs(
  dialog: Pick<Dialog, "showOpenDialog">,
  owner: () => BrowserWindow | null,
): { chooseRoster(): Promise<ChosenFile | null>; chooseRubric(): Promise<ChosenFile | null> } {
  const choose = async (filters: FileFilter[]): Promise<ChosenFile | null> => {
    const options = { properties: ["openFile" as const], filters };
    const parent = owner();
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
    const [file] = answer.filePaths;
    if (answer.canceled || file === undefined) return null;
    return { fileName: path.basename(file), bytes: await readUpTo(file) };
  };
  return {
    chooseRoster: () => choose([{ name: "CSV, XLSX", extensions: ["csv", "xlsx", "txt", "tsv"] }]),
    chooseRubric: () => choose([{ name: "JSON", extensions: ["json"] }]),
  };
}

/** Reads no more than the readers need in order to say "too large": a film chosen by mistake costs no memory. */
async function readUpTo(file: string): Promise<Bytes> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, MOST_BYTES));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
