// The one HPKE suite of the project: RFC 9180, DHKEM X25519, HKDF-SHA-256, AES-256-GCM.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import type { Bytes } from "#shared/base";

export function createHpke(): CipherSuite {
  return new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** The HPKE library takes ArrayBuffers: a copy that owns exactly these bytes. */
export function plain(bytes: Bytes): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
