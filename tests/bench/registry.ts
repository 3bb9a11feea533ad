// What a registry can take (issue D): a fleet of centres sends sealed batches to the real registry in a process of its own,
// which flushes, verifies every sheet's signature, recomputes every total and signs receipts. Beside it, in the same run and
// on the same cores: the raw rate of Ed25519 verification, the same registry without its signature check, a plain JSON POST
// to the same database, and PouchDB to pouchdb-server.
import { generateKeyPairSync, sign, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Usage } from "../support/measure-hook.ts";
import { percentile, rounded, type Measured } from "../support/measured.ts";
import { startPostgres } from "../support/postgres.ts";
import { buildRegistry, type RegistryProcess, type RegistryProgram } from "../support/registry-program.ts";
import type { SealedBatchBytes } from "../support/wire-builders.ts";
import { BATCH_SHEETS, call, enrolFleet, sealFor, send, type Delivered } from "./fleet.ts";
import { pouchPeer } from "./pouch-peer.ts";

const HOOK = "tests/support/measure-hook.ts";
/** Batches on their way at once while the registry is to be kept busy. */
const AT_ONCE = 12;
/** Share of the measured rate at which receipts are timed: a queue says nothing about a registry that is not overrun. */
const PACE = 0.5;
const SAMPLE_MS = 500;

export interface RegistryBenchOptions {
  readonly centres: number;
  readonly sheets: number;
}

export async function registryBench({ centres, sheets }: RegistryBenchOptions): Promise<Measured> {
  const server = await startPostgres().catch((error: unknown) => String(error));
  const store = typeof server === "string" ? `pglite; PostgreSQL did not run: ${server}` : "postgres";
  const database = () => (typeof server === "string" ? Promise.resolve(null) : server.newDatabase());
  try {
    const rawBefore = rawVerifyUs();
    const full = await withFleet({ centres, sheets, database, replace: null, isPaced: true });
    const unsigned = await withFleet({
      ...{ centres, sheets, database, isPaced: false },
      replace: { file: "shared/crypto/ed25519.ts", by: "tests/bench/without-signatures.ts" },
    });
    const rawUs = (rawBefore + rawVerifyUs()) / 2;
    const single = await plainPost(full.words, 1, database);
    const many = await plainPost(full.words, BATCH_SHEETS, database);
    const pouch = await pouchPeer(full.words);
    const isPouch = "sheetsPerSecond" in pouch;
    const rates = [single.perSecond, many.perSecond, ...(isPouch ? [pouch.sheetsPerSecond] : [])];
    const inRaw = full.cpuUsPerSheet / rawUs;
    return {
      name: "registry",
      figures: {
        ...{
          store,
          centres,
          sheetsPerCentre: sheets,
          sheetsPerBatch: Math.min(BATCH_SHEETS, sheets),
          batches: full.batches,
        },
        sheetsPerSecond: rounded(full.perSecond, 0),
        cpuUsPerSheet: rounded(full.cpuUsPerSheet, 1),
        receiptP50Ms: msBelow(full.paced, "receiptMs", 0.5),
        receiptP95Ms: msBelow(full.paced, "receiptMs", 0.95),
        offerToReceiptP95Ms: msBelow(full.paced, "tookMs", 0.95),
        pacedSheetsPerSecond: rounded(full.pacedPerSecond, 0),
        saturatedReceiptP95Ms: msBelow(full.delivered, "receiptMs", 0.95),
        memoryMiB: full.memory.join(" "),
        unsignedSheetsPerSecond: rounded(unsigned.perSecond, 0),
        unsignedCpuUsPerSheet: rounded(unsigned.cpuUsPerSheet, 1),
        rawVerifyUs: rounded(rawUs, 1),
        rawVerifiesPerSecondPerCore: rounded(1e6 / rawUs, 0),
        cpuInRawVerifies: rounded(inRaw),
        plainPostSheetsPerSecond: rounded(single.perSecond, 0),
        plainPostCpuUsPerSheet: rounded(single.cpuUsPerSheet, 1),
        plainPostOf200SheetsPerSecond: rounded(many.perSecond, 0),
        plainPostOf200CpuUsPerSheet: rounded(many.cpuUsPerSheet, 1),
        pouchSheetsPerSecond: isPouch ? rounded(pouch.sheetsPerSecond, 0) : pouch.notRun,
        pouchServerCpuUsPerSheet: isPouch
          ? rounded((pouch.cpuMs * 1000) / full.words.length, 1)
          : "not run here",
      },
      goals: {
        cpu: {
          goal: `at most 2 raw verifications of CPU a sheet: ${String(rounded(inRaw))}`,
          met: inRaw <= 2,
        },
        rate: { goal: "at least 2,000 sheets/s", met: full.perSecond >= 2_000 },
        receipt: {
          goal: "p95 of a receipt below 250 ms",
          met: msBelow(full.paced, "receiptMs", 0.95) < 250,
        },
        peers: {
          goal: isPouch ? "ahead of every peer" : `ahead of every peer; not all ran: ${pouch.notRun}`,
          met: isPouch && rates.every((rate) => rate < full.perSecond),
        },
        whole: { goal: "every sheet accepted", met: full.isWhole && unsigned.isWhole },
      },
    };
  } finally {
    if (typeof server !== "string") await server.stop();
  }
}

function msBelow(delivered: readonly Delivered[], of: "receiptMs" | "tookMs", share: number): number {
  return rounded(
    percentile(
      delivered.map((one) => one[of]),
      share,
    ),
    1,
  );
}

interface FleetOptions extends RegistryBenchOptions {
  readonly database: () => Promise<string | null>;
  readonly replace: { readonly file: string; readonly by: string } | null;
  readonly isPaced: boolean;
}

async function withFleet({ centres, sheets, database, replace, isPaced }: FleetOptions) {
  const dataDir = mkdtempSync(join(tmpdir(), "jiangping-fleet-"));
  const databaseUrl = await database();
  const program = await buildRegistry({ hook: HOOK, replace });
  let registry: RegistryProcess | null = null;
  try {
    const laptops = await enrolFleet(dataDir, databaseUrl, centres);
    const words: string[] = [];
    // One centre's batches are a chain: they go one after another, those of different centres side by side.
    const chains = [];
    const pacedBatches = [];
    const warmUp = [];
    for (const laptop of laptops) {
      // A registry runs for months: what its first batches cost is not what a batch costs.
      warmUp.push([await sealFor(laptop, BATCH_SHEETS)]);
      const chain = [];
      for (let left = sheets; left > 0; left -= BATCH_SHEETS)
        chain.push(await sealFor(laptop, Math.min(BATCH_SHEETS, left), words));
      chains.push(chain);
      if (isPaced) pacedBatches.push(await sealFor(laptop, BATCH_SHEETS));
    }
    registry = await program.start(dataDir, databaseUrl);
    const { url } = registry;
    await sendChains(url, warmUp);
    const memory: number[] = [];
    const sampler = setInterval(() => {
      if (registry) void usageOf(registry).then(({ rssMiB }) => memory.push(rounded(rssMiB, 0)));
    }, SAMPLE_MS);
    const before = await usageOf(registry);
    const from = performance.now();
    const delivered = await sendChains(url, chains);
    const seconds = (performance.now() - from) / 1000;
    const cpuMs = (await usageOf(registry)).cpuMs - before.cpuMs;
    const perSecond = words.length / seconds;
    const paced = await sendPaced(url, pacedBatches, perSecond * PACE);
    const all = [...delivered, ...paced.delivered];
    clearInterval(sampler);
    const accepted = all.reduce((sum, { receipt }) => sum + receipt.sheets.accepted, 0);
    return {
      ...{ words, delivered, perSecond, memory, batches: delivered.length },
      paced: paced.delivered,
      pacedPerSecond: paced.perSecond,
      cpuUsPerSheet: (cpuMs * 1000) / words.length,
      isWhole: accepted === words.length + pacedBatches.length * BATCH_SHEETS,
    };
  } finally {
    await registry?.stop();
    program.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function sendChains(
  url: string,
  chains: readonly (readonly SealedBatchBytes[])[],
): Promise<Delivered[]> {
  const waiting = [...chains];
  const delivered: Delivered[] = [];
  const lane = async () => {
    for (let chain = waiting.shift(); chain; chain = waiting.shift())
      for (const sealed of chain) delivered.push(await send(url, sealed));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return delivered;
}

/** Batches arrive by the clock, whether or not the ones before them were answered. */
async function sendPaced(
  url: string,
  batches: readonly SealedBatchBytes[],
  sheetsPerSecond: number,
): Promise<{ readonly delivered: readonly Delivered[]; readonly perSecond: number }> {
  const everyMs = (BATCH_SHEETS * 1000) / sheetsPerSecond;
  const from = performance.now();
  const delivered = await Promise.all(
    batches.map(async (sealed, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * everyMs));
      return send(url, sealed);
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  return { delivered, perSecond: (batches.length * BATCH_SHEETS) / seconds };
}

async function plainPost(words: readonly string[], atOnce: number, database: () => Promise<string | null>) {
  const dataDir = mkdtempSync(join(tmpdir(), "jiangping-plain-"));
  const program: RegistryProgram = await buildRegistry({
    hook: HOOK,
    main: "tests/bench/plain-post-server.ts",
  });
  let peer: RegistryProcess | null = null;
  try {
    peer = await program.start(dataDir, await database());
    const { url } = peer;
    const bodies: string[] = [];
    for (let at = 0; at < words.length; at += atOnce)
      bodies.push(`[${words.slice(at, at + atOnce).join(",")}]`);
    const before = await usageOf(peer);
    const from = performance.now();
    const lane = async () => {
      for (let body = bodies.shift(); body !== undefined; body = bodies.shift())
        await call(`${url}/sheets`, "POST", "application/json", body);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    const seconds = (performance.now() - from) / 1000;
    const cpuMs = (await usageOf(peer)).cpuMs - before.cpuMs;
    return { perSecond: words.length / seconds, cpuUsPerSheet: (cpuMs * 1000) / words.length };
  } finally {
    await peer?.stop();
    program.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Asked of that process itself; answers come in the order of the questions. */
function usageOf({ child }: RegistryProcess): Promise<Usage> {
  return new Promise((resolve) => {
    child.once("message", (usage) => resolve(usage as Usage));
    child.send("usage");
  });
}

/** CPU of one verification by the runtime's own library, over bytes as long as a sheet. */
function rawVerifyUs(): number {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const bytes = new Uint8Array(2_000).fill(7);
  const signature = sign(null, bytes, privateKey);
  const rounds = 4_000;
  const before = process.cpuUsage();
  for (let n = 0; n < rounds; n++)
    if (!verify(null, bytes, publicKey, signature)) throw new Error("a good signature does not verify");
  const { user, system } = process.cpuUsage(before);
  return (user + system) / rounds;
}
