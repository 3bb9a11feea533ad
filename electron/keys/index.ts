export {
  createKeyring,
  openRecoveryFile,
  type Keyring,
  type KeyringOptions,
  type NewRecovery,
  type UnlockRefusal,
} from "./keyring.ts";
export { RECOVERY_NAME } from "./key-files.ts";
export { adaptSafeStorage, type OsKeyring, type SafeStorage } from "./os-keyring.ts";
export { DEMO_COST, SCRYPT_COST, type ScryptCost } from "./secret-key.ts";
