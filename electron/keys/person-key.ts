// A person's signing key on this device: made for one person, wrapped under the PIN and the device secret together, so
// that neither a copied file nor a guessed PIN opens it alone, and never for anybody else (P22, T6).
import {
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  concatBytes,
  PublicKeyHex,
  type Bytes,
  type PersonId,
} from "#shared/base";
import { createSigner, newSecretKey, type Signer } from "#shared/crypto";
import type { OpenDevice } from "./device-key.ts";
import type { PersonFile } from "./key-files.ts";
import { DEMO_COST, derive, stretch, unwrapSecret, wrapSecret, type ScryptCost } from "./secret-key.ts";

export async function makePerson(
  person: PersonId,
  pin: string,
  device: OpenDevice,
  { random, scryptCost }: { readonly random: (length: number) => Bytes; readonly scryptCost: ScryptCost },
): Promise<{ file: PersonFile; signer: Signer }> {
  const cost = device.storage === "demo-file" ? DEMO_COST : scryptCost;
  const secretKey = newSecretKey(random);
  const signer = createSigner(secretKey);
  const salt = random(16);
  const kek = await keyOf(person, pin, salt, cost, device);
  const wrap = wrapSecret(secretKey, kek, aadOf(person, device), random);
  kek.fill(0);
  const pub = PublicKeyHex.parse(bytesToHex(signer.publicKey));
  const secret = { cost, salt: bytesToBase64(salt), wrap };
  return { file: { v: 1, person, kid: signer.kid, pub, secret }, signer };
}

/** Undefined for a wrong PIN, a damaged wrap and another person's file alike. */
export async function openPerson(
  person: PersonId,
  pin: string,
  secret: NonNullable<PersonFile["secret"]>,
  kid: PersonFile["kid"],
  device: OpenDevice,
): Promise<Signer | undefined> {
  const salt = base64ToBytes(secret.salt) ?? new Uint8Array(0);
  const kek = await keyOf(person, pin, salt, secret.cost, device);
  const secretKey = unwrapSecret(secret.wrap, kek, aadOf(person, device));
  kek.fill(0);
  if (secretKey?.length !== 32) return undefined;
  const signer = createSigner(secretKey);
  return signer.kid === kid ? signer : undefined;
}

/** KEK = HKDF-SHA-256(scrypt(PIN) || device secret, "ERT kek" || person). */
async function keyOf(
  person: PersonId,
  pin: string,
  salt: Bytes,
  cost: ScryptCost,
  device: OpenDevice,
): Promise<Bytes> {
  const stretched = await stretch(pin, salt, cost);
  const both = concatBytes(stretched, device.secret);
  const kek = derive(both, `ERT kek${person}`);
  stretched.fill(0);
  both.fill(0);
  return kek;
}

function aadOf(person: PersonId, device: OpenDevice): string {
  return `${device.signer.kid}|${person}|examiner key|1`;
}
