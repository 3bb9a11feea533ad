// The journal on a disk that fails on demand, for tests and rigs, and small groups of entries told apart by a number.
import { invariant, PersonId, utf8, type Bytes } from "#shared/base";
import { TABLES, type JournalView, type TableName } from "#shared/journal";
import {
  createJournalCipher,
  openJournal,
  type Draft,
  type OpenJournal,
} from "../../electron/journal/index.ts";
import type { FaultDisk } from "./fault-file-system.ts";
import { clockAt } from "./little-day.ts";

export const FOLDER = "/journal";
export const FIRST_SEGMENT = `${FOLDER}/000001.jpj`;
export const CIPHER = createJournalCipher(new Uint8Array(32).fill(9), (length) =>
  new Uint8Array(length).fill(3),
);
export const ACTOR = PersonId.parse("p-001");

export const NO_CHECKPOINTS = { build: "a build", every: Number.POSITIVE_INFINITY };

export function tryOpening(disk: FaultDisk, reserveBytes = 0, checkpoints = NO_CHECKPOINTS) {
  let tick = 0;
  return openJournal({
    folder: FOLDER,
    clock: { read: () => clockAt(tick++) },
    random: (length) => new Uint8Array(length).fill(7),
    fileSystem: disk,
    reserveBytes,
    checkpoints,
    cipher: () => CIPHER,
  });
}

export async function openOn(
  disk: FaultDisk,
  reserveBytes = 0,
  checkpoints = NO_CHECKPOINTS,
): Promise<OpenJournal> {
  const opened = await tryOpening(disk, reserveBytes, checkpoints);
  invariant(opened.ok, `the journal opens, got ${JSON.stringify(opened)}`);
  return opened.value;
}

/** A small entry that needs no other, told apart by its person. */
export function aDraft(n: number, attachments: readonly Bytes[] = []): Draft {
  return { body: { kind: "session.opened", person: PersonId.parse(`p-${n}`) }, attachments };
}

export function aGroup(first: number, size: number): Draft[] {
  return Array.from({ length: size }, (_, i) => aDraft(first + i, [utf8(`attached to ${first + i}`)]));
}

/** The numbers of `aDraft` that a journal holds, in order. */
export async function draftsIn(journal: OpenJournal): Promise<number[]> {
  const entries = await journal.read(0, Number.MAX_SAFE_INTEGER);
  return entries.map(({ entry: { body } }) => {
    invariant(body.kind === "session.opened", "only small drafts in this journal");
    return Number(body.person.slice(2));
  });
}

export function rowsOf(view: JournalView): Record<string, unknown> {
  return Object.fromEntries(
    (Object.keys(TABLES) as TableName[]).map((table) => [
      table,
      view.keys(table).map((key) => [key, view.read(table, key)]),
    ]),
  );
}
