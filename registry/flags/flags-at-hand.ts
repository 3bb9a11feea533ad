// `npm run registry -- --data DIR --flags FOLDER [--day YYYY-MM-DD]`: the supervision flags of a stopped registry, from what its own
// journal says was taken. It opens no index, and of the data it changes nothing but to hold their lock while it reads.
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { invariant, type Day } from "#shared/base";
import { EMPTY_HEAD, readAcceptanceJournal } from "../acceptance/journal.ts";
import { refuseUnfinished } from "../backup/mark.ts";
import { lockData } from "../data-lock.ts";
import { DataRefused } from "../data-refused.ts";
import { flushFolder, writeDurably } from "../keys/durable-file.ts";
import { openRegistryKeys } from "../keys/registry-keys.ts";
import { readRegister } from "../register/register.ts";
import { ownRecord } from "../store/stored.ts";
import { askInstitution, type AskedSitting } from "./ask-flags.ts";
import { objectsIn } from "./records.ts";
import { flagsFiles } from "./report.ts";
import { takenFrom } from "./taken.ts";

export interface FlagsAtHand {
  readonly dataDir: string;
  readonly demo: boolean;
  /** Null asks of every sitting. */
  readonly day: Day | null;
  /** Where the files are written. */
  readonly to: string;
  readonly log: (line: string) => void;
}

/** Throws `DataRefused` where no registry's data are, and `DataLocked` while a registry has them. */
export async function flagsAtHand({ dataDir, demo, day, to, log }: FlagsAtHand): Promise<AskedSitting[]> {
  if (!existsSync(join(dataDir, "keys.json")))
    throw new DataRefused(`${dataDir} has no data of a registry: there is no keys.json in it`);
  const unlock = lockData(dataDir);
  try {
    refuseUnfinished(dataDir);
    const { transport, keyset, aud } = await openRegistryKeys(dataDir, demo, noKeys);
    const register = readRegister(dataDir, demo);
    const { found } = await readAcceptanceJournal(join(dataDir, "acceptance.journal"));
    const taken = takenFrom(found);
    const read = objectsIn(dataDir);
    const asked: AskedSitting[] = [];
    const onDone = tellingOf(log);
    for (const of of taken.institutions)
      asked.push(
        ...(await askInstitution(of, {
          ...{ taken, read, day, onDone, transportSecret: transport.secretKey },
        })),
      );
    const sittings = asked.sort((a, b) => b.day.localeCompare(a.day));
    const files = flagsFiles({
      ...{ day, aud, sittings, name: ownRecord("keyset", keyset).value.name },
      isDemo: register.demonstration !== null,
      journal: { entries: found.length, head: found.at(-1)?.frame ?? EMPTY_HEAD },
      nameOf: (id) => register.entries().find(({ institution }) => institution.id === id)?.institution.name,
    });
    await mkdir(to, { recursive: true });
    for (const { name, bytes } of files) await writeDurably(join(to, name), bytes, 0o600);
    await flushFolder(to);
    for (const { name } of files) log(`written: ${join(to, name)}`);
    log(summaryOf(sittings));
    return sittings;
  } finally {
    unlock();
  }
}

const TOLD_EVERY = 100;

function tellingOf(log: FlagsAtHand["log"]): (what: "batches" | "sittings") => void {
  const done = { batches: 0, sittings: 0 };
  return (what) => {
    done[what] += 1;
    if (done[what] % TOLD_EVERY === 0)
      log(`so far: ${done.batches} batches opened, ${done.sittings} sittings asked`);
  };
}

function noKeys(): never {
  invariant(false, "a registry that has taken anything has its keys");
}

function summaryOf(sittings: readonly AskedSitting[]): string {
  const flags = sittings.flatMap((one) => one.flags);
  const open = flags.filter(({ standing }) => standing.state === "open").length;
  return `sittings: ${sittings.length}, flags: ${flags.length}, not dealt with: ${open}`;
}
