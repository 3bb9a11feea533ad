// What is looked at on the way: what axe finds, and, with JIANGPING_SHOTS=<folder>, pictures of the real windows.
import AxeBuilder from "@axe-core/playwright";
import type { ElectronApplication, Page } from "@playwright/test";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DrivenApp } from "./drive-app.ts";

const FOLDER = process.env["JIANGPING_SHOTS"];

/** What axe has against a page, a line each. */
export async function violationsOf(page: Page): Promise<string[]> {
  // The live announcer is react-aria's own: it speaks of elements that may be gone again, and nobody can reach it.
  const builder = new AxeBuilder({ page }).setLegacyMode().exclude("[data-live-announcer]");
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The page as it stands. */
export async function shot(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return;
  await mkdir(FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
}

/** The app window in both languages, as large as a person may set it, and in the other themes. */
export async function shots(app: DrivenApp, name: string): Promise<void> {
  if (FOLDER === undefined) return;
  for (const language of ["en", "zh"]) {
    // The switch may lie behind a dialog: it is the words that are looked at here.
    await app.window.getByTestId(`lang-${language}`).evaluate((button: HTMLElement) => button.click());
    await shot(app.window, `${name}-${language}`);
    await writeFile(path.join(FOLDER, `${name}-${language}-200.png`), await zoomedPicture(app));
  }
  const former = await wearTheme(app.window, null);
  for (const theme of ["dark", "contrast"]) {
    await wearTheme(app.window, theme);
    await shot(app.window, `${name}-${theme}`);
  }
  await wearTheme(app.window, former);
}

/** Puts a theme on without a person's choice of it; null only asks. The theme before. */
function wearTheme(page: Page, theme: string | null): Promise<string | null> {
  return page.evaluate((next) => {
    const { dataset } = document.documentElement;
    const before = dataset["theme"] ?? "light";
    if (next !== null) dataset["theme"] = next;
    return before;
  }, theme);
}

/** Of the window itself, at 200 %: a page's own screenshot does not grow with the zoom. */
async function zoomedPicture({ electron, window }: DrivenApp): Promise<Buffer> {
  const width = await window.evaluate(() => innerWidth);
  await zoom(electron, 2);
  await window.waitForFunction((before) => innerWidth <= before / 2 + 1, width);
  await drawn(window);
  const picture = await electron.evaluate(async ({ BrowserWindow }) => {
    const one = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes("index.html"),
    );
    return (await one?.webContents.capturePage())?.toPNG().toString("base64") ?? "";
  });
  await zoom(electron, 1);
  await window.waitForFunction((before) => innerWidth === before, width);
  return Buffer.from(picture, "base64");
}

/** What is captured is the last frame that was drawn, not the one that is laid out. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        let frames = 4;
        const next = () => (--frames === 0 ? resolve() : void requestAnimationFrame(next));
        requestAnimationFrame(next);
      }),
  );
}

/** The zoom of whoever has an origin: both windows take it, and give it back with it. */
async function zoom(electron: ElectronApplication, factor: number): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, asked) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      if (webContents.getURL().includes("index.html")) webContents.setZoomFactor(asked);
  }, factor);
}
