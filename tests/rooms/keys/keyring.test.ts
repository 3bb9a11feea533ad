// The keys of a laptop in real files: what opens them, what does not, what a wrong try costs, and what happens when a
// file is gone. scrypt is cheap here; its real cost is a constant that is checked once.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { base64ToBytes, bytesToBase64, PersonId, utf8 } from "#shared/base";
import { isSignatureValid } from "#shared/crypto";
import type { Keys } from "../../../electron/desk/index.ts";
import {
  adaptSafeStorage,
  createKeyring,
  DEMO_COST,
  openRecoveryFile,
  SCRYPT_COST,
  type Keyring,
  type OsKeyring,
  type SafeStorage,
} from "../../../electron/keys/index.ts";

const ANNA = PersonId.parse("p-001");
const BO = PersonId.parse("p-002");
const PIN = "271828";
const WRONG = "000000";
const PASSPHRASE = "correct horse battery";

let folder: string;
let now: number;
let drawn: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "keys-"));
  now = 1_000_000;
  drawn = 0;
});
afterEach(() => rm(folder, { recursive: true }));

const random = (length: number) =>
  new Uint8Array(createHash("sha512").update(`${folder} ${drawn++}`).digest().subarray(0, length));

function start(osKeyring: OsKeyring | null = null): Promise<Keyring> {
  return createKeyring({ folder, random, osKeyring, scryptCost: { N: 16, r: 8, p: 1 }, now: () => now });
}

async function aDemoKeyring(): Promise<Keyring> {
  const keys = await start();
  await keys.createDevice({ demo: true, passphrase: null });
  await keys.createPerson(ANNA, PIN);
  return keys;
}

const fileOf = (person: PersonId) => join(folder, "people", `${person}.json`);
const codeOf = (result: { ok: boolean; error?: { code: string } }) =>
  result.ok ? "opened" : result.error?.code;

async function costOf(person: PersonId): Promise<unknown> {
  const { secret } = JSON.parse(await readFile(fileOf(person), "utf8")) as { secret: { cost: unknown } };
  return secret.cost;
}

async function edit(path: string, change: (content: Record<string, unknown>) => void): Promise<void> {
  const content = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  change(content);
  await writeFile(path, JSON.stringify(content));
}

/** An operating system's keyring that another login does not open. */
function aLogin(name: string): OsKeyring {
  const mask = createHash("sha512").update(name).digest();
  const turn = (bytes: Uint8Array) => bytes.map((byte, i) => byte ^ (mask[i % 64] ?? 0));
  const mark = utf8(name);
  return {
    seal: async (secret) => new Uint8Array([...mark, ...turn(secret)]),
    open: async (sealed) =>
      mark.every((byte, i) => sealed[i] === byte) ? turn(sealed.slice(mark.length)) : undefined,
  };
}

test("the keyring is what the desk asks for", () => {
  expectTypeOf<Keyring>().toExtend<Keys>();
});

describe("a person's key", () => {
  test("[P20] a wrong PIN is refused and the right PIN signs", async () => {
    const keys = await aDemoKeyring();
    expect(await keys.unlockPerson(ANNA, WRONG)).toEqual({ ok: false, error: { code: "secret.wrong" } });
    const signer = await keys.unlockPerson(ANNA, PIN);
    if (!signer.ok) throw new Error(signer.error.code);
    const bytes = utf8("a sheet");
    expect(isSignatureValid(signer.value.sign(bytes), bytes, signer.value.publicKey)).toBe(true);
  });

  test("the same key opens after a restart", async () => {
    const made = await (await aDemoKeyring()).unlockPerson(ANNA, PIN);
    const again = await (await start()).unlockPerson(ANNA, PIN);
    expect(made.ok && again.ok && made.value.kid === again.value.kid).toBe(true);
  });

  test("[P22] another person's file under one's own name does not open, with either PIN", async () => {
    const keys = await aDemoKeyring();
    await keys.createPerson(BO, "141421");
    await copyFile(fileOf(BO), fileOf(ANNA));
    expect(codeOf(await keys.unlockPerson(ANNA, "141421"))).toBe("secret.wrong");
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("secret.wrong");
    // Nor when the name inside is changed to fit.
    await edit(fileOf(ANNA), (content) => (content["person"] = ANNA));
    expect(codeOf(await keys.unlockPerson(ANNA, "141421"))).toBe("secret.wrong");
  });

  test("[T6] a person's file does not open on another laptop, even with its PIN", async () => {
    await aDemoKeyring();
    const taken = await readFile(fileOf(ANNA));
    await rm(folder, { recursive: true });
    await mkdir(folder);
    const other = await start();
    await other.createDevice({ demo: true, passphrase: null });
    await mkdir(join(folder, "people"));
    await writeFile(fileOf(ANNA), taken);
    expect(codeOf(await other.unlockPerson(ANNA, PIN))).toBe("secret.wrong");
  });

  test("a damaged wrap is refused like a wrong PIN", async () => {
    const keys = await aDemoKeyring();
    await edit(fileOf(ANNA), (content) => {
      const { wrap } = content["secret"] as { wrap: { sealed: string } };
      const bytes = base64ToBytes(wrap.sealed)!;
      bytes[3]! ^= 1;
      wrap.sealed = bytesToBase64(bytes);
    });
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("secret.wrong");
  });

  test("[S14] a missing or unreadable file is said to be so and never replaced", async () => {
    const keys = await aDemoKeyring();
    expect(keys.hasPerson(BO)).toBe(false);
    expect(codeOf(await keys.unlockPerson(BO, PIN))).toBe("keys.missing");
    await writeFile(fileOf(ANNA), "not a key file");
    expect(keys.hasPerson(ANNA)).toBe(true);
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("keys.unreadable");
    await expect(keys.createPerson(ANNA, PIN)).rejects.toThrow("not replaced");
    expect(await readFile(fileOf(ANNA), "utf8")).toBe("not a key file");
  });

  test("a key that exists is found again by its PIN, as after a crash, and not replaced by another", async () => {
    const keys = await aDemoKeyring();
    const known = await keys.unlockPerson(ANNA, PIN);
    const again = await (await start()).createPerson(ANNA, PIN);
    expect(known.ok && known.value.kid).toBe(again.kid);
    await expect(keys.createPerson(ANNA, "654321")).rejects.toThrow("not replaced");
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("opened");
  });

  test("no secret lies in a person's file in clear, and files are the owner's alone", async () => {
    await aDemoKeyring();
    expect(await readFile(fileOf(ANNA), "utf8")).not.toContain(PIN);
    for (const path of [fileOf(ANNA), join(folder, "device.json"), join(folder, "attempts.json")])
      expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await readdir(join(folder, "people"))).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  test("[P20] the real cost is 64 MiB and stands in the file", async () => {
    expect(128 * SCRYPT_COST.N * SCRYPT_COST.r).toBe(64 * 1024 * 1024);
    const keys = await start();
    await keys.createDevice({ demo: false, passphrase: PASSPHRASE });
    await keys.createPerson(ANNA, PIN);
    expect(await costOf(ANNA)).toEqual({ N: 16, r: 8, p: 1 });
  });

  test("[P20] only a demonstration, whose secrets lie open, has another", async () => {
    await aDemoKeyring();
    expect(await costOf(ANNA)).toEqual(DEMO_COST);
  });
});

describe("wrong tries", () => {
  async function fail(keys: Keyring, times: number): Promise<(string | undefined)[]> {
    const codes = [];
    for (let i = 0; i < times; i++) codes.push(codeOf(await keys.unlockPerson(ANNA, WRONG)));
    return codes;
  }

  test("[P20] the sixth wrong try must wait, half a minute and then twice as long each time", async () => {
    const keys = await aDemoKeyring();
    expect(await fail(keys, 5)).toEqual(Array.from({ length: 5 }, () => "secret.wrong"));
    const waits: unknown[] = [];
    for (let i = 0; i < 9; i++) {
      const refused = await keys.unlockPerson(ANNA, PIN); // the right PIN must wait too
      if (refused.ok || refused.error.code !== "keys.wait") throw new Error("a try without a wait");
      const seconds = Number(refused.error.facts?.["seconds"]);
      waits.push(seconds);
      now += seconds * 1000 - 1;
      expect(codeOf(await keys.unlockPerson(ANNA, WRONG))).toBe("keys.wait");
      now += 1;
      expect(codeOf(await keys.unlockPerson(ANNA, WRONG))).toBe("secret.wrong");
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
  });

  test("[P20] at twenty the wrap is gone, from the file too, and the right PIN opens nothing", async () => {
    const keys = await aDemoKeyring();
    const codes: (string | undefined)[] = [];
    while (codes.length < 20) {
      codes.push(...(await fail(keys, 1)));
      now += 3_600_000;
    }
    expect(codes.slice(0, 19).every((code) => code === "secret.wrong")).toBe(true);
    expect(codes[19]).toBe("keys.locked-out");
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("keys.locked-out");
    expect(JSON.parse(await readFile(fileOf(ANNA), "utf8"))).toMatchObject({ secret: null });
    expect(codeOf(await (await start()).unlockPerson(ANNA, PIN))).toBe("keys.locked-out");
    // Recovery is a new key, which the registry does not know yet.
    const fresh = await keys.createPerson(ANNA, "314159");
    expect(await keys.unlockPerson(ANNA, "314159")).toMatchObject({ ok: true, value: { kid: fresh.kid } });
  });

  test("a right PIN gives the free tries back", async () => {
    const keys = await aDemoKeyring();
    for (let i = 0; i < 4; i++) {
      await fail(keys, 4);
      expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("opened");
    }
  });

  test("one person's tries do not cost another's", async () => {
    const keys = await aDemoKeyring();
    await keys.createPerson(BO, "141421");
    await fail(keys, 5);
    expect(codeOf(await keys.unlockPerson(BO, "141421"))).toBe("opened");
  });

  test("a restart forgets no try, and many at once do not share one count", async () => {
    const keys = await aDemoKeyring();
    const codes = await Promise.all(Array.from({ length: 8 }, () => keys.unlockPerson(ANNA, WRONG)));
    expect(codes.map(codeOf)).toEqual([
      ...Array.from({ length: 5 }, () => "secret.wrong"),
      ...Array.from({ length: 3 }, () => "keys.wait"),
    ]);
    expect(codeOf(await (await start()).unlockPerson(ANNA, PIN))).toBe("keys.wait");
  });

  test.each(["removed", "edited", "garbled"] as const)(
    "a count that was %s wins no free tries",
    async (how) => {
      const keys = await aDemoKeyring();
      await keys.createPerson(BO, "141421");
      await fail(keys, 5);
      const path = join(folder, "attempts.json");
      if (how === "removed") await rm(path);
      if (how === "garbled") await writeFile(path, "{}");
      if (how === "edited") await edit(path, (content) => (content["people"] = {}));
      expect(codeOf(await keys.unlockPerson(BO, "141421"))).toBe("keys.wait");
      now += 30_000;
      expect(codeOf(await keys.unlockPerson(BO, "141421"))).toBe("opened");
      expect(await fail(keys, 2)).toEqual(["secret.wrong", "keys.wait"]);
    },
  );

  test("a clock set back begins the wait again and does not lock for years", async () => {
    const keys = await aDemoKeyring();
    await fail(keys, 5);
    now -= 900_000;
    expect(await keys.unlockPerson(ANNA, PIN)).toMatchObject({ error: { facts: { seconds: 30 } } });
    now += 30_000;
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("opened");
  });

  test("a try that cannot be counted is not made", async () => {
    const keys = await aDemoKeyring();
    await mkdir(join(folder, "attempts.json.new"));
    expect(await keys.unlockPerson(ANNA, PIN)).toMatchObject({ error: { code: "keys.unreadable" } });
  });
});

describe("the device's key", () => {
  test("[S14] a lost device file never makes a new key", async () => {
    await aDemoKeyring();
    await rm(join(folder, "device.json"));
    const keys = await start();
    expect(keys.device()).toBeNull();
    expect(keys.storage()).toBeNull();
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("keys.missing");
    expect(codeOf(await keys.unlockDevice(PASSPHRASE))).toBe("keys.missing");
    await expect(keys.createDevice({ demo: true, passphrase: null })).rejects.toThrow("missing, not new");
    expect((await readdir(folder)).includes("device.json")).toBe(false);
  });

  test("[S14] an unreadable device file is left as it is", async () => {
    await aDemoKeyring();
    await writeFile(join(folder, "device.json"), '{"v":1');
    const keys = await start();
    expect(keys.device()).toBeNull();
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("keys.unreadable");
    expect(codeOf(await keys.unlockDevice(PASSPHRASE))).toBe("keys.unreadable");
    await expect(keys.createDevice({ demo: true, passphrase: null })).rejects.toThrow("made once");
    expect(await readFile(join(folder, "device.json"), "utf8")).toBe('{"v":1');
  });

  test("[S14] a keyring that no longer opens the secret makes no new key", async () => {
    const before = await start(aLogin("anna's login"));
    await before.createDevice({ demo: false, passphrase: null });
    await before.createPerson(ANNA, PIN);
    for (const osKeyring of [aLogin("another login"), null]) {
      const keys = await start(osKeyring);
      expect(keys.storage()).toBe("keyring");
      expect(keys.device()).toBeNull();
      expect(keys.needsPassphrase()).toBe(false);
      expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("keys.unreadable");
      await expect(keys.createDevice({ demo: false, passphrase: null })).rejects.toThrow("made once");
    }
    const keys = await start(aLogin("anna's login"));
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("opened");
  });

  test("with a keyring the device opens by itself", async () => {
    const made = await (await start(aLogin("a"))).createDevice({ demo: false, passphrase: null });
    const keys = await start(aLogin("a"));
    expect(keys.device()?.kid).toBe(made.kid);
    expect(keys.storageForNewDevice(false)).toBe("keyring");
    expect(keys.storageForNewDevice(true)).toBe("demo-file");
  });

  test("without a keyring a passphrase opens it, once a start, and a wrong one does not", async () => {
    const made = await (await start()).createDevice({ demo: false, passphrase: PASSPHRASE });
    const keys = await start();
    expect(keys.storage()).toBe("passphrase");
    expect(keys.needsPassphrase()).toBe(true);
    expect(keys.device()).toBeNull();
    expect(codeOf(await keys.unlockPerson(ANNA, PIN))).toBe("keys.missing");
    expect(codeOf(await keys.unlockDevice("wrong horse battery"))).toBe("secret.wrong");
    expect(keys.needsPassphrase()).toBe(true);
    expect(await keys.unlockDevice(PASSPHRASE)).toMatchObject({ ok: true, value: { kid: made.kid } });
    expect(keys.needsPassphrase()).toBe(false);
    expect(keys.device()?.kid).toBe(made.kid);
  });

  test.each([null, "", "elevenchars"])(
    "a passphrase of fewer than twelve characters is refused: %s",
    async (short) => {
      const keys = await start();
      await expect(keys.createDevice({ demo: false, passphrase: short })).rejects.toThrow("at least 12");
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test("a PIN of fewer than six digits is refused", async () => {
    const keys = await aDemoKeyring();
    await expect(keys.createPerson(BO, "12345")).rejects.toThrow("at least 6");
  });
});

describe("the demonstration's PINs", () => {
  test("a demonstration PIN is six digits, stable across restarts and one's own", async () => {
    const keys = await aDemoKeyring();
    const pin = keys.demoPin(ANNA);
    expect(pin).toMatch(/^\d{6}$/);
    expect((await start()).demoPin(ANNA)).toBe(pin);
    expect(keys.demoPin(BO)).not.toBe(pin);
  });

  test("a real centre has none", async () => {
    const keys = await start(aLogin("a"));
    expect(keys.demoPin(ANNA)).toBeNull();
    await keys.createDevice({ demo: false, passphrase: null });
    expect(keys.demoPin(ANNA)).toBeNull();
  });
});

describe("the system's keyring", () => {
  const aSafeStorage = (changes: Partial<SafeStorage> = {}): SafeStorage => ({
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.from(`sync ${text}`),
    decryptString: (sealed) => {
      if (!sealed.toString().startsWith("sync ")) throw new Error("Error while decrypting the ciphertext");
      return sealed.toString().slice(5);
    },
    ...changes,
  });
  const secret = Uint8Array.of(1, 2, 3);

  test("the older, synchronous form seals and opens", async () => {
    const keyring = await adaptSafeStorage(aSafeStorage(), "linux");
    expect(await keyring!.open(await keyring!.seal(secret))).toEqual(secret);
  });

  test("the newer, asynchronous form is preferred where it is available", async () => {
    const keyring = await adaptSafeStorage(
      aSafeStorage({
        isAsyncEncryptionAvailable: async () => true,
        encryptStringAsync: async (text) => Buffer.from(`async ${text}`),
        decryptStringAsync: async (sealed) => ({ result: sealed.toString().slice(6) }),
      }),
      "win32",
    );
    const sealed = await keyring!.seal(secret);
    expect(Buffer.from(sealed).toString()).toMatch(/^async /);
    expect(await keyring!.open(sealed)).toEqual(secret);
  });

  test("a blob of another login does not open and is no crash", async () => {
    const keyring = await adaptSafeStorage(aSafeStorage(), "linux");
    expect(await keyring!.open(utf8("something else"))).toBeUndefined();
  });

  test.each(["basic_text", "unknown"])("%s under Linux is no keyring", async (backend) => {
    const safeStorage = aSafeStorage({ getSelectedStorageBackend: () => backend });
    expect(await adaptSafeStorage(safeStorage, "linux")).toBeNull();
  });

  test("encryption that is not available is no keyring", async () => {
    expect(await adaptSafeStorage(aSafeStorage({ isEncryptionAvailable: () => false }), "linux")).toBeNull();
  });
});

describe("recovery (S14, protocol 7)", () => {
  test("[P21] a new device under the recovered data key opens what was stored, with new keys for everybody", async () => {
    const keys = await aDemoKeyring();
    const former = keys.device()?.kid;
    const dataKey = keys.dataKey();
    const { code, keep } = await keys.makeRecovery();
    expect(await keys.recoveryFile()).toBeNull();
    await keep();
    const recovery = await keys.recoveryFile();
    await rm(join(folder, "device.json"));

    const lost = await start();
    expect(lost.dataKey()).toBeNull();
    const opened = recovery && (await openRecoveryFile(recovery, code));
    expect(opened).toEqual({ ok: true, value: dataKey });
    if (!recovery || !opened?.ok) return;
    const signer = await lost.replaceDevice({
      demo: true,
      passphrase: null,
      dataKey: opened.value,
      recovery,
    });
    expect(signer.kid).not.toBe(former);
    expect(lost.dataKey()).toEqual(dataKey);
    expect(lost.hasPerson(ANNA)).toBe(false);
    expect((await start()).dataKey()).toEqual(dataKey);
  });

  test("[S14] nothing of the former device is deleted: it lies beside the new one", async () => {
    const keys = await aDemoKeyring();
    const { keep } = await keys.makeRecovery();
    await keep();
    const [recovery, dataKey] = [await keys.recoveryFile(), keys.dataKey()];
    if (!recovery || !dataKey) throw new Error("a data key and its recovery file");
    await keys.replaceDevice({ demo: true, passphrase: null, dataKey, recovery });
    expect((await readdir(join(folder, `former-${now}`))).sort()).toEqual([
      "attempts.json",
      "device.json",
      "people",
    ]);
  });

  test("[S14] a code that is not kept leaves the earlier one in force; another code opens nothing", async () => {
    const keys = await aDemoKeyring();
    const first = await keys.makeRecovery();
    await first.keep();
    const second = await keys.makeRecovery();
    const recovery = await keys.recoveryFile();
    if (!recovery) throw new Error("a recovery file");
    expect((await openRecoveryFile(recovery, first.code)).ok).toBe(true);
    expect(await openRecoveryFile(recovery, second.code)).toEqual({
      ok: false,
      error: { code: "recovery.wrong" },
    });
    expect(await openRecoveryFile(utf8("not one"), first.code)).toEqual({
      ok: false,
      error: { code: "recovery.missing" },
    });
  });
});
