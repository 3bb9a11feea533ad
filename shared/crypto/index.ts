export * from "./digest.ts";
export * from "./ed25519.ts";
export * from "./hand-over.ts";
export * from "./id-hash.ts";
export * from "./object.ts";
export * from "./recovery.ts";
