// What pages may not do, whatever script runs in them: leave, open windows, ask for devices or permissions, or reach a
// network [E4, E5, E6]. Everything is denied but the page's own address, and the camera to the app window's own page while
// somebody takes pictures there.
import type { Session, WebContents } from "electron";
import { ORIGIN } from "./app-protocol.ts";

/** Before any page of this session is loaded. */
export async function guardSession(session: Session, { devTools, mayUseCamera }: Guard): Promise<void> {
  session.setPermissionRequestHandler((page, permission, answer, details) => {
    const asked = { permission, page: page.getURL(), ...details };
    answer(isCameraRequest(asked) && mayUseCamera());
  });
  session.setPermissionCheckHandler((_page, permission, origin, details) => {
    return isCameraCheck({ permission, origin, ...details }) && mayUseCamera();
  });
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

export interface Guard {
  readonly devTools: boolean;
  readonly mayUseCamera: () => boolean;
}

/** What Chromium says about a page that asks; every part of it must be ours (CVE-2026-34777 gave frames' origins wrongly). */
export interface CameraAsked {
  readonly permission: string;
  /** Address of the page whose window it is. */
  readonly page: string;
  readonly requestingUrl?: string;
  readonly securityOrigin?: string;
  readonly isMainFrame?: boolean;
  readonly mediaTypes?: readonly string[];
}

/** Pictures and nothing else: no sound, no screen. */
export function isCameraRequest(asked: CameraAsked): boolean {
  const { permission, page, requestingUrl = "", isMainFrame, mediaTypes = [] } = asked;
  return (
    permission === "media" &&
    isMainFrame === true &&
    mediaTypes.length > 0 &&
    mediaTypes.every((type) => type === "video") &&
    [page, requestingUrl].every((url) => url.startsWith(`${ORIGIN}/`)) &&
    (asked.securityOrigin === undefined || isOwnOrigin(asked.securityOrigin))
  );
}

export interface CameraChecked {
  readonly permission: string;
  readonly origin: string;
  readonly securityOrigin?: string | undefined;
  readonly isMainFrame?: boolean;
  readonly mediaType?: string;
  readonly embeddingOrigin?: string;
}

export function isCameraCheck(checked: CameraChecked): boolean {
  const { permission, origin, securityOrigin, isMainFrame, mediaType, embeddingOrigin } = checked;
  return (
    permission === "media" &&
    mediaType === "video" &&
    isMainFrame !== false &&
    embeddingOrigin === undefined &&
    isOwnOrigin(origin) &&
    (securityOrigin === undefined || isOwnOrigin(securityOrigin))
  );
}

/** Chromium writes an origin with and without its slash. */
function isOwnOrigin(origin: string): boolean {
  return origin === ORIGIN || origin === `${ORIGIN}/`;
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
