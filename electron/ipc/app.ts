// The application about itself: versions, language, and the file of counts a person can send us.
import { ok, type ClockReading } from "#shared/base";
import type { AppDescription, appChannels, HandlersFor, Locale } from "#shared/ipc";
import type { Answer } from "./answer.ts";
import { diagnose, type DiagnosticFacts } from "./diagnostics.ts";

export interface AppFacts {
  describe(): AppDescription;
  clock(): ClockReading;
  chooseLocale(locale: Locale): Promise<void>;
  diagnostics(): DiagnosticFacts;
  /** Asks the person where to, and lays everything stored there as it is. */
  exportStored(): Answer<"app.exportStored">;
  /** Lets Chromium throw the files of the window's store away. */
  discardStore(): Promise<void>;
  /** Goes, and comes again. */
  restart(): void;
  /** Asks the person where to, in main's dialog, and writes. */
  saveText(fileName: string, text: string): Answer<"app.exportDiagnostics">;
}

export const appHandlers = (app: AppFacts): HandlersFor<typeof appChannels> => ({
  "app.describe": () => Promise.resolve(ok(app.describe())),
  "app.readClock": () => Promise.resolve(ok(app.clock())),
  "app.chooseLocale": async ({ locale }) => {
    await app.chooseLocale(locale);
    return ok({});
  },
  "app.exportStored": () => app.exportStored(),
  "app.discardStore": async () => {
    await app.discardStore();
    return ok({});
  },
  "app.restart": () => {
    app.restart();
    return Promise.resolve(ok({}));
  },
  "app.exportDiagnostics": async () => {
    const report = await diagnose(app.diagnostics());
    return app.saveText("jiangping-diagnostics.json", `${JSON.stringify(report, null, 2)}\n`);
  },
});
