// How the key of the window's store gets there. The window asks its preload by a message; the preload, and nobody else,
// may ask main. Neither name is in a contract: `call` refuses both.

/** Message of the window to its preload, with a port for the answer: a CryptoKey, or null. */
export const STORE_KEY_ASK = "jiangping.store-key";

/** Channel of the preload to main: 32 bytes, or null. */
export const STORE_KEY_CHANNEL = "preload.storeKey";
