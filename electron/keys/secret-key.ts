// How a secret that a person types, and the secret of the device, become keys; and the one wrap all keys lie in:
// AES-256-GCM bound to device, owner and purpose (protocol 4.3 and 7).
import { createCipheriv, createDecipheriv, hkdfSync, scrypt } from "node:crypto";
import { z } from "zod";
import { base64ToBytes, bytesToBase64, concatBytes, utf8, type Bytes } from "#shared/base";

/** Kept in the file beside every wrap, so that it can grow without a migration. */
export const ScryptCost = z.strictObject({
  N: z
    .int()
    .min(2)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n)), "N is a power of two"),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(4),
});
export type ScryptCost = z.infer<typeof ScryptCost>;

/** At least a quarter of a second on a slow laptop, 64 MiB [P20]. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 16, r: 8, p: 1 };

/** Of a demonstration: its PINs stand on its sign-in screen and its device's secret lies in the clear, so nobody waits for either. */
export const DEMO_COST: ScryptCost = { N: 2 ** 10, r: 8, p: 1 };

export const Base64 = z.string().refine((text) => base64ToBytes(text) !== undefined, "canonical base64");

export const Wrap = z.strictObject({ nonce: Base64, sealed: Base64 });
export type Wrap = z.infer<typeof Wrap>;

export function stretch(secret: string, salt: Bytes, { N, r, p }: ScryptCost): Promise<Bytes> {
  // Typed on another keyboard or system, the same characters may come as other code points.
  const typed = Buffer.from(secret.normalize("NFC"), "utf8");
  return new Promise((resolve, reject) => {
    scrypt(typed, salt, 32, { N, r, p, maxmem: 256 * N * r + 1024 * 1024 }, (error, key) => {
      typed.fill(0);
      if (error) reject(error);
      else resolve(new Uint8Array(key));
    });
  });
}

/** HKDF-SHA-256; the info is the purpose and, for a person's key, who it is for. */
export function derive(secret: Bytes, purpose: string, length = 32): Bytes {
  return new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(0), utf8(purpose), length));
}

export function wrapSecret(secret: Bytes, key: Bytes, aad: string, random: (length: number) => Bytes): Wrap {
  const nonce = random(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(utf8(aad));
  const sealed = concatBytes(cipher.update(secret), cipher.final(), cipher.getAuthTag());
  return { nonce: bytesToBase64(nonce), sealed: bytesToBase64(sealed) };
}

/** Undefined for a wrong key, a wrong owner and a damaged wrap alike. */
export function unwrapSecret({ nonce, sealed }: Wrap, key: Bytes, aad: string): Bytes | undefined {
  const bytes = base64ToBytes(sealed) ?? new Uint8Array(0);
  const nonceBytes = base64ToBytes(nonce) ?? new Uint8Array(0);
  if (bytes.length < TAG_BYTES || nonceBytes.length !== 12) return undefined;
  const tag = bytes.subarray(bytes.length - TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, nonceBytes, { authTagLength: TAG_BYTES })
    .setAAD(utf8(aad))
    .setAuthTag(tag);
  try {
    return concatBytes(decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final());
  } catch {
    return undefined; // the tag does not fit: nothing else can fail here
  }
}

const TAG_BYTES = 16;
