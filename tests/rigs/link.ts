// The link rig (P5, P6, P8, P25, P27, S5, S6, S10): what a broken link, a lost answer, a false one and a restored registry do
// to a batch. Real
// HTTP through a relay, a real registry, the real outbox; only waiting between tries is cut short.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRandom, isEqualBytes, type Bytes, type HashId } from "#shared/base";
import { FIRST_CHUNK } from "#shared/sync";
import { startRegistry, type RunningRegistry } from "../../registry/index.ts";
import { deliver, headOf } from "../support/registry-calls.ts";
import { startFaultRelay } from "../support/fault-relay.ts";
import { rounded, type Measured } from "../support/measured.ts";
import {
  aSendingLaptop,
  randomBytesOf,
  untilDelivered,
  type SendingLaptop,
} from "../support/sending-laptop.ts";
import { badWeather, slowServer, tellLies } from "./link-weather.ts";
import type { RigOptions } from "./options.ts";

const KIB = 1024;
const LONG_MS = 10 * 60_000;

/** `count`: cuts, one at every KiB of an object of as many KiB. */
export async function linkRig({ count, seed, say }: RigOptions): Promise<Measured> {
  const started = Date.now();
  const cuts = await cutAtEveryKib(count, seed);
  say(`${String(cuts.cuts)} cuts, ${String(cuts.resent)} bytes sent again`);
  const lost = await loseAnswers(Math.min(count, 50), seed);
  say(`${String(lost.lost)} answers lost`);
  const restored = await restoreYesterday();
  say(`restored: ${restored.again.join(" ")} offered again`);
  const weather = await withRegistry(({ url }) => badWeather(url, Math.max(2, Math.ceil(count / 16)), seed));
  say(`${String(weather.batches)} batches in bad weather`);
  const slow = await withRegistry(({ url }) => slowServer(url, seed));
  const lies = await withRegistry(({ url }) => tellLies(url));
  say(`${String(lies.told)} lies told`);
  const perCut = cuts.resent / Math.max(1, cuts.cuts);
  return {
    name: "link",
    figures: {
      seed,
      objectBytes: count * KIB,
      cuts: cuts.cuts,
      connections: cuts.connections,
      resentBytes: cuts.resent,
      resentPerCut: rounded(perCut, 1),
      resentWorst: cuts.worst,
      answersLost: lost.lost,
      rowsAfterLostAnswers: lost.rows,
      batchesLostByRegistry: restored.lost,
      offeredAgain: restored.again.join(" "),
      rowsAfterRestore: restored.rows,
      weatherBatches: weather.batches,
      weatherConnections: weather.connections,
      weatherCuts: weather.cuts,
      flipped: weather.harmed.flip,
      doubled: weather.harmed.double,
      swapped: weather.harmed.swap,
      slowestSeconds: rounded(weather.slowest / 1000, 1),
      slowServerSeconds: rounded(slow.seconds, 1),
      falseAnswers: lies.answers,
      falseAnswersTold: lies.told,
      acknowledgedByALie: lies.acknowledged,
      seconds: rounded((Date.now() - started) / 1000, 1),
    },
    goals: {
      cuts: { goal: "a connection for every KiB was cut", met: cuts.cuts >= count - 1 },
      resent: { goal: "at most one chunk (8 KiB) sent again per cut", met: cuts.worst <= FIRST_CHUNK },
      receipts: {
        goal: "identical receipts, however often a batch is offered",
        met: cuts.isSame && lost.isSame && restored.isSame && weather.isSame && slow.isSame && lies.isSame,
      },
      rows: {
        goal: "one row each: no batch twice, none missing",
        met:
          lost.rows === 1 &&
          restored.rows === restored.batches &&
          weather.rows === weather.batches &&
          lies.rows === 2,
      },
      lies: {
        goal: "40 false answers acknowledge nothing, at the offer and at an object",
        met: lies.answers === 40 && lies.acknowledged === 0,
      },
      restored: { goal: "exactly the lost batches are offered again", met: restored.isExact },
    },
  };
}

/** The evidence of a batch, as many KiB as cuts; each connection dies a KiB further on. */
export async function cutAtEveryKib(count: number, seed: number) {
  return withRegistry(async ({ url }) => {
    const random = createRandom(seed);
    const relay = await startFaultRelay(url, random);
    const sending = await aSendingLaptop(url, relay.url);
    // An object's seal adds a little: the object itself is measured by the registry's offsets.
    const sealed = await sending.seal(1, [randomBytesOf(count * KIB, random)]);
    relay.set({ cutAfterBodyBytes: KIB });
    sending.bench.outbox.send(sealed.batch);
    await untilDelivered(sending, sealed.batch, LONG_MS);
    const again = relay.count.uploads.map(({ from, passedOn }) => Math.max(0, passedOn - from));
    const isSame = isEqualBytes(await heldReceipt(sending, sealed.batch), await deliver(url, sealed));
    const { cuts, connections } = relay.count;
    sending.bench.outbox.close();
    await relay.close();
    return {
      cuts,
      connections,
      resent: again.reduce((sum, bytes) => sum + bytes, 0),
      worst: Math.max(0, ...again),
      isSame,
    };
  });
}

/** The registry stores the batch and the reply never comes, so many times. */
export async function loseAnswers(times: number, seed: number) {
  return withRegistry(async ({ url }) => {
    const relay = await startFaultRelay(url, createRandom(seed));
    let lost = 0;
    const sending = await aSendingLaptop(url, relay.url);
    const sealed = await sending.seal(3);
    relay.set({
      harm: (_packet, way) => {
        if (way === "down" && lost < times) {
          lost += 1;
          relay.cut();
        }
        return "none";
      },
    });
    sending.bench.outbox.send(sealed.batch);
    await untilDelivered(sending, sealed.batch, LONG_MS);
    const isSame = isEqualBytes(await heldReceipt(sending, sealed.batch), await deliver(url, sealed));
    const { lastSeq } = await headOf(url, sending.laptop.keys);
    sending.bench.outbox.close();
    await relay.close();
    return { lost, rows: lastSeq, isSame };
  });
}

/** [S10] Five batches receipted; the registry comes back with the data it had after two. */
export async function restoreYesterday() {
  const dataDir = mkdtempSync(path.join(tmpdir(), "jiangping-link-"));
  const backup = `${dataDir}.backup`;
  let registry = await startOn(dataDir, 0);
  const port = Number(new URL(registry.url).port);
  try {
    const sending = await aSendingLaptop(registry.url);
    const sealed = [];
    for (let n = 1; n <= BATCHES; n++) {
      const batch = await sending.seal(2);
      sealed.push(batch);
      sending.bench.outbox.send(batch.batch);
      await untilDelivered(sending, batch.batch, LONG_MS);
      if (n !== KEPT) continue;
      await registry.close();
      cpSync(dataDir, backup, { recursive: true });
      registry = await startOn(dataDir, port);
    }
    await registry.close();
    rmSync(dataDir, { recursive: true });
    cpSync(backup, dataDir, { recursive: true });
    registry = await startOn(dataDir, port);
    const before = sending.bench.journal.entries.length;
    sending.bench.outbox.contact();
    const renewed = () =>
      sending.bench.journal.entries
        .slice(before)
        .flatMap(({ entry }) => (entry.body.kind === "receipt.renewed" ? entry.body.batch : []));
    const startedAt = performance.now();
    while (renewed().length < BATCHES - KEPT && performance.now() - startedAt < LONG_MS) {
      sending.bench.skipWaits();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const lostOnes = sealed.slice(KEPT).map(({ batch }) => batch);
    const isSame = (
      await Promise.all(
        sealed.map(async (one) =>
          isEqualBytes(await heldReceipt(sending, one.batch), await deliver(registry.url, one)),
        ),
      )
    ).every(Boolean);
    const { lastSeq, gaps } = await headOf(registry.url, sending.laptop.keys);
    sending.bench.outbox.close();
    return {
      batches: BATCHES,
      lost: BATCHES - KEPT,
      again: renewed().map((batch) => sending.bench.row(batch).deviceSeq),
      isExact: renewed().join() === lostOnes.join(),
      rows: lastSeq - gaps.length,
      isSame,
    };
  } finally {
    await registry.close();
    for (const folder of [dataDir, backup]) rmSync(folder, { recursive: true, force: true });
  }
}

const BATCHES = 5;
const KEPT = 2;

function startOn(dataDir: string, port: number): Promise<RunningRegistry> {
  return startRegistry({
    dataDir,
    port,
    demo: true,
    databaseUrl: null,
    openLog: false,
    log: () => undefined,
  });
}

async function withRegistry<T>(use: (registry: RunningRegistry) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "jiangping-link-"));
  const registry = await startOn(dataDir, 0);
  try {
    return await use(registry);
  } finally {
    await registry.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function heldReceipt({ bench }: SendingLaptop, batch: HashId): Promise<Bytes> {
  const [record] = await bench.journal.attachments(bench.row(batch).receipt?.heldSeq ?? 0);
  if (!record) throw new Error("no receipt is held");
  return record;
}
