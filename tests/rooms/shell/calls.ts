// Calls as Electron would hand them to a handler, and a registrar that remembers what was registered.
import type { Call, Door, Registrar } from "../../../electron/ipc/handle.ts";

export const APP = "app://jiangping";
export const WINDOW_ID = 7;

export function aCall(changes: { url?: string; sender?: number; frame?: number | null } = {}): Call {
  const { url = `${APP}/index.html`, sender = WINDOW_ID, frame = 1 } = changes;
  const frameOf = (routingId: number) => ({ processId: 3, routingId, url });
  return {
    sender: { id: sender, mainFrame: frameOf(1) },
    senderFrame: frame === null ? null : frameOf(frame),
  };
}

export function aDoor(changes: Partial<Door> = {}): Door {
  return {
    origin: APP,
    isWindow: (id) => id === WINDOW_ID,
    reportBug: () => "log-1",
    isTooOften: () => false,
    ...changes,
  };
}

type Listener = (event: Call, ...args: unknown[]) => Promise<unknown>;

/** Refuses a second handler for a channel, as ipcMain does. */
export function aRegistrar(): Registrar & { readonly listeners: ReadonlyMap<string, Listener> } {
  const listeners = new Map<string, Listener>();
  return {
    listeners,
    handle: (channel, listener) => {
      if (listeners.has(channel)) throw new Error(`second handler for ${channel}`);
      listeners.set(channel, listener);
    },
  };
}
