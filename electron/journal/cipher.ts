// The seal on what an entry says: AES-256-GCM under a key of this laptop, bound to the journal and to everything the
// chain says about the frame. Who has the disk alone can neither read an entry nor write one that opens (P9, P19).
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { concatBytes, invariant, isEqualBytes, utf8, type Bytes } from "#shared/base";

export interface JournalCipher {
  /** `key id (4) | nonce (12) | ciphertext | tag (16)`. */
  seal(clear: Bytes, about: Bytes): Bytes;
  /** Draws the nonce of the next seal and sets its key: for a moment in which nobody waits. */
  getReady(): void;
  /** `other-key`: sealed under another key. Undefined: not what was sealed, or not for this place. */
  open(sealed: Bytes, about: Bytes): Bytes | "other-key" | undefined;
}

export const SEAL_BYTES = 4 + 12 + 16;

/** `key`: 32 bytes. Nonces are random: 2^32 entries under one key are far away (NIST SP 800-38D, 8.3). */
export function createJournalCipher(key: Bytes, random: (length: number) => Bytes): JournalCipher {
  invariant(key.length === 32, "a data key has 32 bytes");
  const own = expand(key, "ERT journal key");
  const id = expand(key, "ERT journal key id").slice(0, 4);
  const newSeal = () => {
    const nonce = random(12);
    return { nonce, cipher: createCipheriv("aes-256-gcm", own, nonce) };
  };
  let ready: ReturnType<typeof newSeal> | null = null;
  return {
    seal: (clear, about) => {
      const { nonce, cipher } = ready ?? newSeal();
      ready = null;
      cipher.setAAD(about);
      return concatBytes(id, nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag());
    },
    getReady: () => {
      ready ??= newSeal();
    },
    open: (sealed, about) => {
      if (sealed.length < SEAL_BYTES) return undefined;
      if (!isEqualBytes(sealed.subarray(0, 4), id)) return "other-key";
      const decipher = createDecipheriv("aes-256-gcm", own, sealed.subarray(4, 16), { authTagLength: 16 })
        .setAAD(about)
        .setAuthTag(sealed.subarray(-16));
      try {
        return concatBytes(decipher.update(sealed.subarray(16, -16)), decipher.final());
      } catch {
        return undefined; // the tag does not fit: nothing else can fail here
      }
    },
  };
}

/** HKDF-SHA-256 (RFC 5869) without salt: the data key is uniform already. */
function expand(key: Bytes, purpose: string): Bytes {
  return new Uint8Array(hkdfSync("sha256", key, new Uint8Array(0), utf8(purpose), 32));
}
