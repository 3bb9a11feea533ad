// The few globals that all three runtimes (Electron's main process, its sandboxed window, Node) have. Nothing else
// exists in shared/: a clock, a timer or a network would make the core find out where it runs.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
/** Opaque: only the HPKE library looks inside. */
interface CryptoKey {
  readonly algorithm: object;
}
interface CryptoKeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}
