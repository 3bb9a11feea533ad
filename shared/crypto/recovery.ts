// The centre's recovery key (protocol 7): a code that people keep on paper, the X25519 pair that comes of it, and the data
// key sealed to that pair. The code opens what is stored; it signs nothing, because no signing key is ever sealed to it.
import {
  base32ToBytes,
  bytesToBase32,
  concatBytes,
  invariant,
  ok,
  refuse,
  utf8,
  type Bytes,
  type Refusal,
  type Result,
} from "#shared/base";
import { digest } from "./digest.ts";
import { createHpke, plain } from "./hpke.ts";

/** 160 random bits are far beyond any search (the pair itself gives 128). */
const SEED_BYTES = 20;
const ENC_BYTES = 32;
const CHECK_CHARACTERS = 4;
const GROUP = 4;

/** Nine groups of four characters (RFC 4648 base32): 32 of the seed, then 4 that catch a wrong or swapped character. */
export function writeRecoveryCode(random: (length: number) => Bytes): string {
  const seed = random(SEED_BYTES);
  invariant(seed.length === SEED_BYTES, `a recovery seed has ${SEED_BYTES} bytes`);
  const characters = bytesToBase32(seed) + checkOf(seed);
  return (characters.match(/.{4}/g) ?? []).join(" ");
}

export type RecoveryCodeError = Refusal<"recovery.malformed">;

/** Spaces, hyphens and case do not matter; 0, 1 and 8, which the alphabet lacks, are read as O, I and B. */
export function readRecoveryCode(text: string): Result<Bytes, RecoveryCodeError> {
  const characters = plainCode(text);
  const seed = base32ToBytes(characters.slice(0, -CHECK_CHARACTERS));
  const isWhole = seed?.length === SEED_BYTES && characters.slice(-CHECK_CHARACTERS) === checkOf(seed);
  return isWhole ? ok(seed) : refuse({ code: "recovery.malformed" });
}

/** Codes that people type: spaces, hyphens, case and look-alikes taken away. */
export function plainCode(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–—·]/g, "")
    .replace(/0/g, "O")
    .replace(/1/g, "I")
    .replace(/8/g, "B");
}

/** What a person types back to show that the code is on paper: its last two groups. */
export function proofOfCode(code: string): string {
  return code.replace(/\s/g, "").slice(-2 * GROUP);
}

export async function recoveryPublicKey(seed: Bytes): Promise<Bytes> {
  const suite = createHpke();
  const { publicKey } = await suite.kem.deriveKeyPair(plain(keyMaterial(seed)));
  return new Uint8Array(await suite.kem.serializePublicKey(publicKey));
}

/** HPKE base mode (RFC 9180, DHKEM X25519, HKDF-SHA-256, AES-256-GCM): `enc (32) | ciphertext and tag`. */
export async function sealToRecovery(dataKey: Bytes, publicKey: Bytes): Promise<Bytes> {
  const suite = createHpke();
  const recipientPublicKey = await suite.kem.deserializePublicKey(plain(publicKey));
  const sender = await suite.createSenderContext({ recipientPublicKey, info: plain(INFO) });
  return concatBytes(
    new Uint8Array(sender.enc),
    new Uint8Array(await sender.seal(plain(dataKey), plain(publicKey))),
  );
}

/** Another code and a damaged seal are not told apart. */
export async function openWithRecovery(
  sealed: Bytes,
  seed: Bytes,
): Promise<Result<Bytes, Refusal<"recovery.wrong">>> {
  const suite = createHpke();
  try {
    const recipientKey = await suite.kem.deriveKeyPair(plain(keyMaterial(seed)));
    const publicKey = await suite.kem.serializePublicKey(recipientKey.publicKey);
    const enc = plain(sealed.subarray(0, ENC_BYTES));
    const recipient = await suite.createRecipientContext({ recipientKey, enc, info: plain(INFO) });
    return ok(new Uint8Array(await recipient.open(plain(sealed.subarray(ENC_BYTES)), publicKey)));
  } catch {
    return refuse({ code: "recovery.wrong" }); // the library throws for a bad point, a bad length and a bad tag alike
  }
}

const INFO = utf8("ERT/1 recovery");

/** 32 bytes, as much as DeriveKeyPair asks for (RFC 9180, 7.1.3). */
function keyMaterial(seed: Bytes): Bytes {
  return digest(concatBytes(utf8("ERT/1 recovery seed"), seed));
}

function checkOf(seed: Bytes): string {
  return bytesToBase32(digest(concatBytes(utf8("ERT/1 recovery check"), seed))).slice(0, CHECK_CHARACTERS);
}
