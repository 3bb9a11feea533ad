// The keys of this laptop: one for the device, one for every person on it. Opened for one act, refused in counted
// tries, and never made anew in place of one that cannot be read (P20, S14).
import {
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  invariant,
  ok,
  PublicKeyHex,
  refuse,
  utf8,
  type Bytes,
  type PersonId,
  type Refusal,
  type Result,
} from "#shared/base";
import {
  openWithRecovery,
  readRecoveryCode,
  recoveryPublicKey,
  sealToRecovery,
  writeRecoveryCode,
  type Signer,
} from "#shared/crypto";
import { createAttempts, LAST_TRY, startAttempts, type Attempts } from "./attempts.ts";
import { makeDevice, openDevice, type OpenDevice } from "./device-key.ts";
import {
  codeOf,
  createKeyFiles,
  RecoveryFile,
  type DeviceFile,
  type PersonFile,
  type Storage,
} from "./key-files.ts";
import type { OsKeyring } from "./os-keyring.ts";
import { makePerson, openPerson } from "./person-key.ts";
import { derive, type ScryptCost } from "./secret-key.ts";

export interface KeyringOptions {
  /** A folder of its own. */
  readonly folder: string;
  readonly random: (length: number) => Bytes;
  /** Null where the system has none. */
  readonly osKeyring: OsKeyring | null;
  readonly scryptCost: ScryptCost;
  /** Milliseconds; waits are measured by it. */
  readonly now: () => number;
}

export type UnlockRefusal = Refusal<
  "secret.wrong" | "keys.wait" | "keys.locked-out" | "keys.unreadable" | "keys.missing"
>;

export interface Keyring {
  storage(): Storage | null;
  needsPassphrase(): boolean;
  storageForNewDevice(demo: boolean): Storage;
  /** Durable when it answers. A device is made once: where anything of one is left, this is a bug of the caller. */
  createDevice(options: { demo: boolean; passphrase: string | null }): Promise<Signer>;
  unlockDevice(passphrase: string): Promise<Result<Signer, UnlockRefusal>>;
  device(): Signer | null;
  /** 32 bytes, while the device is open. */
  dataKey(): Bytes | null;
  /** 32 bytes, derived from the data key: seals the rows of the window's store. */
  storeKey(): Bytes | null;
  /** A recovery code; the earlier one holds until this one is kept. */
  makeRecovery(): Promise<NewRecovery>;
  /** The recovery file's bytes, to lie beside a copy of the journal; null until a code was made. */
  recoveryFile(): Promise<Bytes | null>;
  /**
   * A new device under a data key that was recovered. What is left of the former one is moved into a folder beside it:
   * its signing keys are never taken over (protocol 7).
   */
  replaceDevice(options: ReplaceOptions): Promise<Signer>;
  /** There is a file for this person, readable or not. */
  hasPerson(person: PersonId): boolean;
  /** Durable when it answers. Where the person has a key already, the PIN must open it, and that key is the answer. */
  createPerson(person: PersonId, pin: string): Promise<Signer>;
  unlockPerson(person: PersonId, pin: string): Promise<Result<Signer, UnlockRefusal>>;
  /** Takes a person's key out of use, readable or not, and forgets the wrong tries; the person makes a new one. */
  endPerson(person: PersonId): Promise<void>;
  demoPin(person: PersonId): string | null;
}

export interface NewRecovery {
  /** Nine groups of four characters: the only time it is anywhere but on paper. */
  readonly code: string;
  readonly pub: PublicKeyHex;
  /** Seals the data key to it, in place of an earlier one. Durable when it answers. */
  readonly keep: () => Promise<void>;
}

export interface ReplaceOptions {
  readonly demo: boolean;
  readonly passphrase: string | null;
  readonly dataKey: Bytes;
  /** The recovery file that the data key came from. */
  readonly recovery: Bytes;
}

/** The data key behind a recovery file. `recovery.malformed`: a slip of the pen; `recovery.wrong`: another code. */
export async function openRecoveryFile(
  file: Bytes,
  code: string,
): Promise<Result<Bytes, Refusal<"recovery.malformed" | "recovery.wrong" | "recovery.missing">>> {
  const parsed = parseRecovery(file);
  const sealed = parsed && base64ToBytes(parsed.sealed);
  if (!sealed) return refuse({ code: "recovery.missing" });
  const seed = readRecoveryCode(code);
  return seed.ok ? openWithRecovery(sealed, seed.value) : seed;
}

const MIN_PIN = 6;

export async function createKeyring(options: KeyringOptions): Promise<Keyring> {
  const { osKeyring, now } = options;
  const files = createKeyFiles(options.folder);
  const oneAtATime = createTurns();
  let stored = await files.device.read();
  let open: OpenDevice | null = null;
  let attempts: Attempts | null = null;

  function use(device: OpenDevice): Signer {
    open = device;
    attempts = createAttempts(files.attempts, device.secret, now);
    return device.signer;
  }

  if (typeof stored === "object" && stored.secret.storage !== "passphrase") {
    const device = await openDevice(stored, null, osKeyring);
    if (device) use(device);
  }

  const storageForNewDevice = (demo: boolean): Storage => {
    if (demo) return "demo-file";
    return osKeyring ? "keyring" : "passphrase";
  };

  async function installDevice(made: Awaited<ReturnType<typeof makeDevice>>): Promise<Signer> {
    await startAttempts(files.attempts, made.device.secret);
    await files.device.write(made.file);
    stored = made.file;
    return use(made.device);
  }

  async function createDevice(passphrase: string | null, demo: boolean): Promise<Signer> {
    invariant(!files.device.exists(), "a device is made once");
    invariant(!(await files.hasPeople()), "where people have keys, their device is missing, not new");
    return installDevice(await makeDevice(storageForNewDevice(demo), passphrase, options));
  }

  async function makeRecovery(): Promise<NewRecovery> {
    invariant(open, "the data key is open when it is sealed to a recovery key");
    const code = writeRecoveryCode(options.random);
    const seed = readRecoveryCode(code);
    invariant(seed.ok, "a code that was just written can be read");
    const key = await recoveryPublicKey(seed.value);
    const pub = PublicKeyHex.parse(bytesToHex(key));
    const sealed = bytesToBase64(await sealToRecovery(open.dataKey, key));
    return { code, pub, keep: () => oneAtATime(() => files.recovery.write({ v: 1, pub, sealed })) };
  }

  async function replaceDevice({ demo, passphrase, dataKey, recovery }: ReplaceOptions): Promise<Signer> {
    const kept = parseRecovery(recovery);
    invariant(kept, "a data key was recovered from a recovery file");
    await files.recovery.write(kept);
    await files.setAside(`former-${now()}`);
    return installDevice(await makeDevice(storageForNewDevice(demo), passphrase, options, dataKey));
  }

  async function unlockDevice(passphrase: string): Promise<Result<Signer, UnlockRefusal>> {
    if (stored === "missing") return refuse({ code: "keys.missing" });
    if (stored === "unreadable" || stored.secret.storage !== "passphrase")
      return open ? ok(open.signer) : refuse({ code: "keys.unreadable" });
    const device = await openDevice(stored, passphrase, osKeyring);
    return device ? ok(use(device)) : refuse({ code: "secret.wrong" });
  }

  async function createPerson(person: PersonId, pin: string): Promise<Signer> {
    invariant(open && attempts, "the device key is open when a person's key is made");
    invariant(pin.length >= MIN_PIN, `a PIN has at least ${MIN_PIN} digits`);
    const existing = await files.person(person).read();
    invariant(existing !== "unreadable", "a key that cannot be read is not replaced");
    if (existing !== "missing" && existing.secret) {
      const signer = await tryPin(existing, existing.secret, pin, person);
      invariant(signer.ok, "a key that exists is not replaced");
      return signer.value;
    }
    const made = await makePerson(person, pin, open, options);
    await files.person(person).write(made.file);
    await attempts.forgive(person);
    return made.signer;
  }

  async function unlockPerson(person: PersonId, pin: string): Promise<Result<Signer, UnlockRefusal>> {
    const existing = await files.person(person).read();
    if (stored === "missing" || existing === "missing") return refuse({ code: "keys.missing" });
    if (existing === "unreadable") return refuse({ code: "keys.unreadable" });
    if (!existing.secret) return refuse({ code: "keys.locked-out" });
    return tryPin(existing, existing.secret, pin, person);
  }

  async function tryPin(
    file: PersonFile,
    secret: NonNullable<PersonFile["secret"]>,
    pin: string,
    person: PersonId,
  ): Promise<Result<Signer, UnlockRefusal>> {
    if (!open || !attempts) return refuse({ code: "keys.unreadable" });
    const waitMs = await attempts.waitMs(person);
    if (waitMs > 0) return refuse({ code: "keys.wait", facts: { seconds: Math.ceil(waitMs / 1000) } });
    const failed = await attempts.count(person);
    const signer = await openPerson(person, pin, secret, file.kid, open);
    if (signer) {
      await attempts.forgive(person);
      return ok(signer);
    }
    if (failed < LAST_TRY) return refuse({ code: "secret.wrong" });
    await files.person(person).write({ ...file, secret: null });
    return refuse({ code: "keys.locked-out" });
  }

  return {
    storage: () => storageOf(stored),
    needsPassphrase: () => storageOf(stored) === "passphrase" && open === null,
    storageForNewDevice,
    createDevice: ({ demo, passphrase }) => oneAtATime(() => createDevice(passphrase, demo)),
    unlockDevice: (passphrase) => oneAtATime(() => unlockDevice(passphrase)),
    device: () => open?.signer ?? null,
    dataKey: () => open?.dataKey ?? null,
    storeKey: () => open && derive(open.dataKey, "ERT store key"),
    makeRecovery: () => oneAtATime(makeRecovery),
    recoveryFile: async () => {
      const file = await files.recovery.read();
      return typeof file === "object" ? utf8(JSON.stringify(file)) : null;
    },
    replaceDevice: (replacing) => oneAtATime(() => replaceDevice(replacing)),
    hasPerson: (person) => files.person(person).exists(),
    createPerson: (person, pin) => oneAtATime(() => createPerson(person, pin)),
    unlockPerson: (person, pin) => oneAtATime(() => withoutDisk(() => unlockPerson(person, pin))),
    endPerson: (person) =>
      oneAtATime(async () => {
        if (!files.person(person).exists()) return;
        await files.endPerson(person, now());
        await attempts?.forgive(person);
      }),
    demoPin: (person) => (open?.storage === "demo-file" ? demoPinOf(person, open.secret) : null),
  };
}

/** Tries are counted one after the other: two at once would share one count. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined); // the caller of `run` gets the error; the next in line must not
    return run;
  };
}

/** A try that cannot be counted, on a full or broken disk, is not made. */
async function withoutDisk<T>(
  work: () => Promise<Result<T, UnlockRefusal>>,
): Promise<Result<T, UnlockRefusal>> {
  try {
    return await work();
  } catch (error) {
    return refuse({ code: "keys.unreadable", facts: { error: codeOf(error) } });
  }
}

function parseRecovery(file: Bytes): RecoveryFile | undefined {
  try {
    return RecoveryFile.safeParse(JSON.parse(new TextDecoder().decode(file))).data;
  } catch {
    return undefined; // not JSON: no recovery file
  }
}

function storageOf(stored: DeviceFile | "missing" | "unreadable"): Storage | null {
  return typeof stored === "object" ? stored.secret.storage : null;
}

/** Six digits that stay the same over restarts and differ between laptops. */
function demoPinOf(person: PersonId, secret: Bytes): string {
  const bytes = derive(secret, `demo pin${person}`, 8);
  const number = new DataView(bytes.buffer).getBigUint64(0) % 1_000_000n;
  return String(number).padStart(6, "0");
}
