// What one laptop of a centre hands to another on a stick, sealed with AES-256-GCM: a sitting under a code that people carry,
// everything after it under the key that came with the sitting. Nothing of it can be read by who finds the stick.
import {
  base32ToBytes,
  base64urlToBytes,
  bytesToBase32,
  bytesToBase64url,
  concatBytes,
  invariant,
  ok,
  refuse,
  SittingId,
  utf8,
  type Bytes,
  type Refusal,
  type Result,
} from "#shared/base";
import { digest } from "./digest.ts";
import { suite } from "./in-use.ts";
import { plainCode } from "./recovery.ts";

/** `code`: the sitting itself; `key`: what follows, under the key that the sitting brought. */
export type HandOverKind = "code" | "key";

const MAGIC = utf8("ERTH");
const VERSION = 1;
const KINDS: readonly HandOverKind[] = ["code", "key"];
const SITTING_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = MAGIC.length + 2 + SITTING_BYTES + NONCE_BYTES;
/** 80 random bits: nobody tries them all, and a person can type them on the morning of an exam. */
const SEED_BYTES = 10;
const CHECK_CHARACTERS = 4;

/** Five groups of four characters; the last catches a wrong or swapped character. */
export function writeShareCode(random: (length: number) => Bytes): string {
  const seed = random(SEED_BYTES);
  invariant(seed.length === SEED_BYTES, `a share code has ${SEED_BYTES} bytes`);
  return ((bytesToBase32(seed) + checkOf(seed)).match(/.{4}/g) ?? []).join(" ");
}

/** The key of a code; typed as carelessly as a recovery code may be. */
export function readShareCode(text: string): Result<Bytes, Refusal<"share.malformed">> {
  const characters = plainCode(text);
  const seed = base32ToBytes(characters.slice(0, -CHECK_CHARACTERS));
  const isWhole = seed?.length === SEED_BYTES && characters.slice(-CHECK_CHARACTERS) === checkOf(seed);
  if (!isWhole) return refuse({ code: "share.malformed" });
  return ok(digest(concatBytes(utf8("ERT/1 share key"), seed)));
}

/** "ERTH" 0x01 | kind u8 | sitting (16) | nonce (12) | ciphertext and tag; everything before the ciphertext is bound to it. */
export function sealHandOver(
  plain: Bytes,
  { kind, sitting, key, nonce }: { kind: HandOverKind; sitting: SittingId; key: Bytes; nonce: Bytes },
): Bytes {
  const id = base64urlToBytes(sitting);
  invariant(
    id?.length === SITTING_BYTES && nonce.length === NONCE_BYTES,
    "a sitting and a nonce fit the header",
  );
  const header = concatBytes(MAGIC, Uint8Array.of(VERSION, KINDS.indexOf(kind)), id, nonce);
  return concatBytes(header, suite().encrypt({ key, nonce, aad: header }, plain));
}

/** Which key opens it; undefined for an object that is no hand-over. */
export function handOverOf(object: Bytes): { kind: HandOverKind; sitting: SittingId } | undefined {
  const isOne = object.length >= HEADER_BYTES + TAG_BYTES && MAGIC.every((byte, i) => object[i] === byte);
  const kind = KINDS[object[MAGIC.length + 1] ?? -1];
  if (!isOne || object[MAGIC.length] !== VERSION || kind === undefined) return undefined;
  const from = MAGIC.length + 2;
  const sitting = SittingId.safeParse(bytesToBase64url(object.slice(from, from + SITTING_BYTES)));
  return sitting.success ? { kind, sitting: sitting.data } : undefined;
}

/** Another code and damage are not told apart. */
export function openHandOver(object: Bytes, key: Bytes): Result<Bytes, Refusal<"share.wrong">> {
  const header = object.subarray(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES) return refuse({ code: "share.wrong" });
  const sealing = { key, nonce: header.slice(-NONCE_BYTES), aad: header };
  const plain = suite().decrypt(sealing, object.subarray(HEADER_BYTES));
  return plain ? ok(plain) : refuse({ code: "share.wrong" });
}

function checkOf(seed: Bytes): string {
  return bytesToBase32(digest(concatBytes(utf8("ERT/1 share check"), seed))).slice(0, CHECK_CHARACTERS);
}
