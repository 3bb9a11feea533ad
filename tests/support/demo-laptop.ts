// One of several laptops of the demonstration centre, and everybody's PIN on it.
import { expect } from "@playwright/test";
import { openDemonstration, signIn, typePin } from "./day-steps.ts";
import { launchApp, type DrivenApp } from "./drive-app.ts";
import { LEADER } from "./small-day.ts";

export interface DemoLaptop {
  readonly app: DrivenApp;
  readonly pinOf: (person: string) => string;
}

export async function openLaptop(registryUrl: string): Promise<DemoLaptop> {
  const app = await launchApp({ registryUrl });
  const pins = await openDemonstration(app);
  return { app, pinOf: (person) => pins.get(person) ?? "" };
}

export function signInOn({ app, pinOf }: DemoLaptop, person: string): Promise<void> {
  return signIn(app, person, pinOf(person));
}

/** The administrator closes the sitting, and its leader signs; where sheets are missing it is refused until somebody says why. */
export async function sealSitting(
  { app, pinOf }: DemoLaptop,
  { batch, missing }: { readonly batch: number; readonly missing: number },
): Promise<void> {
  const { window } = app;
  await window.getByTestId("nav-day").click();
  await window.locator("[data-testid^=day-close-]").first().click();
  await expect(window.getByTestId("closing-missing")).toHaveAttribute("data-value", String(missing));
  if (missing > 0) {
    await window.getByTestId("closing-seal").click();
    await expect(window.getByText("有评分表缺少，要写明原因才能封存。")).toBeVisible();
    await window.getByTestId("closing-explanation").fill("在另一台电脑上");
  }
  await window.getByTestId("closing-seal").click();
  await typePin(app, pinOf(LEADER));
  const state = window.getByTestId(`batch-${String(batch)}`).getByTestId("batch-state");
  await expect(state).toHaveAttribute("data-state", "sealed");
}
