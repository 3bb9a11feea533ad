// The device's secret and its signing key: making them once, and opening what was made. A file that does not open is
// never replaced: whatever it protects would be lost with it (S14).
import {
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  invariant,
  PublicKeyHex,
  type Bytes,
  type Kid,
} from "#shared/base";
import { createSigner, newSecretKey, type Signer } from "#shared/crypto";
import type { DeviceFile, Storage } from "./key-files.ts";
import type { OsKeyring } from "./os-keyring.ts";
import { derive, stretch, unwrapSecret, wrapSecret, type ScryptCost } from "./secret-key.ts";

/** A device whose secret is in memory. */
export interface OpenDevice {
  readonly storage: Storage;
  readonly secret: Bytes;
  readonly signer: Signer;
  /** 32 bytes: seals what is stored on this laptop. */
  readonly dataKey: Bytes;
}

export interface DeviceParts {
  readonly random: (length: number) => Bytes;
  readonly osKeyring: OsKeyring | null;
  readonly scryptCost: ScryptCost;
}

const MIN_PASSPHRASE = 12;

/** Makes secret and key, and a data key unless one was recovered; the caller writes the file before anything is said to exist. */
export async function makeDevice(
  storage: Storage,
  passphrase: string | null,
  parts: DeviceParts,
  recovered: Bytes | null = null,
): Promise<{ file: DeviceFile; device: OpenDevice }> {
  const secret = parts.random(32);
  const secretKey = newSecretKey(parts.random);
  const signer = createSigner(secretKey);
  const key = derive(secret, "device key");
  const wrap = wrapSecret(secretKey, key, keyAad(signer.kid), parts.random);
  key.fill(0);
  const dataKey = recovered ?? parts.random(32);
  const pub = PublicKeyHex.parse(bytesToHex(signer.publicKey));
  const file: DeviceFile = {
    v: 2,
    secret: await storeSecret(storage, secret, signer.kid, passphrase, parts),
    key: { kid: signer.kid, pub, wrap },
    data: wrapSecret(dataKey, derive(secret, "data key"), dataAad(signer.kid), parts.random),
  };
  return { file, device: { storage, secret, signer, dataKey } };
}

/** Undefined when the secret does not open, or does not open the key beside it. */
export async function openDevice(
  file: DeviceFile,
  passphrase: string | null,
  osKeyring: OsKeyring | null,
): Promise<OpenDevice | undefined> {
  const secret = await readSecret(file, passphrase, osKeyring);
  if (secret?.length !== 32) return undefined;
  const key = derive(secret, "device key");
  const secretKey = unwrapSecret(file.key.wrap, key, keyAad(file.key.kid));
  key.fill(0);
  if (secretKey?.length !== 32) return undefined;
  const signer = createSigner(secretKey);
  const dataKey = unwrapSecret(file.data, derive(secret, "data key"), dataAad(file.key.kid));
  if (signer.kid !== file.key.kid || dataKey?.length !== 32) return undefined;
  return { storage: file.secret.storage, secret, signer, dataKey };
}

async function storeSecret(
  storage: Storage,
  secret: Bytes,
  kid: Kid,
  passphrase: string | null,
  { random, osKeyring, scryptCost: cost }: DeviceParts,
): Promise<DeviceFile["secret"]> {
  if (storage === "demo-file") return { storage, clear: bytesToBase64(secret) };
  if (storage === "keyring") {
    invariant(osKeyring, "a device secret goes to a keyring that is there");
    return { storage, sealed: bytesToBase64(await osKeyring.seal(secret)) };
  }
  invariant(
    passphrase && passphrase.length >= MIN_PASSPHRASE,
    `a passphrase has at least ${MIN_PASSPHRASE} characters`,
  );
  const salt = random(16);
  const key = await stretch(passphrase, salt, cost);
  const wrap = wrapSecret(secret, key, secretAad(kid), random);
  key.fill(0);
  return { storage, cost, salt: bytesToBase64(salt), wrap };
}

async function readSecret(
  { secret: stored, key: { kid } }: DeviceFile,
  passphrase: string | null,
  osKeyring: OsKeyring | null,
): Promise<Bytes | undefined> {
  if (stored.storage === "demo-file") return base64ToBytes(stored.clear);
  if (stored.storage === "keyring") {
    const sealed = base64ToBytes(stored.sealed);
    return sealed && osKeyring?.open(sealed);
  }
  const salt = base64ToBytes(stored.salt);
  if (passphrase === null || !salt) return undefined;
  const key = await stretch(passphrase, salt, stored.cost);
  const secret = unwrapSecret(stored.wrap, key, secretAad(kid));
  key.fill(0);
  return secret;
}

function secretAad(kid: Kid): string {
  return `${kid}|device|device secret|1`;
}

function dataAad(kid: Kid): string {
  return `${kid}|device|data key|1`;
}

function keyAad(kid: Kid): string {
  return `${kid}|device|device key|1`;
}
