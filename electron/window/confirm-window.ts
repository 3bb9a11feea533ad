// Main's own small window, where PINs are typed: its own page, preload and in-memory session, loaded once and hidden
// until a question is asked (rulings 2). What is asked, and what the answers mean, is in confirm.ts.
import { BrowserWindow, screen, type Session } from "electron";
import { loadPage } from "./load-page.ts";
import { windowOptions } from "./window-options.ts";

export interface ConfirmWindowOptions {
  readonly parent: BrowserWindow;
  readonly preload: string;
  readonly session: Session;
  readonly devTools: boolean;
}

export interface ConfirmWindow {
  readonly window: BrowserWindow;
  load(): Promise<void>;
  /** `rows` is the length of the list the page will show: the window is as tall as it needs, within the display. */
  show(rows: number): void;
  hide(): void;
  /** A person closed it, or its page died: whatever was asked was not answered. */
  onDismissed(listener: () => void): void;
}

export function createConfirmWindow({ parent, ...look }: ConfirmWindowOptions): ConfirmWindow {
  const window = new BrowserWindow(
    windowOptions({
      ...look,
      window: {
        parent,
        modal: true,
        useContentSize: true,
        width: WIDTH,
        height: HEIGHT,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        skipTaskbar: true,
      },
      page: { backgroundThrottling: false },
    }),
  );
  const load = () => loadPage(window, "confirm.html");
  const listeners: (() => void)[] = [];
  const dismiss = () => {
    for (const listener of listeners) listener();
  };

  // Closing declines; the window itself stays for the next question and goes with its parent.
  window.on("close", (event) => {
    event.preventDefault();
    dismiss();
  });
  window.on("closed", dismiss);
  parent.on("closed", () => window.destroy());
  window.webContents.on("render-process-gone", () => {
    dismiss();
    if (!window.isDestroyed()) void load();
  });

  return {
    window,
    load,
    show: (rows) => {
      const { workArea } = screen.getDisplayMatching(parent.getBounds());
      window.setContentSize(WIDTH, heightFor(rows, workArea.height));
      centre(window, parent);
      window.show();
      window.focus();
    },
    hide: () => {
      if (window.isDestroyed()) return;
      window.hide();
      if (!parent.isDestroyed()) parent.focus();
    },
    onDismissed: (listener) => listeners.push(listener),
  };
}

const WIDTH = 480;
const HEIGHT = 640;

/** A person should not have to scroll to see what they sign; what is longer than the display scrolls inside the page. */
export function heightFor(rows: number, displayHeight: number): number {
  const wanted = Math.max(HEIGHT, AROUND_LIST + rows * ROW);
  return Math.min(wanted, Math.max(HEIGHT, displayHeight - TITLE_BAR));
}

const AROUND_LIST = 440;
const ROW = 36;
const TITLE_BAR = 48;

function centre(window: BrowserWindow, parent: BrowserWindow): void {
  const around = parent.getBounds();
  const { width, height } = window.getBounds();
  window.setPosition(
    Math.round(around.x + (around.width - width) / 2),
    Math.round(around.y + Math.max(0, (around.height - height) / 3)),
  );
}
