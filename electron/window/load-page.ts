// Loads one of our pages. A window that is closed while it loads is no trouble; a page that is missing is a bug.
import type { BrowserWindow } from "electron";
import { ORIGIN } from "./app-protocol.ts";

export async function loadPage(
  window: BrowserWindow,
  page: "index.html" | "confirm.html" | "drill.html" | "paper.html",
): Promise<void> {
  try {
    await window.loadURL(`${ORIGIN}/${page}`);
  } catch (error) {
    if (!window.isDestroyed()) throw error;
  }
}
