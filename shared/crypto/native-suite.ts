// Suite ERT-INT-1 by Node's own crypto: OpenSSL in the registry, BoringSSL in Electron. The module comes in from outside,
// because nothing in shared/ knows where it runs. Keys come in as PEM, which both read alike; both take low-order keys and
// keys that are no points without a word, which is why ed25519.ts has rules of its own.
import { bytesToBase64, concatBytes, hexToBytes, type Bytes } from "#shared/base";
import type { Suite } from "./suite.ts";

/** The part of `node:crypto` that is used; `Key` is its KeyObject. */
export interface NodeCrypto<Key extends NodeKey> {
  createHash(name: "sha256"): NodeHash;
  /** Quicker, where Node has it (20.12); Electron 25 does not. */
  hash?(name: "sha256", bytes: Bytes, as: "buffer"): Bytes;
  createPrivateKey(pem: string): Key;
  /** Of a secret key it takes the public half. */
  createPublicKey(pem: string): Key;
  sign(algorithm: null, bytes: Bytes, key: Key): Bytes;
  verify(algorithm: null, bytes: Bytes, key: Key, signature: Bytes): boolean;
  createCipheriv(name: "aes-256-gcm", key: Bytes, nonce: Bytes): NodeCipher;
  createDecipheriv(name: "aes-256-gcm", key: Bytes, nonce: Bytes, tag: { authTagLength: 16 }): NodeDecipher;
}
interface NodeHash {
  update(bytes: Bytes): unknown;
  digest(): Bytes;
}
interface NodeKey {
  export(how: { format: "der"; type: "spki" }): Bytes;
}
interface NodeCipher {
  setAAD(bytes: Bytes): unknown;
  update(bytes: Bytes): Bytes;
  final(): Bytes;
  getAuthTag(): Bytes;
}
interface NodeDecipher {
  setAAD(bytes: Bytes): unknown;
  setAuthTag(tag: Bytes): unknown;
  update(bytes: Bytes): Bytes;
  final(): Bytes;
}

export function createNativeSuite<Key extends NodeKey>(node: NodeCrypto<Key>): Suite {
  return {
    by: "node:crypto",
    hash: (bytes) =>
      plainBytes(node.hash ? node.hash("sha256", bytes, "buffer") : startHash(node, bytes).digest()),
    createHash: () => {
      const state = node.createHash("sha256");
      return { update: (bytes) => void state.update(bytes), digest: () => plainBytes(state.digest()) };
    },
    openSecretKey: (secretKey) => {
      const secret = pem("PRIVATE KEY", concatBytes(PKCS8, secretKey));
      const key = node.createPrivateKey(secret);
      const publicKey = node.createPublicKey(secret).export({ format: "der", type: "spki" });
      return {
        publicKey: plainBytes(publicKey).slice(SPKI.length),
        sign: (bytes) => plainBytes(node.sign(null, bytes, key)),
      };
    },
    openPublicKey: (publicKey) => {
      const key = importKey(node, publicKey);
      return (signature, bytes) => key !== undefined && node.verify(null, bytes, key, signature);
    },
    encrypt: ({ key, nonce, aad }, plain) => {
      const cipher = node.createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(aad);
      return concatBytes(cipher.update(plain), cipher.final(), cipher.getAuthTag());
    },
    decrypt: ({ key, nonce, aad }, sealed) => {
      if (sealed.length < TAG_BYTES) return undefined;
      const decipher = node.createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(aad);
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        return concatBytes(decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final());
      } catch {
        return undefined; // the tag does not fit: nothing else can fail here
      }
    },
  };
}

const TAG_BYTES = 16;
/** RFC 8410 §4 and §7: what stands before the 32 bytes of a key. */
const SPKI = hexToBytes("302a300506032b6570032100");
const PKCS8 = hexToBytes("302e020100300506032b657004220420");

function startHash(node: Pick<NodeCrypto<never>, "createHash">, bytes: Bytes): NodeHash {
  const state = node.createHash("sha256");
  state.update(bytes);
  return state;
}

function importKey<Key extends NodeKey>(node: NodeCrypto<Key>, publicKey: Bytes): Key | undefined {
  if (publicKey.length !== 32) return undefined;
  try {
    return node.createPublicKey(pem("PUBLIC KEY", concatBytes(SPKI, publicKey)));
  } catch {
    return undefined; // an implementation may already refuse here what is no point
  }
}

function pem(label: string, der: Bytes): string {
  return `-----BEGIN ${label}-----\n${bytesToBase64(der)}\n-----END ${label}-----\n`;
}

/** Node answers with a Buffer, whose `slice` shares and whose equality is another's: the same bytes, seen plainly. */
function plainBytes({ buffer, byteOffset, length }: Bytes): Bytes {
  return new Uint8Array(buffer, byteOffset, length);
}
