// The real application, driven through its real windows: what the exam day and the end-to-end tests have in common.
// Nothing here reaches past what a person could see or press, except the file dialogs, which belong to the system.
import { _electron, errors, type ElectronApplication, type Page } from "@playwright/test";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

export interface DrivenApp {
  readonly electron: ElectronApplication;
  /** The app window. */
  readonly window: Page;
  /** Main's own window, where PINs are typed. */
  readonly confirm: Page;
  readonly profile: string;
  /** CSP violations and page errors seen so far, in either window; a healthy day has none. */
  readonly troubles: readonly string[];
  close(): Promise<void>;
  /** SIGKILL to the main process: nothing is asked, nothing is flushed. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  readonly profile?: string;
  readonly registryUrl?: string;
  /** Switches of Chromium, beside those every run has. */
  readonly args?: readonly string[];
  readonly size?: { readonly width: number; readonly height: number };
  /** Another way to start the same app; nothing is added to its arguments. */
  readonly program?: Program;
}

export interface Program {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export function newProfile(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "jiangping-profile-"));
}

/** Started, with nothing on the screen yet but main's own window: what it asks before anything here is opened. */
export interface StartedApp {
  readonly electron: ElectronApplication;
  readonly confirm: Page;
}

/** `atQuestion` answers what main's window asks before the app window has a page. */
export async function launchApp(
  options: LaunchOptions = {},
  atQuestion?: (started: StartedApp) => Promise<void>,
): Promise<DrivenApp> {
  const profile = options.profile ?? (await newProfile());
  let question = atQuestion;
  for (let left = MISSED_AT_MOST; ; left--) {
    const electron = await startElectron(profile, options);
    try {
      return await drive(electron, profile, options, question);
    } catch (error) {
      if (!(error instanceof WindowMissed) || left === 0) throw error;
      console.error(`${error.message}; starting again`);
      // The app window has its page once the question is answered for good: the next start does not ask it.
      if (error.name === APP_PAGE) question = undefined;
      await end(electron);
    }
  }
}

/**
 * The app window is there and has its page, as main says, and Playwright never learns of it: seen at one start of fifty on a busy
 * machine. Nothing can be driven then.
 */
class WindowMissed extends Error {
  constructor(override readonly name: string) {
    super(`${name} is there and cannot be driven`);
  }
}

const APP_PAGE = "index.html";

const MISSED_AT_MOST = 2;
const MISSED_AFTER_MS = 15_000;
const UNANSWERED_AFTER_MS = 40_000;
/** In waits of that length. */
const LONGEST_START = 3;

async function drive(
  electron: ElectronApplication,
  profile: string,
  options: LaunchOptions,
  atQuestion?: (started: StartedApp) => Promise<void>,
): Promise<DrivenApp> {
  const troubles: string[] = [];
  noteTroubles(electron, troubles);
  const asked = pageNamed(electron, "confirm.html");
  if (atQuestion) await atQuestion({ electron, confirm: await asked });
  const [window, confirm] = await Promise.all([pageNamed(electron, APP_PAGE), asked]);
  // A runner that keeps functions' names wraps them in `__name`, also those that are handed to a page.
  const keepNames = "globalThis.__name = (named) => named";
  await Promise.all([window.evaluate(keepNames), electron.evaluate(keepNames)]);
  const size = options.size ?? { width: 1366, height: 768 };
  await setContentSize(electron, size);
  return {
    electron,
    window,
    confirm,
    profile,
    troubles,
    close: () => electron.close(),
    kill: () => end(electron),
  };
}

async function end(electron: ElectronApplication): Promise<void> {
  const gone = new Promise<void>((resolve) => electron.process().once("exit", () => resolve()));
  electron.process().kill("SIGKILL");
  await gone;
}

/** As far as main's own window, for a start that ends there. */
export async function startApp(options: LaunchOptions & { readonly profile: string }): Promise<StartedApp> {
  const electron = await startElectron(options.profile, options);
  return { electron, confirm: await pageNamed(electron, "confirm.html") };
}

/**
 * The process runs, its debuggers are connected, and Playwright's launch never answers: seen at one start of sixty on a busy machine.
 * Nothing was asked or pressed yet, so another start tells nothing less.
 */
async function startElectron(profile: string, options: LaunchOptions): Promise<ElectronApplication> {
  for (let left = MISSED_AT_MOST; ; left--) {
    try {
      return await launchElectron(profile, options);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || left === 0) throw error;
      console.error("a launch that was never answered; starting again");
    }
  }
}

function launchElectron(profile: string, options: LaunchOptions): Promise<ElectronApplication> {
  const { executablePath, args, env } = options.program ?? usualProgram();
  return _electron.launch({
    timeout: UNANSWERED_AFTER_MS,
    executablePath,
    args: [...(options.args ?? []), ...args],
    env: {
      ...inheritedEnvironment(),
      ...ownDisplay(),
      ...env,
      JIANGPING_PROFILE: profile,
      ...(options.registryUrl === undefined ? {} : { JIANGPING_REGISTRY: options.registryUrl }),
    },
  });
}

/** One display for each of Playwright's workers, where the runner started several. */
function ownDisplay(): Readonly<Record<string, string>> {
  const displays = process.env["JIANGPING_DISPLAYS"]?.split(" ") ?? [];
  const display = displays[Number(process.env["TEST_PARALLEL_INDEX"] ?? 0)];
  return display === undefined ? {} : { DISPLAY: display };
}

/** As whoever runs the tests; Chromium refuses its sandbox to root alone. */
export function usualProgram(): Program {
  const packaged = process.env["APP_EXECUTABLE"];
  const executablePath = packaged ?? process.env["JIANGPING_ELECTRON"];
  if (!executablePath) throw new Error("JIANGPING_ELECTRON names no runtime: start through npm");
  const isRoot = process.getuid?.() === 0;
  const args = [...(isRoot ? ["--no-sandbox"] : []), ...(packaged ? [] : [PROJECT])];
  return { executablePath, args, env: {} };
}

/** The next open dialog answers with this file. */
export async function answerOpenDialog(electron: ElectronApplication, file: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
}

/** The next save dialog answers with this file. */
export async function answerSaveDialog(electron: ElectronApplication, file: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}

export async function setContentSize(
  electron: ElectronApplication,
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, { width, height }) => {
    const appWindow = BrowserWindow.getAllWindows().find((one) =>
      one.webContents.getURL().includes("index.html"),
    );
    appWindow?.setContentSize(width, height);
  }, size);
}

/** Windows are made empty and get their page later, in either order: whichever comes to show `name` is the one. */
async function pageNamed(electron: ElectronApplication, name: string): Promise<Page> {
  const isNamed = (page: Page) => page.url().includes(name);
  for (let waits = 0; ;) {
    const page = electron.windows().find(isNamed);
    if (page) {
      await page.waitForURL(/\.html/);
      return page;
    }
    const timeout = { timeout: MISSED_AFTER_MS };
    try {
      await Promise.race([
        electron.waitForEvent("window", timeout),
        ...electron.windows().map((one) => one.waitForURL((url) => url.href.includes(name), timeout)),
      ]);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      if (await isShownInMain(electron, name)) throw new WindowMissed(name);
      // Nothing to be seen yet: a busy machine starts slowly.
      if (++waits === LONGEST_START) throw error;
    }
  }
}

function isShownInMain(electron: ElectronApplication, name: string): Promise<boolean> {
  return electron.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows().some(
        ({ webContents }) => webContents.getURL().includes(wanted) && !webContents.isLoading(),
      ),
    name,
  );
}

function noteTroubles(electron: ElectronApplication, troubles: string[]): void {
  const listen = (page: Page) => {
    page.on("console", (message) => {
      if (message.type() === "error") troubles.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => troubles.push(`${page.url()}: ${error.message}`));
  };
  for (const page of electron.windows()) listen(page);
  electron.on("window", listen);
}

function inheritedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(
    entries.filter(([name]) => !name.startsWith("JIANGPING_") && name !== "ELECTRON_RUN_AS_NODE"),
  );
}
