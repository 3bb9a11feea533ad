// Node's own cryptography, tried and put in use, as main and the registry begin: many times faster than the window's.
import * as nodeCrypto from "node:crypto";
import { createNativeSuite, startSuite } from "#shared/crypto";

export async function startNativeSuite(): Promise<void> {
  const started = await startSuite(createNativeSuite<nodeCrypto.KeyObject>(nodeCrypto));
  if (!started.ok) throw new Error(started.error.code);
}
