export { createKeyring, type Keyring, type KeyringOptions, type UnlockRefusal } from "./keyring.ts";
export { adaptSafeStorage, type OsKeyring, type SafeStorage } from "./os-keyring.ts";
export { SCRYPT_COST, type ScryptCost } from "./secret-key.ts";
