// Command-line switches that would open a door beside ours: a packaged app refuses to start with any of them [E15].

export interface Start {
  readonly isPackaged: boolean;
  readonly electron: string;
  readonly isRoot: boolean;
  readonly hasSwitch: (name: string) => boolean;
}

/**
 * The switches this start must be refused for. Two exceptions:
 * Chromium refuses its sandbox to root on Linux, so that root could not start the app at all without `no-sandbox`.
 * A package made with the stand-in runtime (build/runtime; years behind on security, never shipped) may be driven by
 * Playwright: that is how the end-to-end tests run against the packaged app where the pinned runtime is out of reach.
 */
export function refusedSwitches({ isPackaged, electron, isRoot, hasSwitch }: Start): string[] {
  if (!isPackaged) return [];
  const isStandIn = electron.startsWith(`${STAND_IN_MAJOR}.`);
  const allowed = new Set([...(isRoot ? ["no-sandbox"] : []), ...(isStandIn ? DRIVING : [])]);
  return DANGEROUS.filter((name) => hasSwitch(name) && !allowed.has(name));
}

const STAND_IN_MAJOR = "25";
const DRIVING = [
  "inspect",
  "remote-debugging-port",
  "remote-debugging-pipe",
  "use-fake-device-for-media-stream",
];
const DANGEROUS = [
  ...DRIVING,
  "inspect-brk",
  "inspect-port",
  "remote-allow-origins",
  "no-sandbox",
  "disable-seccomp-filter-sandbox",
  "disable-setuid-sandbox",
  "disable-namespace-sandbox",
  "disable-gpu-sandbox",
  "disable-web-security",
  "disable-site-isolation-trials",
  "single-process",
  "in-process-gpu",
  "allow-file-access-from-files",
  "ignore-certificate-errors",
  "host-rules",
  "host-resolver-rules",
  "load-extension",
  "js-flags",
  "gpu-launcher",
  "renderer-cmd-prefix",
  "utility-cmd-prefix",
  "user-data-dir",
  "log-net-log",
  // A picture that no camera took, or a camera that nobody was asked for.
  "use-fake-ui-for-media-stream",
  "use-file-for-fake-video-capture",
];
