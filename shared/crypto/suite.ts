// The port behind which all cryptography of suite ERT-INT-1 lies (protocol 6.2): SHA-256, Ed25519, AES-256-GCM. Two
// implementations fit it: noble, which runs in every process, and Node's own, many times faster, which the main process
// and the registry hand in. Both are tried at start (self-test.ts); which of them computes never changes an answer.
// Rules that an implementation might see differently (which keys, which S) are not its business: ed25519.ts.
import type { Bytes } from "#shared/base";

export interface Suite {
  /** Who computes; said when a self-test fails. */
  readonly by: string;
  hash(bytes: Bytes): Bytes;
  createHash(): RunningHash;
  openSecretKey(secretKey: Bytes): SecretKey;
  /** RFC 8032 §5.1.7 without the cofactor; false for whatever is no signature of these bytes. Never throws. */
  openPublicKey(publicKey: Bytes): (signature: Bytes, bytes: Bytes) => boolean;
  /** Ciphertext and tag. */
  encrypt(sealing: Sealing, plain: Bytes): Bytes;
  /** Undefined: another key, nonce or text beside, or damage. */
  decrypt(sealing: Sealing, sealed: Bytes): Bytes | undefined;
}

export interface RunningHash {
  update(bytes: Bytes): void;
  digest(): Bytes;
}

export interface SecretKey {
  readonly publicKey: Bytes;
  readonly sign: (bytes: Bytes) => Bytes;
}

export interface Sealing {
  readonly key: Bytes;
  readonly nonce: Bytes;
  readonly aad: Bytes;
}
