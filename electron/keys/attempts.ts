// How often a PIN was tried in vain, and what that costs (P20, protocol 4.3): five free tries, then 30 seconds doubling
// to an hour, and at twenty the key is gone. A try is counted before it is made, so that killing the program wins
// nothing. Copying the disk still goes round all of this; that is what the device secret is for.
import { createHmac } from "node:crypto";
import { bytesToBase64, isEqualBytes, base64ToBytes, utf8, type Bytes, type PersonId } from "#shared/base";
import { canonicalText } from "#shared/wire";
import type { AttemptsFile, KeyFile } from "./key-files.ts";
import { derive } from "./secret-key.ts";

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
export const LAST_TRY = 20;

export interface Attempts {
  /** Milliseconds until this person may try again; 0 for now. */
  waitMs(person: PersonId): Promise<number>;
  /** Counts a try as failed until `forgive` says otherwise; answers how many there are. */
  count(person: PersonId): Promise<number>;
  forgive(person: PersonId): Promise<void>;
}

type Counted = Pick<AttemptsFile, "people" | "others">;

export function createAttempts(
  file: KeyFile<AttemptsFile>,
  deviceSecret: Bytes,
  now: () => number,
): Attempts {
  const key = derive(deviceSecret, "attempts");

  /** Without a count that proves itself, everybody's free tries are spent: deleting the file wins nothing. */
  async function read(): Promise<Counted> {
    const stored = await file.read();
    if (typeof stored === "object" && isProved(stored, key)) return stored;
    const spent: Counted = { people: {}, others: { failed: FREE_TRIES, last: now() } };
    await writeCounted(file, spent, key);
    return spent;
  }

  async function set(person: PersonId, failed: number): Promise<void> {
    const { people, others } = await read();
    await writeCounted(file, { people: { ...people, [person]: { failed, last: now() } }, others }, key);
  }

  return {
    waitMs: async (person) => {
      const { failed, last } = triesOf(person, await read());
      const wait = waitAfter(failed);
      const passed = now() - last;
      if (wait === 0) return 0;
      if (passed >= 0) return Math.max(0, wait - passed);
      // The clock was set back: the wait begins again from here, it does not last for years.
      await set(person, failed);
      return wait;
    },
    count: async (person) => {
      const failed = triesOf(person, await read()).failed + 1;
      await set(person, failed);
      return failed;
    },
    forgive: (person) => set(person, 0),
  };
}

/** For a device on which nobody has tried anything yet. */
export async function startAttempts(file: KeyFile<AttemptsFile>, deviceSecret: Bytes): Promise<void> {
  await writeCounted(file, { people: {}, others: { failed: 0, last: 0 } }, derive(deviceSecret, "attempts"));
}

function triesOf(person: PersonId, { people, others }: Counted): Counted["others"] {
  return people[person] ?? others;
}

function waitAfter(failed: number): number {
  return failed < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failed - FREE_TRIES));
}

function isProved(stored: AttemptsFile, key: Bytes): boolean {
  const mac = base64ToBytes(stored.mac);
  return mac !== undefined && isEqualBytes(mac, macOf(stored, key));
}

function writeCounted(file: KeyFile<AttemptsFile>, { people, others }: Counted, key: Bytes): Promise<void> {
  return file.write({ v: 1, people, others, mac: bytesToBase64(macOf({ people, others }, key)) });
}

function macOf({ people, others }: Counted, key: Bytes): Bytes {
  const text = utf8(canonicalText({ people, others }));
  return new Uint8Array(createHmac("sha256", key).update(text).digest());
}
