// A key for the store, as the preload hands it over: usable, and not to be read. One for a whole run, as on a laptop.
let made: Promise<CryptoKey> | null = null;

export function aStoreKey(): Promise<CryptoKey> {
  made ??= crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return made;
}
