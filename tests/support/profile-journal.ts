// The journal of a demonstration's profile, opened past the app while it is not running: with its own keyring, its own
// writer and its own lock. For benchmarks and rigs that need years of history, or what the fold says.
import { randomBytes } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { invariant } from "#shared/base";
import {
  createJournalCipher,
  nodeFileSystem,
  openJournal,
  type OpenJournal,
} from "../../electron/journal/index.ts";
import { createKeyring, SCRYPT_COST } from "../../electron/keys/index.ts";
import { createEnvironment } from "../../electron/window/environment.ts";
import { historySteps, type HistoryStep } from "./many-sittings.ts";

const PROGRAM = fileURLToPath(new URL("../../dist/app/main.cjs", import.meta.url));

/** As the app that is bundled now would open it, its checkpoints included. */
export async function openProfileJournal(profile: string): Promise<OpenJournal> {
  const env = createEnvironment("0.0.0", PROGRAM);
  const keys = await createKeyring({
    folder: path.join(profile, "keys"),
    random: env.random,
    osKeyring: null,
    scryptCost: SCRYPT_COST,
    now: () => Date.now(),
  });
  const key = keys.dataKey();
  invariant(key, "a demonstration's data key is not behind a question");
  const cipher = createJournalCipher(key, (length) => new Uint8Array(randomBytes(length)));
  const opened = await openJournal({
    folder: path.join(profile, "journal"),
    clock: { read: env.clock },
    random: env.random,
    fileSystem: nodeFileSystem,
    reserveBytes: 64 * 1024 * 1024,
    checkpoints: { build: env.app.build, every: 5_000 },
    cipher: () => cipher,
  });
  invariant(opened.ok, `the journal opens, got ${JSON.stringify(opened)}`);
  return opened.value;
}

const CANDIDATES = 30;
const GROUP = 40;

/** So many signed sheets of earlier days, sealed and acknowledged; answers with the number of entries. */
export async function writeHistory(profile: string, sheets: number): Promise<number> {
  const journal = await openProfileJournal(profile);
  const people = { examiner: "p-04", administrator: "p-01" };
  const sittings = Math.ceil(sheets / CANDIDATES);
  let waiting: HistoryStep[][] = [];
  let group: HistoryStep[] = [];
  const flush = async () => {
    const answers = await Promise.all(
      waiting.map((steps) =>
        journal.append(
          steps[0]?.actor ?? null,
          steps.map(({ body }) => ({ body })),
        ),
      ),
    );
    invariant(
      answers.every(({ ok }) => ok),
      "history is written",
    );
    waiting = [];
  };
  for (const step of historySteps({ sittings, candidates: CANDIDATES, people, sealed: true })) {
    if (group.length > 0 && (group.length === GROUP || group[0]?.actor !== step.actor)) {
      waiting.push(group);
      group = [];
      if (waiting.length === 20) await flush();
    }
    group.push(step);
  }
  waiting.push(group);
  await flush();
  const { seq } = journal.head();
  await journal.close();
  return seq;
}
