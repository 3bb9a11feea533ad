// The window people work in. It is shown when its first picture is ready, comes back where it was, and remembers how
// large a person likes the text.
import { BrowserWindow, screen, type Session } from "electron";
import type { KeptFile } from "./kept-file.ts";
import { fitToDisplay, MIN_HEIGHT, MIN_WIDTH, nextZoom, type Placement } from "./placement.ts";
import { windowOptions } from "./window-options.ts";

export interface AppWindowOptions {
  readonly preload: string;
  readonly session: Session;
  readonly devTools: boolean;
  readonly placement: KeptFile<Placement>;
}

export function createAppWindow({ preload, session, devTools, placement }: AppWindowOptions): BrowserWindow {
  const { bounds, maximized, zoom } = placement.read();
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
  const place = fitToDisplay(bounds, areas);
  const window = new BrowserWindow(
    windowOptions({
      preload,
      session,
      devTools,
      window: {
        ...place,
        minWidth: Math.min(MIN_WIDTH, place.width),
        minHeight: Math.min(MIN_HEIGHT, place.height),
      },
    }),
  );
  window.once("ready-to-show", () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on("close", () => {
    const { x, y, width, height } = window.getNormalBounds();
    const here = { bounds: { x, y, width, height }, maximized: window.isMaximized() };
    placement.write({ ...placement.read(), ...here });
  });
  keepZoom(window, zoom, (factor) => placement.write({ ...placement.read(), zoom: factor }));
  return window;
}

/** Ctrl (or Command) with +, - and 0: without a menu nobody else listens for them. */
function keepZoom(window: BrowserWindow, first: number, keep: (zoom: number) => void): void {
  const page = window.webContents;
  let zoom = first;
  page.on("did-finish-load", () => page.setZoomFactor(zoom));
  page.on("before-input-event", (event, { type, control, meta, alt, key }) => {
    const wanted = type === "keyDown" && (control || meta) && !alt ? zoomFor(key, zoom) : undefined;
    if (wanted === undefined) return;
    event.preventDefault();
    zoom = wanted;
    page.setZoomFactor(zoom);
    keep(zoom);
  });
}

function zoomFor(key: string, zoom: number): number | undefined {
  if (key === "+" || key === "=") return nextZoom(zoom, 1);
  if (key === "-" || key === "_") return nextZoom(zoom, -1);
  return key === "0" ? 1 : undefined;
}
