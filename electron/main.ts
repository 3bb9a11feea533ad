// The composition root of the main process: it refuses a dangerous start, opens the journal and the keys, joins the
// rooms and shows the window. Nothing else knows more than one of them.
import {
  app,
  dialog,
  ipcMain,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  type BrowserWindow,
  type Session,
} from "electron";
import * as nodeCrypto from "node:crypto";
import { mkdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { ok, utf8, type Refusal } from "#shared/base";
import { createNativeSuite, startSuite } from "#shared/crypto";
import { DRILL_STEPS, type Rubric } from "#shared/exam";
import { appEvents, confirmChannels, confirmEvents, windowChannels, type Locale } from "#shared/ipc";
import { ONLY, type CentreRow, type JournalView } from "#shared/journal";
import {
  continueWork,
  createCarrier,
  createCentre,
  createCamera,
  createDay,
  createEvidence,
  createDrills,
  createIdleLock,
  createLaterReceipts,
  createMarking,
  createMedium,
  createPaper,
  createTranscriptions,
  createPeople,
  createQuality,
  createRecovery,
  createAmendments,
  createResults,
  createReviews,
  createSettlements,
  createSerial,
  createSessions,
  createIncidents,
  createRosterChanges,
  createSeats,
  createSignatures,
  createSittings,
  createSubstitutes,
  createSupervision,
  createVisits,
  keysetLookup,
  pinnedKeyset,
  registryUrlOf,
  watchClock,
  type HoldDrill,
  type Keys,
  type WorkPlace,
} from "./desk/index.ts";
import { namedIn, nodeDisk, openEvidence, type EvidenceRoom } from "./evidence/index.ts";
import { clearScratch, drillProfile, runDrillProcess, startDrill, startDrillProcess } from "./drill/index.ts";
import {
  createFileDialogs,
  readRosterFile,
  readRubricFile,
  rubricWorkbook,
  type FileDialogs,
} from "./files/index.ts";
import {
  appHandlers,
  carrierHandlers,
  centreHandlers,
  createEventSender,
  createRateLimit,
  cameraHandlers,
  dayHandlers,
  evidenceHandlers,
  drillHandlers,
  journalHandlers,
  mediumHandlers,
  paperHandlers,
  transcriptionHandlers,
  peopleHandlers,
  registerChannels,
  registerStoreKey,
  resultHandlers,
  qualityHandlers,
  reviewHandlers,
  sessionHandlers,
  sheetHandlers,
  sittingHandlers,
  supervisionHandlers,
  type AppFacts,
  type Door,
} from "./ipc/index.ts";
import {
  adoptIncoming,
  exportStored,
  nodeFileSystem,
  type JournalCopy,
  type OpenJournal,
} from "./journal/index.ts";
import { adaptSafeStorage, createKeyring, SCRYPT_COST, type Keyring } from "./keys/index.ts";
import {
  after,
  copiesFor,
  isInside,
  isRecoverable,
  openByQuestion,
  openMedium,
  openOwnJournal,
  RESERVE_BYTES,
  refuseStart,
  type MediumOfApp,
  type OpenOwn,
  type RefuseStart,
} from "./opening/index.ts";
import {
  copyToStick,
  createLinkTest,
  createOutbox,
  createRegistryClient,
  createSealedBytes,
  nodeStickFiles,
  readFromStick,
} from "./outbox/index.ts";
import { paperPage, qualityTable } from "./paper/index.ts";
import {
  createAppHandler,
  createAppWindow,
  createBugLog,
  createConfirm,
  createConfirmWindow,
  createEnvironment,
  createKeptFile,
  createPrinter,
  defaultPlacement,
  defaultSettings,
  guardPage,
  guardSession,
  listAppFiles,
  loadPage,
  ORIGIN,
  Placement,
  refusedSwitches,
  saveMade,
  savePdf,
  saveText,
  SCHEME,
  schemes,
  setMenu,
  Settings,
  wordsForStart,
  type AppHandler,
  type ConfirmDeps,
  type ConfirmDesk,
  type ConfirmWindow,
  type Guard,
  type KeptFile,
  type MachineEnvironment,
  type Printer,
  type ReportBug,
} from "./window/index.ts";

prepareStart();

/** Everything that Chromium must know before it is ready; a start we refuse ends here. */
function prepareStart(): void {
  const refused = chooseProfile() ?? findDanger();
  if (refused !== undefined) {
    process.stderr.write(`jiangping: ${refused}\n`);
    app.exit(2);
    return;
  }
  const drill = drillProfile();
  if (drill !== undefined) {
    runDrillProcess(drill, { bundle: __dirname, registrar: ipcMain });
    return;
  }
  // Two of us on one journal would be one too many: the first is shown, the second goes.
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  protocol.registerSchemesAsPrivileged(schemes);
  // enableSandbox would take back the one exception that refusedSwitches knows; the windows ask for it themselves too.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  app.on("web-contents-created", (_event, page) => guardPage(page));
  const reportBug = createBugLog({
    path: join(app.getPath("userData"), "bugs.log"),
    now: () => new Date(),
    newId: () => nodeCrypto.randomBytes(4).toString("hex"),
  });
  process.on("uncaughtException", (error) => endWithBug(reportBug("main", error)));
  process.on("unhandledRejection", (error) => endWithBug(reportBug("main", error)));
  void app.whenReady().then(() => start(reportBug));
}

/** A folder of its own for tests and demonstrations, named by whoever starts us. */
function chooseProfile(): string | undefined {
  const profile = process.env["JIANGPING_PROFILE"];
  if (profile === undefined) return undefined;
  if (!isAbsolute(profile)) return "JIANGPING_PROFILE is not an absolute path";
  mkdirSync(profile, { recursive: true });
  app.setPath("userData", profile);
  return undefined;
}

function findDanger(): string | undefined {
  const dangerous = refusedSwitches({
    isPackaged: app.isPackaged,
    electron: process.versions.electron,
    isRoot: process.getuid?.() === 0,
    hasSwitch: (name) => app.commandLine.hasSwitch(name),
  });
  return dangerous.length > 0 ? `refused to start with: ${dangerous.join(", ")}` : undefined;
}

/** The one top-level handler. What was acknowledged is flushed already; what is in doubt must not go on writing. */
function endWithBug(log: string): void {
  endWith({ code: "internal.bug", facts: { log } });
}

/** Where nothing can be offered but the reason. */
function endWith({ code, facts }: Refusal): void {
  const { title, text } = wordsForStart(code, facts ?? {});
  dialog.showErrorBox(title, text);
  app.exit(1);
}

async function start(reportBug: ReportBug): Promise<void> {
  setMenu();
  const tried = await startSuite(createNativeSuite<nodeCrypto.KeyObject>(nodeCrypto));
  if (!tried.ok) {
    endWith(tried.error);
    return;
  }
  const folder = app.getPath("userData");
  const env = createEnvironment(
    app.getVersion(),
    app.isPackaged ? app.getAppPath() : join(__dirname, "main.cjs"),
  );
  const [handler, keys] = await Promise.all([
    listAppFiles(join(__dirname, "renderer")).then(createAppHandler),
    adaptSafeStorage(safeStorage, process.platform).then((osKeyring) =>
      createKeyring({
        folder: join(folder, "keys"),
        random: env.random,
        osKeyring,
        scryptCost: SCRYPT_COST,
        now: () => Date.now(),
      }),
    ),
  ]);
  const journalFolder = join(folder, "journal");
  await adoptIncoming(journalFolder, nodeFileSystem, Date.now());
  const open: OpenOwn = (key) => openOwnJournal(journalFolder, env, key);
  // Behind a question the journal waits for main's window; otherwise it is open before there is any window.
  const first = keys.needsPassphrase() ? null : await open(() => keys.dataKey());
  const exportTo = async (chosen: string | null) => {
    if (chosen === null) return ok({ outcome: "cancelled" as const });
    const saved = await exportStored(journalFolder, await keys.recoveryFile(), chosen, nodeFileSystem);
    return saved.ok ? ok({ outcome: "saved" as const }) : saved;
  };
  const bare = createFileDialogs(dialog, () => null);
  const refuse: RefuseStart = (error) => refuseStart(error, async () => exportTo(await bare.chooseFolder()));
  if (first && !first.ok && !(await isRecoverable(first.error, keys))) {
    await refuse(first.error);
    return;
  }
  const settings = createKeptFile(join(folder, "settings.json"), Settings, defaultSettings);
  const camera = { mayBeUsed: () => false };
  const windows = await openWindows(
    handler,
    createKeptFile(join(folder, "window.json"), Placement, defaultPlacement),
    () => camera.mayBeUsed(),
  );
  const door = { origin: ORIGIN, reportBug, isTooOften: createRateLimit(() => performance.now()) };
  const dialogs = createFileDialogs(dialog, () => (windows.app.isDestroyed() ? null : windows.app));
  const exportAll = async () => exportTo(await dialogs.chooseFolder());
  const confirm = joinConfirm(windows.confirm, { keys, settings, env, door, exportStored: exportAll });
  const loaded = windows.confirm.load();
  const journal = first?.ok ? first.value : await openByQuestion(keys, { confirm, loaded, refuse }, open);
  if (!journal) return;
  await continueWork(journal, { keys, env });
  const evidence = openEvidence({
    journalFolder,
    disk: nodeDisk,
    random: env.random,
    dataKey: () => keys.dataKey(),
  });
  await evidence.dropLeftovers(namedIn(journal.view.rows("batches")));
  const medium = openMedium(folder, journal, keys);
  closeWithApp(journal, medium.copy);
  const clockWatch = await watchClock(journal, env, after);
  app.on("will-quit", () => clockWatch.stop());
  joinDesk(windows.app, {
    ...{ journal, keys, confirm, env, settings, door, dialogs, medium, evidence, camera },
    printer: windows.printer,
    exportStored: exportAll,
  });
  await Promise.all([loadPage(windows.app, "index.html"), loaded]);
  const behind = await journal.checkBehind();
  if (!behind.ok) await refuse(behind.error);
}

/** Appends that wait are written and copied, then the files are closed, then we go. */
function closeWithApp(journal: OpenJournal, copy: JournalCopy): void {
  let isClosed = false;
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", (event) => {
    if (isClosed) return;
    event.preventDefault();
    const closed = copy.close().then(() => journal.close());
    void closed.then(() => {
      isClosed = true;
      app.quit();
    });
  });
}

interface Windows {
  readonly app: BrowserWindow;
  readonly confirm: ConfirmWindow;
  readonly printer: Printer;
}

async function openWindows(
  handler: AppHandler,
  placement: KeptFile<Placement>,
  mayUseCamera: () => boolean,
): Promise<Windows> {
  const devTools = !app.isPackaged;
  const open = async (
    pages: Session,
    guard: Pick<Guard, "mayUseCamera">,
    serve: AppHandler = handler,
  ): Promise<Session> => {
    pages.protocol.handle(SCHEME, serve);
    await guardSession(pages, { devTools, ...guard });
    return pages;
  };
  const never = { mayUseCamera: () => false };
  const paperSession = session.fromPartition("paper");
  const printer = createPrinter(handler, { session: paperSession, devTools });
  const [appSession, confirmSession] = await Promise.all([
    open(session.defaultSession, { mayUseCamera }),
    // Without "persist:" it lives in memory only.
    open(session.fromPartition("confirm"), never),
    open(paperSession, never, printer.handler),
  ]);
  const preload = join(__dirname, "preload.cjs");
  const appWindow = createAppWindow({ preload, session: appSession, devTools, placement });
  const confirm = createConfirmWindow({
    parent: appWindow,
    preload: join(__dirname, "confirm-preload.cjs"),
    session: confirmSession,
    devTools,
  });
  app.on("second-instance", () => {
    if (appWindow.isDestroyed()) return;
    if (appWindow.isMinimized()) appWindow.restore();
    appWindow.focus();
  });
  return { app: appWindow, confirm, printer };
}

interface Parts {
  readonly journal: OpenJournal;
  readonly env: MachineEnvironment;
  readonly settings: KeptFile<Settings>;
  readonly door: Omit<Door, "isWindow">;
}

function joinConfirm(
  { window, ...screen }: ConfirmWindow,
  {
    keys,
    settings,
    env,
    door,
    exportStored: exportAll,
  }: Omit<Parts, "journal"> & Pick<ConfirmDeps, "exportStored"> & { readonly keys: Keys },
): ConfirmDesk {
  const tell = createEventSender(confirmEvents, () => (window.isDestroyed() ? null : window.webContents));
  const confirm = createConfirm({
    screen: {
      show: (id, rows) => {
        tell("confirm.requested", { id });
        screen.show(rows);
      },
      clear: (id) => {
        screen.hide();
        tell("confirm.closed", { id });
      },
    },
    clock: env.clock,
    exportStored: exportAll,
    setting: () => ({
      locale: settings.read().locale,
      demo: keys.storage() === "demo-file",
    }),
  });
  screen.onDismissed(() => confirm.dismiss());
  const id = window.webContents.id;
  registerChannels(ipcMain, confirmChannels, confirm.handlers, {
    ...door,
    isWindow: (sender) => sender === id,
  });
  return confirm;
}

function joinDesk(
  window: BrowserWindow,
  parts: Parts & {
    readonly keys: Keyring;
    readonly confirm: ConfirmDesk;
    readonly dialogs: FileDialogs;
    readonly medium: MediumOfApp;
    readonly evidence: EvidenceRoom;
    /** Asked by the window's permission policy. */
    readonly camera: { mayBeUsed: () => boolean };
    readonly exportStored: AppFacts["exportStored"];
    readonly printer: Printer;
  },
): void {
  const { journal, keys, confirm, env, door, dialogs, medium, evidence, camera } = parts;
  const tell = createEventSender(appEvents, () => (window.isDestroyed() ? null : window.webContents));
  const registryUrl = process.env["JIANGPING_REGISTRY"] ?? null;
  const urlOf = (centre: CentreRow) => registryUrlOf(centre, registryUrl);
  const network = { fetch: globalThis.fetch, timers: { after } };
  const registry = createRegistryClient(network);
  const bytes = createSealedBytes({
    view: journal.view,
    attachments: (seq) => journal.attachments(seq),
    sealedPicture: evidence.readSealed,
  });
  const sending = {
    ...network,
    journal,
    bytes,
    clock: () => env.clock().mono,
    registryUrl: urlOf,
  };
  const outbox = createOutbox({
    ...sending,
    device: () => keys.device(),
    random: env.random,
    wall: () => env.clock().wall,
    chance: () => Math.random(),
    trust: async () => {
      const { value: keyset } = await pinnedKeyset(journal);
      return { keyset, keys: keysetLookup(keyset) };
    },
    onProgress: (progress) => tell("outbox.progress", progress),
    onLink: () => tell("outbox.link", {}),
    report: (error) => door.reportBug("outbox", error),
    fail: (error) => endWithBug(door.reportBug("outbox", error)),
  });
  app.on("will-quit", () => outbox.close());
  powerMonitor.on("resume", () => outbox.linkCame());
  const serial = createSerial();
  // The dialog may stand open for long; nothing else waits for it.
  const oneAtATime = createSerial();
  const files = {
    ...dialogs,
    readRoster: (bytes: Uint8Array) => readRosterFile(bytes),
    readRubric: readRubricFile,
    saveRubric: (rubric: Rubric, fileName: string) =>
      oneAtATime(() => saveMade(dialog, window, fileName, () => rubricWorkbook(rubric))),
  };

  const sessions = createSessions({ journal, keys, confirm, registry, env, registryUrl: urlOf });
  const watch = createIdleLock({
    after,
    minutes: (place) => lockMinutes(journal.view, place),
    lock: lockNow,
  });
  function lockNow(): void {
    confirm.dismiss();
    void sessions.lock();
  }
  for (const moment of ["suspend", "lock-screen"] as const) powerMonitor.on(moment as "suspend", lockNow);
  app.on("will-quit", () => watch.stop());
  const common = { journal, sessions, keys, confirm, env, serial };
  const signatures = createSignatures(common);
  const supervision = createSupervision(common);
  const visits = createVisits({ ...common, supervision });
  const evidenceDesk = createEvidence({ ...common, files: evidence.files });
  const cameraDesk = createCamera(common);
  camera.mayBeUsed = () => cameraDesk.mayBeUsed();
  const drills = createDrills({
    ...common,
    hold: holdDrill(env),
    stick: () => {
      const { folder, state } = medium.desk.describe();
      return folder === null || state === "troubled" ? null : join(folder, "jiangping-drill");
    },
    savePdf: (fileName) => savePdf(dialog, window, fileName),
    onChanged: () => tell("drill.changed", {}),
    report: (error) => void door.reportBug("drill", error),
  });
  window.on("closed", () => void drills.close());
  const id = window.webContents.id;
  registerChannels(
    ipcMain,
    windowChannels,
    {
      ...appHandlers({ ...describeApp(window, parts, registryUrl), exportStored: parts.exportStored }),
      ...centreHandlers(
        createCentre({ ...common, registry, demonstrationUrl: registryUrl }),
        createRecovery({
          ...common,
          registry,
          demonstrationUrl: registryUrl,
          registryUrl: urlOf,
          chooseFolder: () => dialogs.chooseFolder(),
          copies: copiesFor(join(app.getPath("userData"), "journal"), env),
        }),
      ),
      ...peopleHandlers(createPeople(common), createSubstitutes(common)),
      ...mediumHandlers(
        createMedium({
          ...common,
          medium: medium.desk,
          chooseFolder: () => dialogs.chooseFolder(),
          isOwnFolder: (folder) => isInside(folder, app.getPath("userData")),
        }),
      ),
      ...sessionHandlers(sessions, watch),
      ...journalHandlers(createMarking(common)),
      ...sittingHandlers(
        createSittings({ ...common, files }),
        signatures,
        createRosterChanges(common),
        createIncidents(common),
        createSeats(common),
      ),
      ...sheetHandlers(signatures, createAmendments(common)),
      ...cameraHandlers(cameraDesk),
      ...evidenceHandlers(evidenceDesk),
      ...dayHandlers(
        createDay({
          ...common,
          outbox: { ...outbox, testLink: createLinkTest(sending) },
          evidence: evidence.files,
        }),
        createLaterReceipts({ ...common, registry, registryUrl: urlOf }),
      ),
      ...resultHandlers(createResults(common), createSettlements(common)),
      ...reviewHandlers(createReviews(common)),
      ...drillHandlers(drills),
      ...supervisionHandlers(supervision, visits),
      ...qualityHandlers(
        createQuality({
          ...common,
          supervision,
          press: ({ as, form, languages, fileName }) =>
            oneAtATime(() =>
              saveMade(dialog, window, fileName, () =>
                as === "csv"
                  ? Promise.resolve(utf8(qualityTable(form)))
                  : parts.printer.print(paperPage({ kind: "quality", form, languages })),
              ),
            ),
        }),
      ),
      ...paperHandlers(
        createPaper({
          ...common,
          supervision,
          press: ({ fileName, ...job }) =>
            oneAtATime(() => saveMade(dialog, window, fileName, () => parts.printer.print(paperPage(job)))),
        }),
      ),
      ...transcriptionHandlers(createTranscriptions({ ...common, files: evidence.files })),
      ...carrierHandlers(
        createCarrier({
          ...common,
          bytes,
          stick: {
            copy: (folder, frames, onProgress) =>
              copyToStick({ folder, frames, newName: bundleName, onProgress }, nodeStickFiles),
            read: (file, take) => readFromStick(file, nodeStickFiles, take),
          },
          chooseFolder: () => dialogs.chooseFolder(),
          chooseBundle: () => dialogs.chooseBundle(),
          isOwnFolder: (chosen) => isInside(chosen, app.getPath("userData")),
          onProgress: (progress) => tell("stick.progress", progress),
        }),
      ),
    },
    { ...door, isWindow: (sender) => sender === id },
  );
  registerStoreKey(ipcMain, () => keys.storeKey(), { ...door, isWindow: (sender) => sender === id });
  journal.onAppended((seq) => tell("journal.appended", { seq, hasReserve: journal.hasReserve() }));
  sessions.onChanged(() => tell("session.changed", {}));
  medium.onChanged(() => tell("medium.changed", {}));
  outbox.resume();
}

/** Processes of this same program in a scratch folder beside the profile: never inside it, and on the same disk. */
function holdDrill(env: MachineEnvironment): HoldDrill {
  const scratch = `${app.getPath("userData")}-drill`;
  // One that was cut off, with the laptop or without, left its folder.
  void clearScratch(scratch);
  const program = {
    executable: process.execPath,
    args: [
      ...(app.commandLine.hasSwitch("no-sandbox") ? ["--no-sandbox"] : []),
      ...(app.isPackaged ? [] : [app.getAppPath()]),
    ],
  };
  return (drill, onProgress) =>
    startDrill(
      { ...drill, steps: DRILL_STEPS },
      {
        scratch,
        startProcess: (profile) => startDrillProcess(program, profile),
        random: env.random,
        chance: () => Math.random(),
        mono: () => env.clock().mono,
        after,
        reserveBytes: RESERVE_BYTES,
      },
      onProgress,
    );
}

/** Says nothing of what is inside (protocol A2); eight characters, because FAT keeps so many. */
function bundleName(): string {
  return `${nodeCrypto.randomBytes(4).toString("hex").toUpperCase()}.ertb`;
}

/** Before a centre is opened nobody is signed in; the office's time stands for it. */
function lockMinutes(view: JournalView, place: WorkPlace): number {
  const policy = view.read("centre", ONLY)?.permit?.reference.policy;
  return (place === "desk" ? policy?.deskLockMinutes.value : policy?.officeLockMinutes.value) ?? 2;
}

function describeApp(
  window: BrowserWindow,
  { env, settings, journal, keys }: Parts & { readonly keys: Keys },
  registryUrl: string | null,
): Omit<AppFacts, "exportStored"> {
  const version = app.getVersion();
  const versions = { electron: process.versions.electron, chromium: process.versions.chrome };
  const locale = (): Locale => settings.read().locale;
  return {
    describe: () => ({
      version,
      build: env.app.build,
      ...versions,
      dataFolder: app.getPath("userData"),
      licence: "Apache-2.0",
      locale: locale(),
      registryUrl,
      hasReserve: journal.hasReserve(),
    }),
    clock: env.clock,
    chooseLocale: (chosen) => {
      settings.write({ ...settings.read(), locale: chosen });
      return Promise.resolve();
    },
    diagnostics: () => ({
      app: { version, build: env.app.build },
      ...versions,
      platform: `${process.platform} ${process.arch}`,
      locale: locale(),
      storage: keys.storage(),
      journal,
    }),
    discardStore: () => window.webContents.session.clearStorageData({ storages: ["indexdb"] }),
    restart: () => {
      app.relaunch();
      app.quit();
    },
    saveText: (fileName, text) => saveText(dialog, window, { fileName, text }),
  };
}
