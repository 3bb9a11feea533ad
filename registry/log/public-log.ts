// Which public log is open: opened by an entry of the acceptance journal, so that every later leaf knows where it goes.
import { instantToDay, InstantMs, LogOrigin, yearOf } from "#shared/base";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import type { AcceptanceJournal } from "../acceptance/journal.ts";
import type { WriteEntry } from "../acceptance/write-entry.ts";

export interface PublicLog {
  /** The log that leaves go into now. */
  origin(): LogOrigin;
}

export async function openPublicLog(
  found: AcceptanceJournal["found"],
  write: WriteEntry,
  { aud, keysetHash }: RegistryKeys,
  clock: () => number,
): Promise<PublicLog> {
  let current = found.reduce<LogOrigin | null>(
    (last, { entry }) => (entry.kind === "log.opened" ? entry.log : last),
    null,
  );
  if (current === null) {
    const at = InstantMs.parse(clock());
    current = LogOrigin.parse(`${aud}/results/${yearOf(instantToDay(at))}`);
    await write({ kind: "log.opened", log: current, keyset: keysetHash, former: null, at });
  }
  const origin = current;
  return { origin: () => origin };
}
