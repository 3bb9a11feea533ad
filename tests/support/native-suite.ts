// Set-up of the tests that run in Node: they compute as main and the registry do, and many times faster than the window.
// That both implementations give the same bytes is tested in unit/crypto.
import { nobleSuite } from "#shared/crypto";
import { suite } from "../../shared/crypto/in-use.ts";
import { startNativeSuite } from "./sound-suite.ts";

if (suite() === nobleSuite) await startNativeSuite();
