// Set-up of the tests that run in Node: they compute as main and the registry do, and many times faster than the window.
// That both implementations give the same bytes is tested in unit/crypto.
import * as nodeCrypto from "node:crypto";
import { createNativeSuite, nobleSuite, startSuite } from "#shared/crypto";
import { suite } from "../../shared/crypto/in-use.ts";

if (suite() === nobleSuite) {
  const started = await startSuite(createNativeSuite<nodeCrypto.KeyObject>(nodeCrypto));
  if (!started.ok) throw new Error(started.error.code);
}
