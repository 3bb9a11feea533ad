// A person chooses a file in the system's own dialog; the window never names a path, and gets a name and a preview,
// never the file.
import { open } from "node:fs/promises";
import path from "node:path";
import type { BrowserWindow, Dialog, FileFilter, OpenDialogOptions } from "electron";
import type { Bytes } from "#shared/base";

export interface ChosenFile {
  readonly fileName: string;
  readonly bytes: Bytes;
}

export interface FileDialogs {
  chooseRoster(): Promise<ChosenFile | null>;
  chooseRubric(): Promise<ChosenFile | null>;
  /** For a copy of the journal; its path goes to main's other rooms and no further. */
  chooseFolder(): Promise<string | null>;
  /** A bundle on a stick; the same holds for its path. */
  chooseBundle(): Promise<string | null>;
}

/** One byte more than the readers of this room accept. */
const MOST_BYTES = 16 * 1024 * 1024 + 1;

export function createFileDialogs(
  dialog: Pick<Dialog, "showOpenDialog">,
  owner: () => BrowserWindow | null,
): FileDialogs {
  const ask = async (options: OpenDialogOptions): Promise<string | null> => {
    const parent = owner();
    const answer = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  };
  const choose = async (filters: FileFilter[]): Promise<ChosenFile | null> => {
    const file = await ask({ properties: ["openFile"], filters });
    return file === null ? null : { fileName: path.basename(file), bytes: await readUpTo(file) };
  };
  return {
    chooseFolder: () => ask({ properties: ["openDirectory", "createDirectory"] }),
    chooseBundle: () => ask({ properties: ["openFile"], filters: [{ name: "ERT", extensions: ["ertb"] }] }),
    chooseRoster: () => choose([{ name: "CSV, XLSX", extensions: ["csv", "xlsx", "txt", "tsv"] }]),
    chooseRubric: () => choose([{ name: "XLSX, JSON", extensions: ["xlsx", "json"] }]),
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
