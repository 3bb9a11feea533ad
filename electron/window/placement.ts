// Where the window was, and where it may be now: a display that was unplugged must not take the window with it.
import { z } from "zod";

export const MIN_WIDTH = 1024;
export const MIN_HEIGHT = 640;

const Bounds = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
type Bounds = z.infer<typeof Bounds>;

export const Placement = z.strictObject({
  /** Null: in the middle of the main display. */
  bounds: Bounds.nullable(),
  maximized: z.boolean(),
  zoom: z.number().min(0.5).max(3),
});
export type Placement = z.infer<typeof Placement>;

export const defaultPlacement: Placement = { bounds: null, maximized: false, zoom: 1 };

const DEFAULT_WIDTH = 1366;
const DEFAULT_HEIGHT = 860;

/** Moved and shrunk until the whole window lies on one display's work area; the first display is the main one. */
export function fitToDisplay(wanted: Bounds | null, displays: readonly Bounds[]): Bounds {
  const display = displays.reduce<Bounds | undefined>((best, next) => {
    if (!best || !wanted) return best ?? next;
    return overlap(wanted, next) > overlap(wanted, best) ? next : best;
  }, undefined);
  if (!display) return wanted ?? { x: 0, y: 0, width: DEFAULT_WIDTH, height: DEFAULT_HEIGHT };
  const width = Math.min(Math.max(wanted?.width ?? DEFAULT_WIDTH, MIN_WIDTH), display.width);
  const height = Math.min(Math.max(wanted?.height ?? DEFAULT_HEIGHT, MIN_HEIGHT), display.height);
  const middleX = display.x + Math.floor((display.width - width) / 2);
  const middleY = display.y + Math.floor((display.height - height) / 2);
  return {
    x: clamp(wanted?.x ?? middleX, display.x, display.x + display.width - width),
    y: clamp(wanted?.y ?? middleY, display.y, display.y + display.height - height),
    width,
    height,
  };
}

function overlap(a: Bounds, b: Bounds): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(wide, 0) * Math.max(high, 0);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** The next factor of Ctrl + and Ctrl -, in the steps people know from browsers. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const steps = direction === 1 ? zooms : [...zooms].reverse();
  return steps.find((step) => (step - zoom) * direction > 0.001) ?? zoom;
}

const zooms: readonly number[] = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
