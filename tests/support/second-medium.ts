// Setting up the second medium through the window, as an administrator does; the recovery code is read off the screen.
import { expect } from "@playwright/test";
import { answerOpenDialog, type DrivenApp } from "./drive-app.ts";

/** Makes a recovery code and begins the copy in `folder`; leaves About open. Returns the nine groups. */
export async function beginCopy(
  app: DrivenApp,
  folder: string,
  onCode: () => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const { window, confirm } = app;
  await window.getByTestId("nav-about").click();
  await answerOpenDialog(app.electron, folder);
  await window.getByTestId("medium-choose").click();
  const groups = confirm.getByTestId("recovery-code").locator("li");
  await expect(groups).toHaveCount(9);
  const code = await groups.allTextContents();
  await onCode();
  await confirm.getByTestId("confirm-pin").fill(code.slice(-2).join(" ").toLowerCase());
  await confirm.getByTestId("confirm-ok").click();
  const state = window.getByTestId("medium-state");
  await expect(state).toHaveAttribute("data-state", "current", { timeout: 30_000 });
  return code.join(" ");
}
