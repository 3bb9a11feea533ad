// What pages may not do, whatever script runs in them: leave, open windows, ask for devices or permissions, or reach a
// network [E4, E5, E6]. Everything is denied; there is no list of exceptions but the page's own address.
import type { Session, WebContents } from "electron";
import { ORIGIN } from "./app-protocol.ts";

/** Before any page of this session is loaded. */
export async function guardSession(session: Session, { devTools }: { devTools: boolean }): Promise<void> {
  session.setPermissionRequestHandler((_page, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on("select-hid-device", (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  session.on("select-serial-port", (event, _ports, _page, choose) => {
    event.preventDefault();
    choose("");
  });
  session.on("select-usb-device", (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  session.on("will-download", (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url, devTools) }));
  // What the filter never sees (a name looked up ahead, a connection opened ahead, WebRTC over TCP) ends at a proxy
  // that is not there.
  await session.setProxy({ mode: "fixed_servers", proxyRules: DEAD_END, proxyBypassRules: "<-loopback>" });
}

/** For every page the app ever makes, as soon as it exists. */
export function guardPage(page: WebContents): void {
  const stay = (event: { preventDefault(): void }, url: string) => {
    if (!isSamePage(url, page.getURL())) event.preventDefault();
  };
  page.on("will-navigate", stay);
  page.on("will-redirect", (event) => event.preventDefault());
  page.on("will-frame-navigate", (event) => stay(event, event.url));
  page.on("will-attach-webview", (event) => event.preventDefault());
  page.on("select-bluetooth-device", (event, _devices, choose) => {
    event.preventDefault();
    choose("");
  });
  page.setWindowOpenHandler(() => ({ action: "deny" }));
  page.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
}

/** The discard port of this machine: nothing answers there. */
const DEAD_END = "socks5://127.0.0.1:9";

export function isLocal(url: string, devTools: boolean): boolean {
  if (url.startsWith(`${ORIGIN}/`) || url.startsWith(`blob:${ORIGIN}/`)) return true;
  return devTools && url.startsWith("devtools://");
}

/** A page may load itself again, which is how its error screen starts over. */
export function isSamePage(url: string, current: string): boolean {
  const page = (address: string) => address.split("#", 1)[0];
  return url.startsWith(`${ORIGIN}/`) && page(url) === page(current);
}
