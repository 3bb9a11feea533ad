// Writes a text, or pages as a PDF, where a person says, in the system's own dialog. The window learns the file's name, not where it lies.
import type { BrowserWindow, Dialog } from "electron";
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import { isSystemError } from "./kept-file.ts";

export async function saveText(
  dialog: Pick<Dialog, "showSaveDialog">,
  owner: BrowserWindow,
  { fileName, text }: { fileName: string; text: string },
): Promise<Result<Saved, Refusal<"file.unwritable">>> {
  return save(dialog, owner, fileName, () => Promise.resolve(text));
}

/** The page of the window as it is printed: what its print styles leave, on A4. */
export async function savePdf(
  dialog: Pick<Dialog, "showSaveDialog">,
  owner: BrowserWindow,
  fileName: string,
): Promise<Result<Saved, Refusal<"file.unwritable">>> {
  return save(dialog, owner, fileName, () =>
    owner.webContents.printToPDF({ pageSize: "A4", printBackground: true }),
  );
}

/** Chosen first, made afterwards: nothing is made of what nobody keeps. */
export async function saveMade(
  dialog: Pick<Dialog, "showSaveDialog">,
  owner: BrowserWindow,
  fileName: string,
  make: () => Promise<Uint8Array>,
): Promise<Result<Saved, Refusal<"file.unwritable">>> {
  return save(dialog, owner, fileName, make);
}

async function save(
  dialog: Pick<Dialog, "showSaveDialog">,
  owner: BrowserWindow,
  fileName: string,
  content: () => Promise<string | Uint8Array>,
): Promise<Result<Saved, Refusal<"file.unwritable">>> {
  const { canceled, filePath } = await dialog.showSaveDialog(owner, { defaultPath: fileName });
  if (canceled || !filePath) return ok({ outcome: "cancelled" });
  const bytes = await content();
  try {
    await writeFile(filePath, bytes);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return refuse({ code: "file.unwritable" });
  }
  return ok({ outcome: "saved", fileName: basename(filePath) });
}

type Saved = { outcome: "saved"; fileName: string } | { outcome: "cancelled" };
