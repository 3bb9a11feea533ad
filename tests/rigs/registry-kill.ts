// The registry-kill rig (P3, P8, T13): the real registry, a process of its own on real files, ended with SIGKILL at every
// step of acceptance, on PGlite and on PostgreSQL. After each start: no receipt without its batch, no batch lost, the same
// receipt to whoever asks again, one row each.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createRandom,
  isEqualBytes,
  pick,
  pickInt,
  type Bytes,
  type HashId,
  type Random,
} from "#shared/base";
import { textToRecord } from "#shared/wire";
import { readAcceptanceJournal } from "../../registry/acceptance/journal.ts";
import type { AcceptanceStep } from "../../registry/acceptance/steps.ts";
import { bytesIn, call, deliver, enrolLaptop, headOf } from "../support/registry-calls.ts";
import { countRows } from "../support/index-rows.ts";
import makeTemplate, { layIndex, removePlace } from "../support/index-template.ts";
import { rounded, type Measured } from "../support/measured.ts";
import { startPostgres, type PostgresServer } from "../support/postgres.ts";
import { buildRegistry, type RegistryProcess, type RegistryProgram } from "../support/registry-program.ts";
import { sealNext, type Laptop, type SealedBatchBytes } from "../support/wire-builders.ts";
import type { RigOptions } from "./options.ts";

/** In the order a batch meets them; `any moment` is a clock outside the process. */
const KILL_STEPS = [
  "manifest verified",
  "offer noted",
  "object written",
  "object flushed",
  "object renamed",
  "object stored",
  "batch.accepted due",
  "batch.accepted written",
  "batch.accepted flushed",
  "batch.accepted filing",
  "batch.accepted filed",
  "batch opened",
  "batch.judged due",
  "batch.judged written",
  "batch.judged flushed",
  "batch.judged filing",
  "batch.judged filed",
  "receipt answered",
  "any moment",
] as const satisfies readonly (AcceptanceStep | "any moment")[];
type KillStep = (typeof KILL_STEPS)[number];

const STORES = ["pglite", "postgres"] as const;

const SHEETS = 2;
/** Pack, roster, rubric: a step of an object is reached once for each. */
const OBJECTS = 3;
/** Kills on one data folder before the next is begun: a start reads all of its journal. */
const FOLDER_KILLS = 25;
/** Folders at once: while one registry starts, another takes a batch. */
const LANES = 2;

export interface KillTally {
  kills: number;
  /** Kills after which the journal had the batch: what must never be lost. */
  accepted: number;
  /** Kills after which the laptop already held the receipt. */
  answered: number;
  readonly perStep: Map<KillStep, number>;
  /** What should not be, in words. */
  readonly wrong: string[];
}

export async function registryKillRig({ count, seed, say }: RigOptions): Promise<Measured> {
  const figures: Record<string, string | number> = { seed, steps: KILL_STEPS.length, killsPerStep: count };
  const wrong: string[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  for (const store of STORES) {
    const started = Date.now();
    const tally = await killBehind(store, { count, seed, say });
    const seconds = (Date.now() - started) / 1000;
    fewest = Math.min(fewest, ...KILL_STEPS.map((step) => tally.perStep.get(step) ?? 0));
    wrong.push(...tally.wrong.map((what) => `${store}: ${what}`));
    Object.assign(figures, {
      [`${store}Kills`]: tally.kills,
      [`${store}BatchInJournal`]: tally.accepted,
      [`${store}ReceiptInHand`]: tally.answered,
      [`${store}Wrong`]: tally.wrong.length,
      [`${store}Seconds`]: rounded(seconds, 1),
      [`${store}KillsPerMinute`]: rounded((tally.kills * 60) / seconds, 1),
    });
  }
  for (const what of wrong) say(what);
  return {
    name: "registry-kill",
    figures,
    goals: {
      kills: { goal: `each step met ${String(count)} kills on each database`, met: fewest >= count },
      wrong: {
        goal: "no receipt without its batch, no batch lost, the same receipt again, one row each",
        met: wrong.length === 0,
      },
    },
  };
}

/** Every step so often, shuffled over folders; on PostgreSQL with a database for each folder, else on PGlite. */
export async function killOn(
  server: Pick<PostgresServer, "newDatabase"> | null,
  { count, seed, say }: RigOptions,
  steps: readonly KillStep[] = KILL_STEPS,
): Promise<KillTally> {
  const random = createRandom(seed);
  const rounds = shuffled(
    steps.flatMap((step) => Array.from({ length: count }, () => step)),
    random,
  );
  const tally: KillTally = { kills: 0, accepted: 0, answered: 0, perStep: new Map(), wrong: [] };
  const program = await buildRegistry();
  const removeTemplate = server ? undefined : await makeTemplate();
  try {
    const lane = async () => {
      for (
        let part = rounds.splice(0, FOLDER_KILLS);
        part.length > 0;
        part = rounds.splice(0, FOLDER_KILLS)
      ) {
        const databaseUrl = server ? await server.newDatabase() : null;
        await killOnFolder(program, databaseUrl, part, random, tally);
        say(
          `${server ? "postgres" : "pglite"}: ${String(tally.kills)} kills, ${String(tally.wrong.length)} wrong`,
        );
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    program.remove();
    removeTemplate?.();
  }
  return tally;
}

async function killBehind(store: (typeof STORES)[number], options: RigOptions): Promise<KillTally> {
  const server = store === "postgres" ? await startPostgres() : null;
  try {
    return await killOn(server, options);
  } finally {
    await server?.stop();
  }
}

interface Sent {
  readonly sealed: SealedBatchBytes;
  readonly receipt: Bytes;
}

async function killOnFolder(
  program: RegistryProgram,
  databaseUrl: string | null,
  steps: readonly KillStep[],
  random: Random,
  tally: KillTally,
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "jiangping-kill-"));
  if (databaseUrl === null) layIndex(dataDir);
  let registry = await program.start(dataDir, databaseUrl);
  try {
    const laptop = await enrolLaptop(registry.url);
    const sent: Sent[] = [];
    for (const step of steps) {
      const sealed = await sealNext(laptop, SHEETS);
      const held = await killAt(registry, step, sealed, random);
      const found = await journalOf(dataDir);
      registry = await program.start(dataDir, databaseUrl);
      const round = await lookAfter({ ...found, dataDir, url: registry.url, held, sealed, laptop });
      for (const what of [...round.wrong, ...(await askEarlier(registry.url, sent, random))])
        tally.wrong.push(`${step}, batch ${String(sealed.manifest.deviceSeq)}: ${what}`);
      sent.push({ sealed, receipt: round.receipt });
      tally.kills += 1;
      tally.accepted += round.wasAccepted ? 1 : 0;
      tally.answered += held ? 1 : 0;
      tally.perStep.set(step, (tally.perStep.get(step) ?? 0) + 1);
    }
    await registry.stop();
    const rows = await countRows(dataDir, databaseUrl);
    const wanted = { batches: sent.length, receipts: sent.length, sheets: sent.length * SHEETS };
    if (JSON.stringify(rows) !== JSON.stringify(wanted))
      tally.wrong.push(`rows ${JSON.stringify(rows)} instead of ${JSON.stringify(wanted)}`);
  } finally {
    registry.child.kill("SIGKILL");
    await registry.ended;
    removePlace(dataDir);
  }
}

/** Sends until the process is gone, then once it is: the receipt, where the laptop got to hear it. */
async function killAt(
  registry: RegistryProcess,
  step: KillStep,
  sealed: SealedBatchBytes,
  random: Random,
): Promise<Bytes | undefined> {
  let timer: NodeJS.Timeout | undefined;
  if (step === "any moment")
    timer = setTimeout(() => registry.child.kill("SIGKILL"), pickInt(0, ANY_MOMENT_MS, random));
  else await registry.arm({ step, nth: step.startsWith("object ") ? pickInt(1, OBJECTS, random) : 1 });
  const held = await deliver(registry.url, sealed).catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  const end = await Promise.race([registry.ended, within(KILLED_WITHIN_MS)]);
  clearTimeout(timer);
  if (end?.signal !== "SIGKILL") throw new Error(`the registry was not ended at the step "${step}"`);
  return held;
}

const ANY_MOMENT_MS = 150;
const KILLED_WITHIN_MS = 20_000;

/** How an HTTP client sees that the other side was killed. */
function isGone(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}

interface Found {
  /** Places in the journal's order. */
  readonly accepted: ReadonlyMap<HashId, readonly number[]>;
  readonly judged: ReadonlyMap<HashId, { readonly place: number; readonly receipt: Bytes }>;
  readonly objects: ReadonlyMap<HashId, readonly HashId[]>;
  readonly wrong: readonly string[];
}

/** What lies on the disk, past a torn tail. */
async function journalOf(dataDir: string): Promise<Found> {
  const { found } = await readAcceptanceJournal(join(dataDir, "acceptance.journal"));
  const accepted = new Map<HashId, number[]>();
  const objects = new Map<HashId, readonly HashId[]>();
  const judged = new Map<HashId, { place: number; receipt: Bytes }>();
  const wrong: string[] = [];
  for (const { place, entry } of found) {
    if (entry.kind === "batch.accepted") {
      accepted.set(entry.batch, [...(accepted.get(entry.batch) ?? []), place]);
      objects.set(entry.batch, entry.objects);
    }
    if (entry.kind === "batch.judged") {
      if (judged.has(entry.batch)) wrong.push(`judged twice: ${entry.batch}`);
      judged.set(entry.batch, { place, receipt: textToRecord(entry.receipt.record) ?? new Uint8Array() });
    }
  }
  return { accepted, judged, objects, wrong };
}

async function lookAfter({
  accepted,
  judged,
  objects,
  wrong: inJournal,
  ...round
}: Found & {
  readonly dataDir: string;
  readonly url: string;
  readonly held: Bytes | undefined;
  readonly sealed: SealedBatchBytes;
  readonly laptop: Laptop;
}): Promise<{ readonly wrong: readonly string[]; readonly receipt: Bytes; readonly wasAccepted: boolean }> {
  const { dataDir, url, held, sealed, laptop } = round;
  const wrong = [...inJournal];
  const places = accepted.get(sealed.batch) ?? [];
  const judgement = judged.get(sealed.batch);
  if (places.length > 1) wrong.push("accepted twice");
  if (judgement && !(places[0] !== undefined && places[0] < judgement.place))
    wrong.push("a receipt in the journal without its batch before it");
  if (held && !judgement) wrong.push("the laptop holds a receipt that the journal does not have");
  for (const wire of objects.get(sealed.batch) ?? [])
    if (!isStored(dataDir, wire)) wrong.push(`accepted without the object ${wire}`);

  // The registry takes up by itself what it had accepted: nothing is sent again.
  const wasAccepted = places.length > 0;
  if (wasAccepted) {
    const { status, json } = await call(url, "GET", `/batches/${sealed.batch}`);
    if (status !== 200 || json["state"] !== "final") wrong.push(`lost: ${JSON.stringify(json)}`);
  }
  const receipt = await deliver(url, sealed);
  const again = await deliver(url, sealed);
  const { json } = await call(url, "GET", `/batches/${sealed.batch}`);
  for (const other of [again, bytesIn(json, "receipt"), held, judgement?.receipt])
    if (other && !isEqualBytes(other, receipt)) wrong.push("another receipt than before");
  const { lastSeq, gaps } = await headOf(url, laptop.keys);
  if (lastSeq !== sealed.manifest.deviceSeq || gaps.length > 0)
    wrong.push(`the head names ${String(lastSeq)} and ${String(gaps.length)} gaps`);
  return { wrong, receipt, wasAccepted };
}

function isStored(dataDir: string, wire: HashId): boolean {
  const hash = wire.slice("sha256:".length);
  const path = join(dataDir, "objects", hash);
  return existsSync(path) && createHash("sha256").update(readFileSync(path)).digest("hex") === hash;
}

/** A batch of an earlier round, offered once more. */
async function askEarlier(url: string, sent: readonly Sent[], random: Random): Promise<string[]> {
  if (sent.length === 0) return [];
  const { sealed, receipt } = pick(sent, random);
  return isEqualBytes(await deliver(url, sealed), receipt)
    ? []
    : [`batch ${String(sealed.manifest.deviceSeq)} has another receipt now`];
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  const rest = [...all];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = pickInt(0, at, random);
    [rest[at], rest[other]] = [rest[other] as T, rest[at] as T];
  }
  return rest;
}

function within(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
}
