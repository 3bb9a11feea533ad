// How what is stored on this laptop is opened: by the keyring, by a passphrase, or by the recovery code for a new device;
// and the copy of it that is kept up on a second medium. The part of the composition root that comes before the desk.
import { app, dialog } from "electron";
import { isAbsolute, join, relative } from "node:path";
import { ok, type Bytes, type Refusal, type Result } from "#shared/base";
import { ONLY } from "#shared/journal";
import { replaceDevice, type Confirm, type Copies, type SecondMedium } from "../desk/index.ts";
import {
  checkCopy,
  createJournalCipher,
  createJournalCopy,
  findCopy,
  nodeFileSystem,
  openJournal,
  type JournalCipher,
  type JournalCopy,
  type OpenJournal,
  type OpenRefusal,
} from "../journal/index.ts";
import { openRecoveryFile, type Keyring } from "../keys/index.ts";
import {
  createKeptFile,
  MediumPlace,
  noMedium,
  startButtons,
  wordsForStart,
  type MachineEnvironment,
} from "../window/index.ts";

export type OpenOwn = (key: () => Bytes | null) => Promise<Result<OpenJournal, OpenRefusal>>;

/** The key is lost, not the data, and a recovery code was made for just that (S14). */
export async function isRecoverable({ code }: OpenRefusal, keys: Keyring): Promise<boolean> {
  return code === "journal.locked" && (await keys.recoveryFile()) !== null;
}

/** Says why the app goes again, and goes. */
export type RefuseStart = (refusal: OpenRefusal) => Promise<void>;

/** Whatever does not open can still be carried to somebody with whom it does (S14, S15). */
export async function refuseStart(
  { code, facts }: OpenRefusal,
  save: () => Promise<Result<unknown, Refusal>>,
): Promise<void> {
  const { title, text } = wordsForStart(code, facts ?? {});
  const buttons = [startButtons.quit, ...(EXPORTABLE.has(code) ? [startButtons.save] : [])];
  const ask = { type: "error", title: "匠评 Jiangping", message: title, buttons, noLink: true } as const;
  let detail = text;
  while ((await dialog.showMessageBox({ ...ask, detail, defaultId: 0, cancelId: 0 })).response === 1) {
    const saved = await save();
    detail = saved.ok ? text : `${text}\n\n${wordsForStart(saved.error.code, {}).text}`;
  }
  app.exit(1);
}

const EXPORTABLE: ReadonlySet<string> = new Set(["journal.newer", "journal.damaged", "journal.locked"]);

/**
 * Without a keyring nothing stored here opens before the laptop's passphrase was typed (rulings 11); where that, or the
 * keyring, is lost, the recovery code opens it for a new device. Undefined: nobody could, and the app goes.
 */
export async function openByQuestion(
  keys: Keyring,
  {
    confirm,
    loaded,
    refuse: refuseAndGo,
  }: { readonly confirm: Confirm; readonly loaded: Promise<void>; readonly refuse: RefuseStart },
  open: OpenOwn,
): Promise<OpenJournal | undefined> {
  await loaded;
  if (keys.needsPassphrase()) {
    const matter = { kind: "passphrase", isNew: false } as const;
    const asked = await confirm.ask(null, matter, (secret) => keys.unlockDevice(secret));
    const opened = asked.ok ? await open(() => keys.dataKey()) : undefined;
    if (opened?.ok) return opened.value;
    if (opened && !(await isRecoverable(opened.error, keys))) {
      await refuseAndGo(opened.error);
      return undefined;
    }
  }
  const journal = await recoverKeys(keys, confirm, open);
  if (!journal) app.quit();
  return journal;
}

async function recoverKeys(keys: Keyring, confirm: Confirm, open: OpenOwn): Promise<OpenJournal | undefined> {
  const recovery = await keys.recoveryFile();
  if (!recovery) return undefined;
  const asked = await confirm.ask(
    null,
    { kind: "recovery", why: "keys-lost" },
    async (code): Promise<Result<{ dataKey: Bytes; journal: OpenJournal }, Refusal>> => {
      const dataKey = await openRecoveryFile(recovery, code);
      if (!dataKey.ok) return dataKey;
      const opened = await open(() => dataKey.value);
      return opened.ok ? ok({ dataKey: dataKey.value, journal: opened.value }) : opened;
    },
  );
  if (!asked.ok) return undefined;
  const { dataKey, journal } = asked.value;
  const centre = journal.view.read("centre", ONLY);
  const replaced = await replaceDevice(centre, dataKey, recovery, { keys, confirm });
  if (replaced.ok) return journal;
  await journal.close();
  return undefined;
}

/** Enough for some hundred candidates: a sitting that has begun can be finished on a full disk (S1). */
export const RESERVE_BYTES = 64 * 1024 * 1024;

/** Entries: some hundred sheets, which fold in less than a second. */
const CHECKPOINT_EVERY = 5_000;

export function openOwnJournal(
  folder: string,
  env: MachineEnvironment,
  dataKey: () => Bytes | null,
): Promise<Result<OpenJournal, OpenRefusal>> {
  return openJournal({
    folder,
    clock: { read: env.clock },
    random: env.random,
    fileSystem: nodeFileSystem,
    reserveBytes: RESERVE_BYTES,
    checkpoints: { build: env.app.build, every: CHECKPOINT_EVERY },
    cipher: cipherOf(dataKey, env),
  });
}

/** One cipher for as long as the key is there; none before. */
function cipherOf(dataKey: () => Bytes | null, env: MachineEnvironment): () => JournalCipher | null {
  let cipher: JournalCipher | null = null;
  return () => {
    const key = dataKey();
    if (key) cipher ??= createJournalCipher(key, env.random);
    return cipher;
  };
}

export interface MediumOfApp {
  readonly copy: JournalCopy;
  readonly desk: SecondMedium;
  onChanged(listener: () => void): void;
}

/** The copy on the second medium, taken up where an earlier start left it. */
export function openMedium(folder: string, journal: OpenJournal, keys: Keyring): MediumOfApp {
  const place = createKeptFile(join(folder, "medium.json"), MediumPlace, noMedium);
  const listeners: (() => void)[] = [];
  const copy = createJournalCopy({
    journal,
    source: join(folder, "journal"),
    fileSystem: nodeFileSystem,
    recoveryFile: () => keys.recoveryFile(),
    after,
    onChange: () => {
      for (const listener of listeners) listener();
    },
  });
  const known = place.read().folder;
  if (known !== null) copy.resume(known);
  return {
    copy,
    desk: {
      describe: () => copy.describe(),
      begin: async (chosen) => {
        const begun = await copy.begin(chosen);
        if (begun.ok) place.write({ folder: chosen });
        return begun;
      },
      forget: () => {
        place.write(noMedium);
        copy.forget();
      },
    },
    onChanged: (listener) => listeners.push(listener),
  };
}

/** Copies that another laptop left, taken over for the next start of this one. */
export function copiesFor(target: string, env: MachineEnvironment): Copies {
  return {
    find: (folder) => findCopy(folder, nodeFileSystem),
    openRecovery: openRecoveryFile,
    check: async (folder, dataKey) => {
      const checked = await checkCopy(
        folder,
        nodeFileSystem,
        cipherOf(() => dataKey, env),
      );
      return checked.ok ? ok({ ...checked.value, layDown: () => checked.value.layDown(target) }) : checked;
    },
  };
}

export function isInside(folder: string, parent: string): boolean {
  const way = relative(parent, folder);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

export function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
