// A start of the main process or the registry: no key is opened and nothing verified before the implementation at hand
// gave known answers, refused what must be refused, and agreed with the other one.
import { ok, refuse, type Refusal, type Result } from "#shared/base";
import { useSuite } from "./in-use.ts";
import { nobleSuite } from "./noble-suite.ts";
import { tryEachOnTheOther, tryObjects, trySuite } from "./self-test.ts";
import type { Suite } from "./suite.ts";

export type SuiteUnsound = Refusal<"crypto.self-test">;

/** From then on `candidate` computes. Refused, nothing has changed, and nobody should go on. */
export async function startSuite(candidate: Suite): Promise<Result<void, SuiteUnsound>> {
  const failed =
    trySuite(candidate) ??
    trySuite(nobleSuite) ??
    tryEachOnTheOther(candidate, nobleSuite) ??
    (await tryObjects(candidate));
  if (failed) return refuse({ code: "crypto.self-test", facts: { ...failed } });
  useSuite(candidate);
  return ok(undefined);
}
