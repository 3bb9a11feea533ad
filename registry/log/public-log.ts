// The registry's public log (protocol 2.2): leaves follow from the acceptance journal, are taken when an entry is flushed,
// and are published a moment later, many at once. A checkpoint is signed only over leaves that are durable, is on the disk
// before anybody gets it, and never says two things of one size.
import { join } from "node:path";
import {
  bytesToBase64,
  type HashId,
  instantToDay,
  InstantMs,
  invariant,
  isEqualBytes,
  LogOrigin,
  yearOf,
  type Bytes,
} from "#shared/base";
import {
  lastLeafOf,
  signCheckpoint,
  verifyCheckpoint,
  writeLogProof,
  type TilePlace,
  type TreeHead,
} from "#shared/wire";
import type { AcceptanceJournal, PlacedEntry } from "../acceptance/journal.ts";
import type { WriteEntry } from "../acceptance/write-entry.ts";
import { DataRefused } from "../data-refused.ts";
import { writeDurably } from "../keys/durable-file.ts";
import type { RegistryKeys } from "../keys/registry-keys.ts";
import { deriveLogs, endOf } from "./derive.ts";
import { signJournalHead } from "./journal-head.ts";
import type { OneLog } from "./one-log.ts";
import {
  JOURNAL_HEAD_FILE,
  mendTiles,
  nameOf,
  readCheckpointFile,
  writeCheckpointFile,
  writeTiles,
} from "./published.ts";

export interface PublicLog {
  /** The log that leaves go into now. */
  origin(): LogOrigin;
  /** An entry of the journal, flushed: from now on its leaves are in the log. */
  take(placed: PlacedEntry): void;
  /** Does the journal still have what was promised? Part of every start, before anything else is done with it. */
  check(isNewWanted: boolean): Promise<void>;
  /** Opens the first log, one for a new year, or, after a restore, one beside the old. */
  open(write: WriteEntry, isNewWanted: boolean): Promise<void>;
  /** What was taken before this call is published when it returns. */
  publish(): Promise<void>;
  /** The newest checkpoint of a log, by the last part of its name; of the current one by default. */
  checkpoint(name: string | null): Bytes | undefined;
  /** The same as facts, of the current log. */
  standing(): { readonly origin: LogOrigin; readonly size: number; readonly root: string } | null;
  /** Of every size that was published: a narrower tile is the beginning of a wider one. */
  tile(name: string | null, place: TilePlace): Bytes | undefined;
  /** `waiting`: the leaf is in the log and the checkpoint over it is not signed yet. */
  proofOf(leaf: HashId): Bytes | "waiting" | undefined;
  /** That the tree somebody saw is the beginning of the published one; undefined when it is not, or nobody's. */
  consistency(log: LogOrigin, seen: TreeHead): ConsistentView | undefined;
  close(): Promise<void>;
}

export interface ConsistentView {
  readonly checkpoint: Bytes;
  readonly proof: readonly Bytes[];
}

export interface PublicLogOptions {
  readonly dataDir: string;
  readonly found: AcceptanceJournal["found"];
  readonly keys: RegistryKeys;
  readonly clock: () => number;
  readonly say: (line: string) => void;
}

interface Published extends TreeHead {
  readonly note: Bytes;
}

/** Leaves that come within this time share a checkpoint. */
const PUBLISH_AFTER_MS = 200;
const RETRY_AFTER_MS = 5_000;

export function createPublicLog({ dataDir, found, keys, clock, say }: PublicLogOptions): PublicLog {
  const logs = deriveLogs(found);
  const published = new Map<OneLog, Published>();
  /** Logs of which more was promised than the journal has: nothing is signed for them any more. */
  const left = new Map<OneLog, TreeHead | null>();
  let last = found.at(-1);
  let signedPlace = 0;
  let timer: NodeJS.Timeout | null = null;
  let publishing: Promise<void> = Promise.resolve();
  let isClosed = false;

  const byName = (name: string | null) =>
    name === null ? logs.current() : logs.all().find(({ origin }) => nameOf(origin) === name);

  const publishLog = async (log: OneLog): Promise<void> => {
    const size = log.tree.size();
    const former = published.get(log);
    if (size === former?.size) return;
    invariant(!former || size > former.size, "a log only grows");
    await writeTiles(dataDir, log, former?.size ?? 0, size);
    const head = { size, root: log.tree.root(size) };
    const note = signCheckpoint(log.origin, head, keys.log);
    await writeCheckpointFile(dataDir, log.origin, note);
    published.set(log, { ...head, note });
  };

  /** Tiles first, then the checkpoint over them; last how far the journal reached. */
  const publishNow = async (): Promise<void> => {
    const reached = last;
    for (const log of logs.all()) if (!left.has(log)) await publishLog(log);
    if (reached && reached.place !== signedPlace) {
      await writeDurably(join(dataDir, JOURNAL_HEAD_FILE), signJournalHead(reached, keys), 0o600);
      signedPlace = reached.place;
    }
  };

  const publish = (): Promise<void> => {
    const own = publishing.then(publishNow);
    publishing = own.catch(() => undefined);
    return own;
  };

  const schedule = (afterMs: number): void => {
    if (isClosed) return;
    timer ??= setTimeout(() => {
      timer = null;
      publish().catch((error: unknown) => {
        say(`log: not published: ${error instanceof Error ? error.message : String(error)}`);
        schedule(RETRY_AFTER_MS);
      });
    }, afterMs);
  };

  /** What was published before must be the beginning of what the journal gives now. */
  const readPublished = async (log: OneLog): Promise<void> => {
    const note = await readCheckpointFile(dataDir, log.origin);
    if (!note) return;
    const checkpoint = verifyCheckpoint(note, log.origin, keys.log.publicKey);
    if (!checkpoint.ok) {
      left.set(log, null);
      return;
    }
    const { size, root } = checkpoint.value;
    const isOurs = size <= log.tree.size() && isEqualBytes(log.tree.root(size), root);
    if (isOurs) published.set(log, { size, root, note });
    else left.set(log, { size, root });
  };

  const openNext = async (write: WriteEntry, from: OneLog | undefined): Promise<void> => {
    const at = InstantMs.parse(clock());
    const year = String(yearOf(instantToDay(at)));
    const names = new Set(logs.all().map(({ origin }) => nameOf(origin)));
    let name = year;
    for (let n = 2; names.has(name); n++) name = `${year}.${n}`;
    const log = LogOrigin.parse(`${keys.aud}/results/${name}`);
    const former = from ? endOf(from, left.get(from) ?? null) : null;
    await write({ kind: "log.opened", log, keyset: keys.keysetHash, former, at });
    say(`log: ${log} is open`);
  };

  return {
    origin: () => {
      const current = logs.current();
      invariant(current, "a log is open");
      return current.origin;
    },
    take: (placed) => {
      logs.take(placed);
      last = placed;
      schedule(PUBLISH_AFTER_MS);
    },
    check: async (isNewWanted) => {
      for (const log of logs.all()) {
        await readPublished(log);
        const promised = left.get(log);
        if (promised === undefined || isNewWanted) continue;
        if (logs.isGivenUp(log, promised))
          say(`log: ${log.origin} stays as it was published, and goes on no more`);
        else
          throw new DataRefused(
            `the checkpoint of ${log.origin} is not of the log that the journal gives: journal or checkpoint was changed or` +
              " restored. Put the newer journal back, or, after a restore, start once with --open-log: the log goes on" +
              " under a new name, and every laptop sees that it does",
          );
      }
    },
    open: async (write, isNewWanted) => {
      for (const log of logs.all()) {
        if (left.has(log)) continue; // its tiles are all that is left of leaves the journal does not have
        const mended = await mendTiles(dataDir, log);
        if (mended > 0) say(`log: ${mended} tiles were not what the journal says, and were written again`);
      }
      const current = logs.current();
      const year = yearOf(instantToDay(InstantMs.parse(clock())));
      const isOfThisYear = current && nameOf(current.origin).split(".")[0] === String(year);
      if (!isOfThisYear || isNewWanted) await openNext(write, current);
      await publish();
    },
    publish,
    checkpoint: (name) => {
      const log = byName(name);
      return log && published.get(log)?.note;
    },
    standing: () => {
      const log = logs.current();
      const now = log && published.get(log);
      return log && now ? { origin: log.origin, size: now.size, root: bytesToBase64(now.root) } : null;
    },
    tile: (name, place) => {
      const log = byName(name);
      const size = log && published.get(log)?.size;
      return size !== undefined && lastLeafOf(place) <= size ? log?.tile(place) : undefined;
    },
    proofOf: (leaf) => {
      const log = logs.all().find((one) => one.indexOf(leaf) !== undefined);
      const index = log?.indexOf(leaf);
      if (!log || index === undefined) return undefined;
      const checkpoint = published.get(log);
      if (!checkpoint || index >= checkpoint.size) return "waiting";
      const hashes = log.tree.inclusion(index, checkpoint.size);
      return writeLogProof({ index, hashes, checkpoint: checkpoint.note });
    },
    consistency: (origin, seen) => {
      const log = logs.all().find((one) => one.origin === origin);
      const now = log && published.get(log);
      if (!log || !now || seen.size < 1 || seen.size > now.size) return undefined;
      if (!isEqualBytes(log.tree.root(seen.size), seen.root)) return undefined;
      return { checkpoint: now.note, proof: log.tree.consistency(seen.size, now.size) };
    },
    close: async () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await publish();
    },
  };
}
