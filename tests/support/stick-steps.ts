// What people do with a stick, step by step: the exam day on several laptops and the end-to-end tests tell it with these words.
import { expect } from "@playwright/test";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { answerOpenDialog, type DrivenApp } from "./drive-app.ts";

export async function openSticks({ window }: DrivenApp): Promise<void> {
  await window.getByTestId("nav-day").click();
  await window.getByTestId("day-sticks").click();
}

/** Presses what copies, and gives the newest file on the stick once the window said that every byte was read back. */
export async function copyToStick(
  app: DrivenApp,
  stick: string,
  act: "stick-share-sitting" | "stick-share-sheets" | "stick-export",
  during: () => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const before = new Set(await readdir(stick));
  await answerOpenDialog(app.electron, stick);
  await app.window.getByTestId(act).click();
  await during();
  await expect(app.window.getByTestId("stick-copied")).toBeVisible();
  const [name] = (await readdir(stick)).filter((file) => !before.has(file));
  if (name === undefined) throw new Error("nothing was copied");
  return path.join(stick, name);
}

/** Copies a sitting, and reads the code that its owner writes on paper: five groups, of which the last two are typed again. */
export async function shareSitting(
  app: DrivenApp,
  stick: string,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly file: string; readonly code: string }> {
  let code = "";
  const file = await copyToStick(app, stick, "stick-share-sitting", async () => {
    const groups = app.confirm.getByTestId("share-code").locator("li");
    await expect(groups).toHaveCount(5);
    await look();
    code = (await groups.allTextContents()).join(" ");
    await app.confirm.getByTestId("confirm-pin").fill(code.split(" ").slice(-2).join(" "));
    await app.confirm.getByTestId("confirm-ok").click();
  });
  return { file, code };
}

/** Takes a file in; what was refused fails. The answer says how much of a kind was brought. */
export async function receiveFrom(
  app: DrivenApp,
  file: string,
  code?: string,
): Promise<(kind: "sittings" | "sheets" | "reviews" | "batches" | "receipts") => Promise<string | null>> {
  await answerOpenDialog(app.electron, file);
  await app.window.getByTestId("stick-receive").click();
  if (code !== undefined) {
    await app.confirm.getByTestId("confirm-pin").fill(code);
    await app.confirm.getByTestId("confirm-ok").click();
  }
  await expect(app.window.getByTestId("stick-received")).toBeVisible();
  await expect(app.window.getByTestId("received-refused")).toHaveCount(0);
  return (kind) => app.window.getByTestId(`brought-${kind}`).getAttribute("data-value");
}
