// The day's pictures: one a screen, or with --screens one a screen and language, without disturbing whoever is marking.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import type { DrivenApp } from "../support/drive-app.ts";

export interface Camera {
  readonly taken: readonly string[];
  look(name: string): Promise<void>;
  /** Main's own window, as it stands before the PIN is typed. */
  lookAtConfirm(name: string): Promise<void>;
}

export function createCamera(app: DrivenApp, out: string, bothLanguages: boolean): Camera {
  const taken: string[] = [];
  const shoot = async (page: Page, file: string) => {
    await mkdir(path.dirname(file), { recursive: true });
    await page.screenshot({ path: file });
    taken.push(file);
  };
  const numbered = (name: string) =>
    path.join(out, `${String(taken.length + 1).padStart(2, "0")}-${name}.png`);

  return {
    taken,
    look: async (name) => {
      if (!bothLanguages) {
        await shoot(app.window, numbered(name));
        return;
      }
      for (const [button, folder] of [
        ["lang-en", "en"],
        ["lang-zh", "zh-CN"],
      ] as const) {
        await app.window.getByTestId(button).click();
        await focusOpenItem(app.window);
        await app.window.mouse.move(0, 0);
        await shoot(app.window, path.join(out, folder, `${name}.png`));
      }
    },
    lookAtConfirm: async (name) => {
      if (!bothLanguages) return;
      await app.confirm.getByTestId("confirm-pin").waitFor({ state: "visible" });
      await shoot(app.confirm, path.join(out, "zh-CN", `${name}.png`));
    },
  };
}

/** Choosing a language takes the focus; the examiner's keys belong to the open item. */
async function focusOpenItem(window: Page): Promise<void> {
  const open = window.locator("[data-testid^=item-][data-open=true]");
  if ((await open.count()) > 0) await open.focus();
}
