// The registry verifies every sheet of every laptop: Node's crypto does it, many times faster than JavaScript, once it has
// shown at this start that it knows what is right.
import { startSuite, type Suite } from "#shared/crypto";

/** One line that an operator can act on. */
export class SuiteRefused extends Error {}

export async function startTriedSuite(candidate: Suite): Promise<void> {
  const started = await startSuite(candidate);
  if (started.ok) return;
  const { step = "", by = "" } = started.error.facts ?? {};
  throw new SuiteRefused(
    `the self-test of the cryptography failed at "${String(step)}" (${String(by)}): this Node or this processor computes ` +
      "wrongly. Nothing was opened or changed. Start the registry with another Node, or on another machine",
  );
}
