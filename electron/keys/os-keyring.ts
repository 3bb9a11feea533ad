// The operating system's keyring behind Electron's safeStorage, in its synchronous form (Electron 25) and its
// asynchronous one (newer). A "keyring" that only hides bytes under a fixed key is none (rulings 11).
import { bytesToBase64, base64ToBytes, type Bytes } from "#shared/base";

/** What we use of Electron's `safeStorage`. */
export interface SyncSafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Uint8Array;
  decryptString(sealed: Buffer): string;
  /** Electron 25 does not have it; there, no keyring means no encryption. */
  getSelectedStorageBackend?(): string;
}
export interface AsyncSafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Uint8Array>;
  decryptStringAsync(sealed: Buffer): Promise<{ readonly result: string }>;
}
export type SafeStorage = SyncSafeStorage & Partial<AsyncSafeStorage>;

export interface OsKeyring {
  seal(secret: Bytes): Promise<Bytes>;
  /** Undefined when the keyring does not open it: another login, another app path, a replaced keyring (S14). */
  open(sealed: Bytes): Promise<Bytes | undefined>;
}

/** Null where the system has no keyring worth the name. */
export async function adaptSafeStorage(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<OsKeyring | null> {
  if (platform === "linux" && isWithoutKey(safeStorage.getSelectedStorageBackend?.())) return null;
  if (isAsync(safeStorage) && (await safeStorage.isAsyncEncryptionAvailable())) {
    return createOsKeyring(
      (text) => safeStorage.encryptStringAsync(text),
      async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
    );
  }
  if (!safeStorage.isEncryptionAvailable()) return null;
  return createOsKeyring(
    async (text) => safeStorage.encryptString(text),
    async (sealed) => safeStorage.decryptString(sealed),
  );
}

function isWithoutKey(backend: string | undefined): boolean {
  return backend === "basic_text" || backend === "unknown";
}

function isAsync(safeStorage: SafeStorage): safeStorage is SyncSafeStorage & AsyncSafeStorage {
  return "encryptStringAsync" in safeStorage && "isAsyncEncryptionAvailable" in safeStorage;
}

function createOsKeyring(
  encrypt: (text: string) => Promise<Uint8Array>,
  decrypt: (sealed: Buffer) => Promise<string>,
): OsKeyring {
  return {
    seal: async (secret) => new Uint8Array(await encrypt(bytesToBase64(secret))),
    open: async (sealed) => {
      // safeStorage throws plain errors without a code: whatever it says, the blob did not open.
      const text = await decrypt(Buffer.from(sealed)).catch(() => undefined);
      return text === undefined ? undefined : base64ToBytes(text);
    },
  };
}
