// What this program is when a drill started it: no desk, no keys of anybody, one task in a scratch profile. Its window is
// hidden and holds the real store.
import { app, BrowserWindow, protocol, session } from "electron";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { drillPageChannels } from "#shared/ipc";
import { watchClock } from "../desk/index.ts";
import { drillPageHandlers, registerChannels } from "../ipc/index.ts";
import { createJournalCopy, nodeFileSystem, openJournal } from "../journal/index.ts";
import { createOutbox } from "../outbox/index.ts";
import {
  createAppHandler,
  createEnvironment,
  guardPage,
  guardSession,
  listAppFiles,
  loadPage,
  ORIGIN,
  SCHEME,
  schemes,
  windowOptions,
} from "../window/index.ts";
import type { OpenStore, StoreFound } from "./parts.ts";
import { serveDrill } from "./serve.ts";
import { DRILL_PROFILE } from "./start-process.ts";

/** The scratch profile of this process; undefined where nobody holds a drill. */
export function drillProfile(): string | undefined {
  return process.env[DRILL_PROFILE];
}

/** `bundle`: the folder of the bundled program. `registrar`: Electron's ipcMain. */
export function runDrillProcess(
  profile: string,
  {
    bundle,
    registrar,
  }: { readonly bundle: string; readonly registrar: Parameters<typeof registerChannels>[0] },
): void {
  if (!process.send) {
    process.stderr.write("jiangping: a process of the drill has nobody to report to\n");
    app.exit(2);
    return;
  }
  app.setPath("userData", profile);
  app.dock?.hide();
  protocol.registerSchemesAsPrivileged(schemes);
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  app.on("web-contents-created", (_event, page) => guardPage(page));
  // The window of the store is not what this process lives for.
  app.on("window-all-closed", () => undefined);
  process.on("disconnect", () => app.exit(0));
  for (const trouble of ["uncaughtException", "unhandledRejection"]) process.on(trouble, () => app.exit(1));
  const env = createEnvironment(
    app.getVersion(),
    app.isPackaged ? app.getAppPath() : join(bundle, "main.cjs"),
  );
  void app.whenReady().then(() => {
    serveDrill(
      {
        send: (report) => void process.send?.(report),
        onMessage: (listener) => void process.on("message", listener),
      },
      {
        fileSystem: nodeFileSystem,
        openJournal,
        createJournalCopy,
        createOutbox,
        watchClock,
        openStore: openHiddenStore(bundle, registrar),
        clock: env.clock,
        random: (length) => new Uint8Array(randomBytes(length)),
        after: (ms, act) => {
          const timer = setTimeout(act, ms);
          return () => clearTimeout(timer);
        },
      },
    );
  });
}

function openHiddenStore(bundle: string, registrar: Parameters<typeof registerChannels>[0]): OpenStore {
  return async (read) => {
    session.defaultSession.protocol.handle(
      SCHEME,
      createAppHandler(await listAppFiles(join(bundle, "renderer"))),
    );
    await guardSession(session.defaultSession, { devTools: false, mayUseCamera: () => false });
    const window = new BrowserWindow(
      windowOptions({
        preload: join(bundle, "drill-preload.cjs"),
        session: session.defaultSession,
        devTools: false,
        window: { width: 400, height: 300, skipTaskbar: true },
        page: { backgroundThrottling: false },
      }),
    );
    const { id } = window.webContents;
    const found = new Promise<StoreFound>((resolve, reject) => {
      registerChannels(
        registrar,
        drillPageChannels,
        drillPageHandlers({
          readEntries: async (after) => {
            const { entries, head } = await read(after);
            return { entries: JSON.stringify(entries), head };
          },
          showRows: ({ account, rows }) => resolve({ account, rows }),
        }),
        {
          origin: ORIGIN,
          isWindow: (sender) => sender === id,
          isTooOften: () => false,
          reportBug: (_channel, error) => {
            reject(error instanceof Error ? error : new Error("a bug in main"));
            return "drill";
          },
        },
      );
      window.webContents.on("render-process-gone", () => reject(new Error("the page of the store died")));
    });
    await loadPage(window, "drill.html");
    const shown = await found;
    // Chromium writes what it holds when the page goes.
    window.destroy();
    return shown;
  };
}
