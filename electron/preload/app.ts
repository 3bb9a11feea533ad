// The app window's preload: the bridge, and the key of the window's store, imported here so that the page gets a key it can
// use and cannot read (rulings 10).
import { ipcRenderer } from "electron";
import { appEventNames, STORE_KEY_ASK, STORE_KEY_CHANNEL, windowChannelNames } from "#shared/ipc/names";
import { exposeBridge } from "./bridge.ts";

exposeBridge(windowChannelNames, appEventNames);

window.addEventListener("message", ({ source, data, ports: [port] }: MessageEvent<unknown>) => {
  if (source === window && data === STORE_KEY_ASK && port) void handOver(port);
});

/** Null while the laptop has no data key. */
async function handOver(port: MessagePort): Promise<void> {
  const raw: unknown = await ipcRenderer.invoke(STORE_KEY_CHANNEL);
  const isKey = raw instanceof Uint8Array;
  port.postMessage(
    isKey
      ? await crypto.subtle.importKey("raw", new Uint8Array(raw), "AES-GCM", false, ["encrypt", "decrypt"])
      : null,
  );
}
