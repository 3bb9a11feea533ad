// The one place that decides what a page may be: every window of the app is made with these settings [E1].
import type { BrowserWindowConstructorOptions, Session, WebPreferences } from "electron";

/** Paper, not white: a window never flashes on its way to the first picture. */
export const PAPER = "#f6f2e8";

export interface WindowLook {
  /** Null: a page that asks nothing. */
  readonly preload: string | null;
  readonly session: Session;
  /** Developer tools exist in unpackaged runs only [E15]. */
  readonly devTools: boolean;
  readonly window: Omit<
    BrowserWindowConstructorOptions,
    "webPreferences" | "show" | "backgroundColor" | "title"
  >;
  readonly page?: Pick<WebPreferences, "backgroundThrottling">;
}

export function windowOptions({
  preload,
  session,
  devTools,
  window,
  page,
}: WindowLook): BrowserWindowConstructorOptions {
  return {
    ...window,
    show: false,
    title: "匠评",
    backgroundColor: PAPER,
    autoHideMenuBar: true,
    webPreferences: {
      ...page,
      ...(preload === null ? {} : { preload }),
      session,
      devTools,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
    },
  };
}
