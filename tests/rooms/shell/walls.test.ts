// Window settings, the request filter, the page's own address, dangerous switches [E1, E4, E5, E15].
import type { Session } from "electron";
import { describe, expect, test } from "vitest";
import {
  guardSession,
  isCameraCheck,
  isCameraRequest,
  isLocal,
  isSamePage,
} from "../../../electron/window/policy.ts";
import { refusedSwitches, type Start } from "../../../electron/window/switches.ts";
import { windowOptions } from "../../../electron/window/window-options.ts";

describe("[E1] a window", () => {
  const options = windowOptions({
    preload: "/p.cjs",
    session: Object.create(null) as Session,
    devTools: false,
    window: { width: 480 },
  });

  test("is isolated, sandboxed and has no Node", () => {
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      spellcheck: false,
      devTools: false,
    });
  });

  test("is not shown before it has something to show, and never white", () => {
    expect(options).toMatchObject({ show: false, backgroundColor: "#f6f2e8", title: "匠评" });
  });
});

describe("[E4] the request filter", () => {
  test.each(["app://jiangping/a.js", "blob:app://jiangping/5f0c"])("lets %s pass", (url) => {
    expect(isLocal(url, false)).toBe(true);
  });
  test.each([
    "https://example.org/",
    "http://127.0.0.1:9/",
    "ws://127.0.0.1:9/",
    "file:///etc/passwd",
    "data:text/html,x",
    "app://other/a.js",
    "app://jiangping.example/a.js",
    "app://jiangping@example.org/a.js",
    "blob:https://example.org/5f0c",
    "devtools://devtools/bundled/inspector.html",
    "chrome-extension://abc/a.js",
  ])("cancels %s", (url) => {
    expect(isLocal(url, false)).toBe(false);
  });
  test("lets the developer tools load themselves where they exist at all", () => {
    expect(isLocal("devtools://devtools/bundled/inspector.html", true)).toBe(true);
  });
});

describe("[E5] a page", () => {
  const page = "app://jiangping/index.html";
  test("may load itself again", () => {
    expect(isSamePage(page, `${page}#/day`)).toBe(true);
  });
  test.each([
    "app://jiangping/confirm.html",
    "https://example.org/",
    "app://other/index.html",
    "javascript:alert(1)",
    "about:blank",
    "",
  ])("may not go to %j", (url) => {
    expect(isSamePage(url, page)).toBe(false);
  });
  test("may not stay on an address that is not ours", () => {
    expect(isSamePage("about:blank", "about:blank")).toBe(false);
  });
});

describe("[E6] permissions", () => {
  const page = "app://jiangping/index.html";
  const asked = {
    permission: "media",
    page,
    requestingUrl: page,
    securityOrigin: "app://jiangping/",
    isMainFrame: true,
    mediaTypes: ["video"],
  };
  const checked = {
    permission: "media",
    origin: "app://jiangping/",
    securityOrigin: "app://jiangping/",
    isMainFrame: true,
    mediaType: "video",
  };

  test("the camera is the one that can be given, to our own page", () => {
    expect(isCameraRequest(asked)).toBe(true);
    expect(isCameraCheck(checked)).toBe(true);
  });

  test.each([
    ["another permission", { permission: "geolocation" }],
    ["sound", { mediaTypes: ["video", "audio"] }],
    ["nothing in particular", { mediaTypes: [] }],
    ["a frame inside our page", { isMainFrame: false }],
    ["a frame of unknown place", { isMainFrame: undefined }],
    ["another page", { page: "https://example.org/" }],
    ["another address", { requestingUrl: "https://example.org/" }],
    ["an address that begins like ours", { requestingUrl: "app://jiangping.example/" }],
    ["no address", { requestingUrl: undefined }],
    ["another origin", { securityOrigin: "https://example.org/" }],
  ])("a request for %s is refused", (_, changes) => {
    expect(isCameraRequest(Object.assign({ ...asked }, changes))).toBe(false);
  });

  test.each([
    ["another permission", { permission: "notifications" }],
    ["sound", { mediaType: "audio" }],
    ["something unknown", { mediaType: "unknown" }],
    ["a frame inside our page", { isMainFrame: false }],
    ["a frame in somebody else's page", { embeddingOrigin: "https://example.org" }],
    ["another origin", { origin: "https://example.org" }],
    ["an origin that begins like ours", { origin: "app://jiangping.example" }],
    ["another security origin", { securityOrigin: "https://example.org" }],
  ])("a check for %s is refused", (_, changes) => {
    expect(isCameraCheck({ ...checked, ...changes })).toBe(false);
  });

  test("every permission is refused while nobody takes pictures, and all but the camera meanwhile", async () => {
    const PERMISSIONS = [
      ...["clipboard-read", "clipboard-sanitized-write", "display-capture", "fullscreen", "geolocation"],
      ...["idle-detection", "media", "mediaKeySystem", "midi", "midiSysex", "notifications", "pointerLock"],
      ...["keyboardLock", "openExternal", "speaker-selection", "storage-access", "window-management"],
      ...[
        "background-sync",
        "hid",
        "serial",
        "usb",
        "fileSystem",
        "deprecated-sync-clipboard-read",
        "unknown",
      ],
    ];
    for (const isTaking of [false, true]) {
      const guarded = await aGuardedSession(() => isTaking);
      const given = PERMISSIONS.filter((permission) => guarded.asks({ ...asked, permission }));
      const known = PERMISSIONS.filter((permission) => guarded.checks({ ...checked, permission }));
      expect([given, known]).toEqual(isTaking ? [["media"], ["media"]] : [[], []]);
    }
  });
});

/** The part of a session that decides, as guardSession leaves it. */
async function aGuardedSession(mayUseCamera: () => boolean) {
  type Details = Record<string, unknown>;
  type Request = (
    page: { getURL(): string },
    permission: string,
    answer: (given: boolean) => void,
    details: Details,
  ) => void;
  type Check = (page: null, permission: string, origin: string, details: Details) => boolean;
  let request: Request | undefined;
  let check: Check | undefined;
  const nothing = () => undefined;
  const session = {
    setPermissionRequestHandler: (handler: Request) => (request = handler),
    setPermissionCheckHandler: (handler: Check) => (check = handler),
    ...{ setDevicePermissionHandler: nothing, setDisplayMediaRequestHandler: nothing, on: nothing },
    webRequest: { onBeforeRequest: nothing },
    setProxy: () => Promise.resolve(),
  };
  await guardSession(session as unknown as Session, { devTools: false, mayUseCamera });
  return {
    asks: ({ permission, page, ...details }: { permission: string; page: string } & Details) => {
      let given = false;
      request?.({ getURL: () => page }, permission, (answer) => (given = answer), details);
      return given;
    },
    checks: ({ permission, origin, ...details }: { permission: string; origin: string } & Details) =>
      check?.(null, permission, origin, details) ?? false,
  };
}

describe("[E15] a packaged app", () => {
  const aStart = (given: readonly string[], changes: Partial<Start> = {}): Start => ({
    isPackaged: true,
    electron: "45.4.1",
    isRoot: false,
    hasSwitch: (name) => given.includes(name),
    ...changes,
  });

  test("starts without switches", () => {
    expect(refusedSwitches(aStart([]))).toEqual([]);
  });
  test.each([
    "remote-debugging-port",
    "remote-debugging-pipe",
    "inspect",
    "inspect-brk",
    "no-sandbox",
    "disable-web-security",
    "load-extension",
    "js-flags",
    "host-rules",
    "use-fake-ui-for-media-stream",
    "use-file-for-fake-video-capture",
    "use-fake-device-for-media-stream",
  ])("refuses --%s", (name) => {
    expect(refusedSwitches(aStart([name]))).toEqual([name]);
  });
  test("lets root, and nobody else, go without Chromium's sandbox", () => {
    expect(refusedSwitches(aStart(["no-sandbox"], { isRoot: true }))).toEqual([]);
  });
  test("may be driven only when it was made with the stand-in runtime", () => {
    const given = ["inspect", "remote-debugging-port"];
    expect(refusedSwitches(aStart(given, { electron: "25.1.1" }))).toEqual([]);
    expect(refusedSwitches(aStart(["disable-web-security"], { electron: "25.1.1" }))).not.toEqual([]);
  });
  test("is meant: an unpackaged run may be driven", () => {
    expect(refusedSwitches(aStart(["remote-debugging-port"], { isPackaged: false }))).toEqual([]);
  });
});
