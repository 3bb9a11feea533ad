// What both preloads leave on their page: `call` and `on`, for the names given and no others. The page never gets hold
// of ipcRenderer, of an event object or of a channel that is not in shared/ipc [E8].
import { contextBridge, ipcRenderer, type IpcRendererEvent } from "electron";

export function exposeBridge(channels: readonly string[], events: readonly string[]): void {
  const call = (name: string, input: unknown): Promise<unknown> =>
    channels.includes(name)
      ? ipcRenderer.invoke(name, input)
      : Promise.resolve({ ok: false, error: { code: "ipc.bad-input" } });

  const on = (event: string, listener: (payload: unknown) => void): (() => void) => {
    if (!events.includes(event)) return () => undefined;
    const hear = (_event: IpcRendererEvent, payload: unknown) => listener(payload);
    ipcRenderer.on(event, hear);
    return () => void ipcRenderer.off(event, hear);
  };

  contextBridge.exposeInMainWorld("bridge", Object.freeze({ call, on }));
}
