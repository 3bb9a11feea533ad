// A screen worked without a mouse: from field to field by Tab, and along a list by arrows.
import { expect } from "vitest";
import { userEvent } from "vitest/browser";

const MOST_STOPS = 60;

/** Tabs until the keyboard stands on what is looked for. */
export async function tabTo(isIt: (focused: Element) => boolean): Promise<void> {
  await pressUntil("{Tab}", isIt);
}

export const byTestId = (id: string) => (focused: Element) => focused.getAttribute("data-testid") === id;

/** Opens the list that the keyboard stands on, goes down to an option and takes it. */
export async function chooseByKeys(option: string): Promise<void> {
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => document.activeElement?.getAttribute("role")).toBe("option");
  await pressUntil("{ArrowDown}", (focused) => focused.textContent === option);
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => document.activeElement?.getAttribute("role")).not.toBe("option");
}

async function pressUntil(key: string, isIt: (focused: Element) => boolean): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (document.activeElement && isIt(document.activeElement)) return;
    await userEvent.keyboard(key);
  }
  throw new Error(
    `the keyboard does not get there: it stands on ${document.activeElement?.outerHTML ?? "nothing"}`,
  );
}
